"""Whether the machine's clock is believed: platforms say in every reply what time it is.

A reply over HTTP carries the time at which it was sent. Between two of them time is measured by a
clock that nobody sets. Without any reply the machine's clock is all there is, and is believed.
"""

import logging
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

from bot.core.ports import Clock

MOST_AHEAD: Final = timedelta(minutes=10)
"""Clocks differ by seconds, and a reply may be minutes old; a wrong date differs by hours."""

DOUBTED_SECONDS: Final = 3600.0
"""So long a clock is doubted without another reply: after that the reply may be what is wrong, as
where a machine was frozen and its clock set right."""

log = logging.getLogger(__name__)


def seconds_of_this_machine() -> float:
    """Return seconds that pass also while the machine sleeps, and that nobody sets."""
    boottime = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
    return time.clock_gettime(boottime)


class PlatformTimes:
    """Compare the machine's clock with what platforms say."""

    def __init__(
        self, clock: Clock, seconds: Callable[[], float] = seconds_of_this_machine
    ) -> None:
        self._clock = clock
        self._seconds = seconds
        self._lock = threading.Lock()
        self._told: tuple[datetime, float] | None = None
        self._doubted_at: float | None = None
        self._is_said = False

    def told(self, date: str | None) -> None:
        """Note the Date of a reply; what is none is passed over."""
        try:
            theirs = parsedate_to_datetime(date or "")
        except (TypeError, ValueError):
            return
        if theirs.tzinfo is None:
            theirs = theirs.replace(tzinfo=UTC)
        with self._lock:
            self._told = theirs, self._seconds()
            self._doubted_at = None

    def is_ahead(self) -> bool:
        """Whether the machine's clock runs so far ahead that nothing is to be done by it."""
        now, seconds = self._clock.now(), self._seconds()
        with self._lock:
            if self._told is None:
                return False
            theirs, at = self._told
            ahead = now - theirs - timedelta(seconds=seconds - at)
            self._say(ahead)
            if ahead <= MOST_AHEAD:
                self._doubted_at = None
                return False
            if self._doubted_at is None:
                self._doubted_at = seconds
            return seconds - self._doubted_at < DOUBTED_SECONDS

    def _say(self, ahead: timedelta) -> None:
        """Log once that the clock is ahead, and once that it is right again."""
        was_said, self._is_said = self._is_said, ahead > MOST_AHEAD
        if self._is_said and not was_said:
            log.warning(
                "fault: this machine's clock is ahead of the platforms' by %s: nothing is posted "
                "by it until it is set right",
                timedelta(seconds=round(ahead.total_seconds())),
            )
        if was_said and not self._is_said:
            log.warning("fault over: this machine's clock and the platforms' agree again")
