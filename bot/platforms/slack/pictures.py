"""Which picture stands in whose Home tab, kept in memory."""

import threading
from typing import Any, Final

from cachetools import LRUCache

Json = dict[str, Any]

MOST_PICTURES: Final = 5000


class Pictures:
    """Which picture stands in whose Home."""

    def __init__(self) -> None:
        self._shown: LRUCache[tuple[str, str], tuple[str, str]] = LRUCache(MOST_PICTURES)
        self._lock = threading.Lock()

    def block(self, team: str, user_id: str) -> Json | None:
        """Return the block with somebody's picture, None where there is none."""
        with self._lock:
            found = self._shown.get((team, user_id))
        if found is None:
            return None
        return {"type": "image", "slack_file": {"id": found[0]}, "alt_text": found[1]}

    def put(self, team: str, user_id: str, file_id: str, alt: str) -> str:
        """Note a picture, and return the id of the one before it."""
        with self._lock:
            before = self._shown.get((team, user_id), ("", ""))[0]
            self._shown[team, user_id] = (file_id, alt)
        return before

    def drop(self, team: str, user_id: str) -> str:
        """Show it no more; return its id, empty where there was none."""
        with self._lock:
            return self._shown.pop((team, user_id), ("", ""))[0]
