"""What an answer does to the learner's streak: it makes its day an answered one."""

from datetime import datetime

from bot.core.practice.model import Attempt, is_try
from bot.core.streaks.timezone_changes import day_then, days_chosen
from bot.core.unit_of_work import UnitOfWork
from knowledge.question import Question


def record_active_day(
    uow: UnitOfWork, attempt: Attempt, _question: Question, _now: datetime
) -> None:
    """Note the learner's local day of an answer that was a try; a Consequence.

    It is the day on which they answered, in the zone of that moment, however late the grade came.
    Doing it again changes nothing.
    """
    if attempt.grade is None or not is_try(attempt.grade):
        return
    learner = uow.learners.get(attempt.learner_id)
    assert learner is not None  # noqa: S101 attempts go with their learner
    moves = uow.zone_moves.of_learner(learner.id)
    day = day_then(attempt.submitted_at, moves, days_chosen(learner.settings))
    uow.activity_days.add(attempt.learner_id, day, attempt.id)
