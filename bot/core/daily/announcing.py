"""Tell a channel what will happen there: once when it is set up, and shortly when the time changes.

What was told a few minutes ago is changed in its place, so that a host who tries several times
leaves one message behind and no flood.
"""

import logging
import secrets
import threading
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from cachetools import LRUCache

from bot.core.daily import announcement_words as words
from bot.core.daily.plan import Coming, Plan
from bot.core.errors import Undeliverable
from bot.core.ports import Address, Clock, Messenger
from bot.core.reply import Reply

STILL_SETTING_UP: Final = timedelta(minutes=10)
"""So long after a message to a channel a change is told in its place."""

MOST_CHANNELS: Final = 1000

log = logging.getLogger(__name__)


class _Told(NamedTuple):
    """What a channel was told last; without an id it did not arrive, for a reason."""

    begins: bool
    at: datetime
    message_id: str = ""
    reason: str = ""


class Announcements:
    """Speak to channels by the messengers of the platforms that are served."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._messengers: dict[str, Messenger] = {}
        self._told: LRUCache[Address, _Told] = LRUCache(MOST_CHANNELS)
        self._lock = threading.Lock()

    def speaks(self, platform: str, messenger: Messenger) -> None:
        """Speak to the channels of a platform by this messenger from now on."""
        self._messengers[platform] = messenger

    def tell(self, to: Address, plan: Plan, coming: tuple[Coming, ...], *, begins: bool) -> bool:
        """Tell a channel that its question begins or comes at another time; return if it arrived.

        A beginning of which the channel never heard is told with the next change.
        """
        messenger = self._messengers.get(to.platform)
        if messenger is None or not coming:
            return False
        now, before = self._clock.now(), self._last(to)
        recent = before is not None and now - before.at < STILL_SETTING_UP
        again = before is not None and before.begins and (bool(before.reason) or recent)
        begins = begins or again
        message = (words.begins if begins else words.changed)(plan, coming[0])
        there = before.message_id if before is not None and recent else ""
        told = _Told(begins, now)
        try:
            told = told._replace(message_id=_sent(messenger, to, message, there))
        except Undeliverable as problem:
            log.info("a channel was not told what will happen: %s", problem.reason)
            told = told._replace(reason=problem.reason)
        with self._lock:
            self._told[to] = told
        return not told.reason

    def refusal(self, to: Address) -> str:
        """Return why a channel did not hear what it was told last, empty where it did."""
        last = self._last(to)
        return last.reason if last is not None else ""

    def _last(self, to: Address) -> _Told | None:
        with self._lock:
            return self._told.get(to)


def _sent(messenger: Messenger, to: Address, message: Reply, there: str) -> str:
    """Send a message, in place of the one that is there; return its id."""
    if there:
        try:
            messenger.edit(to, there, message)
        except Undeliverable:
            log.info("what a channel was told is gone; it is told anew")
        else:
            return there
    return messenger.post(to, message, f"begins-{secrets.token_hex(4)}")
