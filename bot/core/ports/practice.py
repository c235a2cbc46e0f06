"""Ports of practice: what people were asked, what they answered and how it was graded."""

from datetime import datetime
from typing import Protocol

from bot.core.attempt import Ask, AskState, Attempt
from grading.grade import Grade


class Asks(Protocol):
    """The questions that were put to learners."""

    def add(self, learner_id: int, question_id: str, at: datetime) -> Ask:
        """Record that a question was asked; its state is open."""
        ...

    def latest(self, learner_id: int) -> Ask | None:
        """Return the learner's most recent question, whatever its state."""
        ...

    def asked(self, learner_id: int) -> tuple[str, ...]:
        """Return the ids of all questions the learner was asked, the oldest first."""
        ...

    def update(self, ask_id: int, state: AskState, hints: int) -> None:
        """Set the state and the number of hints given."""
        ...


class Attempts(Protocol):
    """The answers and their grades."""

    def add(self, ask: Ask, answer: str, at: datetime) -> Attempt:
        """Store an answer whose grade is pending, with the hints and the reveal of its ask."""
        ...

    def get(self, attempt_id: int) -> Attempt | None:
        """Return the attempt, or None when it is gone."""
        ...

    def record_grade(self, attempt_id: int, grade: Grade, at: datetime) -> bool:
        """Store the grade unless one is there already; return whether it was stored."""
        ...

    def pending(self) -> tuple[Attempt, ...]:
        """Return every attempt that still waits for its grade, the oldest first."""
        ...

    def of_learner(self, learner_id: int) -> tuple[Attempt, ...]:
        """Return the learner's attempts, the oldest first."""
        ...
