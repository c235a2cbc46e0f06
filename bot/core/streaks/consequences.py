"""What an answer does to the learner's streak: it makes its day an answered one."""

from datetime import datetime

from bot.core.practice.model import Attempt
from bot.core.streaks.timezone_changes import day_then, days_chosen
from bot.core.unit_of_work import UnitOfWork
from grading.grade import Flag, Grade
from knowledge.question import Question

NO_TRIES = frozenset(
    {
        Flag.TOO_SHORT,
        Flag.DONT_KNOW,
        Flag.ECHO,
        Flag.KEYWORD_LIST,
        Flag.OFF_TOPIC,
        Flag.COPIED_REFERENCE,
        Flag.INSTRUCTION_TO_GRADER,
    }
)
"""What is no try to answer the question in one's own words. Each is told on the spot, so that there
is time for another. A wrong answer is a try, and so is one in a language that cannot be graded."""


def is_genuine_attempt(grade: Grade) -> bool:
    """Tell whether an answer was a try at its question, however good it was."""
    return not NO_TRIES.intersection(grade.flags)


def record_active_day(
    uow: UnitOfWork, attempt: Attempt, _question: Question, _now: datetime
) -> None:
    """Note the learner's local day of an answer that was a try; a Consequence.

    It is the day on which they answered, in the zone of that moment, however late the grade came.
    Doing it again changes nothing.
    """
    if attempt.grade is None or not is_genuine_attempt(attempt.grade):
        return
    learner = uow.learners.get(attempt.learner_id)
    assert learner is not None  # noqa: S101 attempts go with their learner
    moves = uow.zone_moves.of_learner(learner.id)
    day = day_then(attempt.submitted_at, moves, days_chosen(learner.settings))
    uow.activity_days.add(attempt.learner_id, day, attempt.id)
