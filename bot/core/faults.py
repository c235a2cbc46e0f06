"""Faults that last: one line in the log when one begins, and one when it is over."""

import logging
import time
from collections.abc import Callable

log = logging.getLogger(__name__)


class Faults:
    """Note of one thing after the other whether it works, and say so when that changes.

    One thread at a time asks about a name.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with everything well; `clock` counts seconds."""
        self._clock = clock
        self._open: dict[str, tuple[str, float, int]] = {}

    def met(self, name: str, reason: str, problem: BaseException | None = None) -> None:
        """Note that something does not work; it is told where it did, or did for another reason."""
        known, began, times = self._open.get(name, ("", self._clock(), 0))
        self._open[name] = (reason, began, times + 1)
        if reason != known:
            log.error("fault: %s: %s", name, reason, exc_info=problem)

    def over(self, name: str) -> None:
        """Note that something works; it is told where it did not."""
        if name in self._open:
            _, began, times = self._open.pop(name)
            seconds = self._clock() - began
            log.warning(
                "fault over: %s works again after %.0f s (met %d times)", name, seconds, times
            )
