"""The daily loop: decide what is due, then bring every post one step further, again and again."""

from bot.core.announcing import Announcer
from bot.core.posting import Posting

MOST_STEPS = 4
"""Sending, opening the discussion, letting people in and counting: all in a single poll."""


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
