"""Hold what is to be done later, in one thread for all of it."""

import heapq
import itertools
import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Waiting(Generic[T]):
    """Hand each thing on when its time has come."""

    def __init__(self, hand_on: Callable[[T], None]) -> None:
        self._hand_on = hand_on
        self._held: list[tuple[float, int, T]] = []
        self._numbers = itertools.count()
        self._changed = threading.Condition()
        self._end = float("inf")
        self._thread: threading.Thread | None = None

    def put(self, seconds: float, thing: T) -> bool:
        """Hold something for so long; return False where it would be too late by then."""
        due = time.monotonic() + seconds
        with self._changed:
            if due > self._end:
                return False
            heapq.heappush(self._held, (due, next(self._numbers), thing))
            if self._thread is None:
                self._thread = threading.Thread(target=self._watch, name="slack-wait", daemon=True)
                self._thread.start()
            self._changed.notify()
        return True

    def end_in(self, seconds: float) -> tuple[T, ...]:
        """Hold nothing beyond a moment; return what was to be held for longer."""
        with self._changed:
            self._end = time.monotonic() + seconds
            late = tuple(thing for due, _, thing in self._held if due > self._end)
            self._held = [each for each in self._held if each[0] <= self._end]
            heapq.heapify(self._held)
            self._changed.notify()
        return late

    def _watch(self) -> None:
        while True:
            with self._changed:
                now = time.monotonic()
                while not self._held or self._held[0][0] > now:
                    if not self._held and now >= self._end:
                        return
                    due = self._held[0][0] if self._held else self._end
                    self._changed.wait(None if due == float("inf") else max(0.0, due - now))
                    now = time.monotonic()
                thing = heapq.heappop(self._held)[2]
            self._hand_on(thing)
