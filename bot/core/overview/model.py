"""What an overview shows: today's question and the last grade. Values."""

from dataclasses import dataclass
from datetime import datetime

from bot.core.practice.model import Attempt
from grading.grade import Grade


@dataclass(frozen=True)
class Today:
    """A channel's question of today, and when the next one comes; moments are in its zone.

    `question` is None where none is open. `attempt` is the learner's latest answer to it.
    """

    channel: str
    question: str | None
    closes_at: datetime | None
    next_at: datetime | None
    attempt: Attempt | None


@dataclass(frozen=True)
class LastGrade:
    """A grade, and the answer that it is for."""

    attempt_id: int
    question: str
    at: datetime
    grade: Grade
