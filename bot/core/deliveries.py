"""Handle once what a platform may deliver several times.

Work on an event begins with a lease. Only finished work counts as done: where the program was
killed meanwhile, the lease runs out and the event is taken again when it comes again.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from bot.core.ports import Clock, UnitOfWork
from bot.core.ports.handled import HandledState

LEASE: Final = timedelta(minutes=2)
"""Longer than any work takes; shorter than five minutes: then Slack delivers for the last time."""


class Deliveries:
    """Take each event once, by a key that the platform keeps the same when it delivers again."""

    def __init__(self, unit_of_work: Callable[[], UnitOfWork], clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    def begin(self, key: str, about: str = "") -> bool:
        """Take the event; return False where it is done, or somebody is at it.

        What it is about stands for its result until it is done.
        """
        now = self._clock.now()
        with self._unit_of_work() as uow:
            known = uow.handled.get(key)
            if known and (known.state is HandledState.DONE or now < known.at + LEASE):
                return False
            uow.handled.put(key, HandledState.BEGUN, now, about)
            uow.commit()
        return True

    def finish(self, key: str, result: str = "") -> None:
        """Note that the event had its effect, and what came of it."""
        with self._unit_of_work() as uow:
            uow.handled.put(key, HandledState.DONE, self._clock.now(), result)
            uow.commit()

    def release(self, key: str) -> None:
        """Give the event back, so that it is taken when it comes again."""
        with self._unit_of_work() as uow:
            uow.handled.forget(key)
            uow.commit()

    def known(self, key: str) -> tuple[HandledState | None, str]:
        """Return how far the work is, None before it began, and its result or what it is about."""
        with self._unit_of_work() as uow:
            event = uow.handled.get(key)
        return (event.state, event.result) if event else (None, "")
