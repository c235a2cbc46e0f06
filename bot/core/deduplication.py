"""Handle once what a platform may deliver several times.

Work on an event begins with a lease. Only finished work counts as done: where the program was
killed meanwhile, the lease runs out and the event is taken again when it comes again. Until then
whoever delivers it is told that it is not done, and not that it was taken: else it would be lost.

An answer is marked as done by `mark_done` in the transaction that stores it, so that neither a
death nor a second delivery loses or doubles it.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import Enum
from typing import Final, NamedTuple

from bot.core.errors import DeliveredBefore
from bot.core.ports import Clock, HandledState
from bot.core.unit_of_work import UnitOfWork

LEASE: Final = timedelta(minutes=2)
"""Longer than any work takes; shorter than five minutes: by then a platform has delivered for the
last time."""


class Taken(Enum):
    """What became of an event that was delivered."""

    NEW = "new"
    IN_WORK = "in work"
    DONE = "done"


def mark_done(uow: UnitOfWork, key: str, now: datetime) -> None:
    """Note in a transaction of the caller's that the event has its effect there; "" names none.

    Raises:
        DeliveredBefore: it had its effect already.
    """
    if not key:
        return
    known = uow.handled.get(key)
    if known is not None and known.state is HandledState.DONE:
        raise DeliveredBefore
    uow.handled.put(key, HandledState.DONE, now)


class Left(NamedTuple):
    """An event that was begun so long ago and never ended."""

    key: str
    about: str
    age: timedelta


OWED: Final = "owed:"
"""Stands before the key of an event whose reply nobody has seen yet."""


def mark_owed(uow: UnitOfWork, key: str, to: str, now: datetime) -> None:
    """Note in a transaction of the caller's to whom the reply to an event is owed."""
    uow.handled.put(f"{OWED}{key}", HandledState.BEGUN, now, to)


class EventDeduplicator:
    """Take each event once, by a key that the platform keeps the same when it delivers again."""

    def __init__(self, unit_of_work: Callable[[], UnitOfWork], clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    def begin(self, key: str, about: str = "") -> Taken:
        """Take the event where it is new; return whether it is, or is done, or somebody is at it.

        What it is about stands for its result until it is done.
        """
        with self._unit_of_work() as uow:
            taken = self.look(uow, key)
            if taken is Taken.NEW:
                uow.handled.put(key, HandledState.BEGUN, self._clock.now(), about)
                uow.commit()
        return taken

    def look(self, uow: UnitOfWork, key: str) -> Taken:
        """Return what would become of the event if it were taken now."""
        known = uow.handled.get(key)
        if known and known.state is HandledState.DONE:
            return Taken.DONE
        return Taken.IN_WORK if known and self._clock.now() < known.at + LEASE else Taken.NEW

    def describe(self, key: str, about: str) -> None:
        """Note what an event is about by now, while it is in work."""
        with self._unit_of_work() as uow:
            known = uow.handled.get(key)
            if known is not None and known.state is HandledState.BEGUN:
                uow.handled.put(key, HandledState.BEGUN, known.at, about)
                uow.commit()

    def finish(self, key: str, result: str = "") -> None:
        """Note that the event had its effect, and what came of it."""
        with self._unit_of_work() as uow:
            uow.handled.put(key, HandledState.DONE, self._clock.now(), result)
            uow.commit()

    def release(self, key: str) -> None:
        """Give the event back, so that it is taken when it comes again; what is done stays so."""
        with self._unit_of_work() as uow:
            known = uow.handled.get(key)
            if known is not None and known.state is HandledState.BEGUN:
                uow.handled.forget(key)
                uow.commit()

    def left(self, prefix: str, *, at_start: bool = True) -> tuple[Left, ...]:
        """Return what programs that run no more began and never ended, the oldest first.

        Where nobody knows who runs, everybody else is taken to be gone at the start of this
        program, and to be at work later.

        Args:
            prefix: how the keys begin.
            at_start: whether this program has begun nothing yet, so that what is its own is left.
        """
        now = self._clock.now()
        with self._unit_of_work() as uow:
            found = uow.handled.begun(prefix)
            others = uow.programs.others() if found else None
            mine = () if at_start else (uow.programs.mine,)
        if others is None and not at_start:
            return ()
        left = [each for each in found if each[1].begun_by not in {*mine, *(others or ())}]
        return tuple(Left(key, event.result, now - event.at) for key, event in left)

    def take_over(self, left: Left) -> bool:
        """Make what was left this program's own; return whether nobody else was quicker."""
        with self._unit_of_work() as uow:
            event = uow.handled.get(left.key)
            if event is None or event.state is not HandledState.BEGUN:
                return False
            if event.begun_by in (uow.programs.others() or ()):
                return False
            uow.handled.put(left.key, HandledState.BEGUN, event.at, event.result)
            uow.commit()
        return True

    def known(self, key: str) -> tuple[HandledState | None, str]:
        """Return how far the work is, None before it began, and its result or what it is about."""
        with self._unit_of_work() as uow:
            event = uow.handled.get(key)
        return (event.state, event.result) if event else (None, "")
