"""Faults that many have at once, such as all channels of a platform that is down."""

import logging
import threading
import time
from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass, field

log = logging.getLogger(__name__)


@dataclass
class _Open:
    began: float
    times: int = 0
    who: set[Hashable] = field(default_factory=set)
    had: set[Hashable] = field(default_factory=set)


class SharedFaults:
    """Say once what is wrong with many, and when it is over how often it was met, and by how many.

    It is over when all who met it are well or gone. Any number of threads may tell.
    """

    def __init__(self, what: str, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with everybody well; `what` they are stands in the log; `clock` counts seconds."""
        self._what = what
        self._clock = clock
        self._open: dict[str, _Open] = {}
        self._lock = threading.Lock()

    def met(self, reason: str, who: Hashable, problem: BaseException | None = None) -> None:
        """Note that something does not work for somebody; it is told where they are the first."""
        with self._lock:
            first = reason not in self._open
            if first:
                self._open[reason] = _Open(self._clock())
            fault = self._open[reason]
            fault.times += 1
            fault.who.add(who)
            fault.had.add(who)
            over = self._leave({who}, besides=reason)
        self._tell(over)
        if first:
            log.error("fault: %s: %s", self._what, reason, exc_info=problem)

    def well(self, who: Hashable) -> None:
        """Note that everything works for somebody."""
        with self._lock:
            over = self._leave({who})
        self._tell(over)

    def only(self, known: Collection[Hashable]) -> None:
        """Forget those who are gone."""
        with self._lock:
            gone = {who for fault in self._open.values() for who in fault.who} - set(known)
            over = self._leave(gone)
        self._tell(over)

    def _leave(self, who: Collection[Hashable], besides: str = "") -> list[tuple[str, _Open]]:
        for reason, fault in self._open.items():
            if reason != besides:
                fault.who.difference_update(who)
        over = [(reason, fault) for reason, fault in self._open.items() if not fault.who]
        for reason, _ in over:
            del self._open[reason]
        return over

    def _tell(self, over: Collection[tuple[str, _Open]]) -> None:
        for reason, fault in over:
            log.warning(
                "fault over: %s: %s: after %.0f s (met %d times by %d)",
                self._what,
                reason,
                self._clock() - fault.began,
                fault.times,
                len(fault.had),
            )
