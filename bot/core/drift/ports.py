"""Ports of answers by their time, and of comparing them."""

from datetime import datetime
from typing import Protocol

from bot.core.drift.model import Answered
from grading.drift import Period, Shift


class AnswersInTime(Protocol):
    """First graded answers without help, read beside any transaction.

    In a community those count that its present members gave there, bots aside.
    """

    def begin(self, community_id: int | None = None) -> datetime | None:
        """Return when the first was given, None where there is none."""
        ...

    def between(
        self, start: datetime, end: datetime, most: int, community_id: int | None = None
    ) -> tuple[Answered, ...]:
        """Return those given from `start` on and before `end`, the newest of more than `most`."""
        ...


class Compares(Protocol):
    """Whatever tells how far answers moved."""

    def __call__(self, before: Period, now: Period, /) -> tuple[Shift, ...]:
        """Return the shifts, of scores first; without texts, of scores alone."""
        ...
