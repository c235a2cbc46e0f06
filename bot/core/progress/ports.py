"""Ports of a learner's history as figures need it: narrow lines, without answers and grades."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from grading.grade import Band, Grade


@dataclass(frozen=True)
class AnswerLine:
    """One answer in short; score and band are None while its grade is owing."""

    question_id: str
    submitted_at: datetime
    assisted: bool
    score: float | None = None
    band: Band | None = None


class History(Protocol):
    """What a learner answered, in short."""

    def lines(self, learner_id: int) -> tuple[AnswerLine, ...]:
        """Return all answers of the learner, the oldest first."""
        ...

    def latest_grades(
        self, learner_id: int, most: int, questions: Collection[str] | None = None
    ) -> tuple[Grade, ...]:
        """Return the newest grades of unassisted answers, at most so many, to these questions."""
        ...
