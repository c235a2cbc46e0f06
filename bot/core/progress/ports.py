"""Ports of a learner's history as figures need it: narrow lines, without answers and grades."""

from collections.abc import Collection
from typing import Protocol

from bot.core.progress.model import AnswerLine
from grading.grade import Grade


class History(Protocol):
    """What a learner answered, in short."""

    def lines(self, learner_id: int) -> tuple[AnswerLine, ...]:
        """Return all answers of the learner, the oldest first.

        The grades of an interview under way are still to come.
        """
        ...

    def latest_grades(
        self, learner_id: int, most: int, questions: Collection[str] | None = None
    ) -> tuple[Grade, ...]:
        """Return the newest grades of unassisted answers, at most so many, to these questions.

        Those of an interview under way are left out.
        """
        ...
