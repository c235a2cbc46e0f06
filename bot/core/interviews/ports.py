"""Ports of mock interviews."""

from datetime import datetime
from typing import Protocol

from bot.core.interviews.model import Interview


class Interviews(Protocol):
    """The mock interviews of learners."""

    def add(self, learner_id: int, question_ids: tuple[str, ...], at: datetime) -> Interview:
        """Record that an interview began."""
        ...

    def get(self, interview_id: int) -> Interview | None:
        """Return the interview, or None when it is gone."""
        ...

    def latest(self, learner_id: int) -> Interview | None:
        """Return the learner's most recent interview, whatever its state."""
        ...

    def unfinished(self, learner_id: int) -> Interview | None:
        """Return the learner's interview that is running or paused, or None."""
        ...

    def update(self, interview: Interview) -> None:
        """Store how far the interview has come."""
        ...
