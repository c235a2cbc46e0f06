"""Ports of streaks: the days on which people answered, and what excuses the others."""

from datetime import date, datetime
from typing import Protocol

from bot.core.streaks.outages import Outage
from bot.core.streaks.timezone_changes import TimezoneChange


class ActivityDays(Protocol):
    """The local days on which learners answered, as they were at the moment of answering."""

    def add(self, learner_id: int, day: date, attempt_id: int) -> None:
        """Note that the learner answered on a day; the first answer of a day stays its answer."""
        ...

    def of_learner(self, learner_id: int) -> dict[date, int | None]:
        """Return the learner's days in order, each with its first answer that counted.

        None stands for an answer that is gone or not known.
        """
        ...


class TimezoneChanges(Protocol):
    """When learners changed their time zone or the hour at which their day starts."""

    def add(self, learner_id: int, move: TimezoneChange) -> None:
        """Note a move."""
        ...

    def of_learner(self, learner_id: int) -> tuple[TimezoneChange, ...]:
        """Return the learner's latest moves, some hundreds at most, in the order of noting."""
        ...


class Heartbeats(Protocol):
    """The last sign of life of each kind of process that serves people."""

    def latest(self) -> datetime | None:
        """Return the last sign of life of any kind, or None before the first."""
        ...

    def note(self, kind: str, at: datetime) -> None:
        """Keep a sign of life; any that lies after this moment is set back to it."""
        ...


class Outages(Protocol):
    """The times without service; none is ever forgotten."""

    def add(self, outage: Outage) -> None:
        """Record a time without service."""
        ...

    def since(self, at: datetime) -> tuple[Outage, ...]:
        """Return the outages that end after a moment, the earliest first."""
        ...

    def end_by(self, at: datetime) -> None:
        """Let no outage reach past this moment, at which somebody serves."""
        ...
