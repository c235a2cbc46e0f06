"""The daily loop: decide what is due, then bring every post one step further, again and again."""

import logging
from threading import Event

from bot.core.announcing import Announcer
from bot.core.errors import StorageError
from bot.core.posting import Posting

POLL_SECONDS = 25.0
"""A question comes half a minute late at worst, and an idle loop costs two short reads."""

MOST_STEPS = 4
"""Sending, opening the discussion and counting follow one another in a single poll."""

log = logging.getLogger(__name__)


class DailyEngine:
    """Keep the daily questions of all channels going."""

    def __init__(self, announcer: Announcer, posting: Posting) -> None:
        self._announcer = announcer
        self._posting = posting

    def poll(self) -> None:
        """Decide what is due and take what steps there are; call it as often as you like.

        Raises:
            StorageError: the database cannot be used; nothing is lost, the next poll goes on.
        """
        self._announcer.announce()
        for _ in range(MOST_STEPS):
            if not self._posting.work():
                break

    def run(self, stop: Event, every: float = POLL_SECONDS) -> None:
        """Poll until told to stop; what is under way is finished first."""
        while not stop.is_set():
            try:
                self.poll()
            except StorageError as problem:
                log.warning("the daily questions wait for the database: %s", problem)
            except Exception:
                log.exception("a poll of the daily questions failed")
            stop.wait(every)
