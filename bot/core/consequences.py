"""What follows from a grade: review cards, ratings, points, streaks.

All of it happens in the transaction that stores the grade, after it and before the commit, and only
when this very transaction stored it. So each consequence happens exactly once for each attempt,
however many programs grade it, and a crash in one leaves the attempt pending, to be graded again.
"""

from datetime import datetime
from typing import Protocol

from bot.core.attempt import Attempt
from bot.core.ports.unit_of_work import UnitOfWork
from knowledge.question import Question


class Consequence(Protocol):
    """Something that changes when an answer has got its grade."""

    def __call__(
        self, uow: UnitOfWork, attempt: Attempt, question: Question, now: datetime, /
    ) -> None:
        """Write what follows; `attempt` has its grade. It neither commits nor takes long."""
        ...
