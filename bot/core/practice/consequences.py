"""Each first answer of a learner to a question is a game that moves the ratings of both.

Each answer is counted, whether it moves anything or not.
"""

from collections.abc import Callable
from datetime import datetime

from bot.core.measuring import PRIVATE, Meter
from bot.core.practice.model import Attempt
from bot.core.practice.ratings import update
from bot.core.practice.selection import difficulty_of, skill_in
from bot.core.unit_of_work import UnitOfWork
from knowledge.question import Question


def update_ratings(uow: UnitOfWork, attempt: Attempt, question: Question, _now: datetime) -> None:
    """Move the learner's rating in the topic and the question's by a first answer; a Consequence.

    Later answers measure memory and assisted ones reading, so that neither plays.
    """
    if attempt.grade is None or not attempt.first or attempt.assisted:
        return
    skill = skill_in(question.topic, uow.elos.skills(attempt.learner_id))
    difficulty = difficulty_of(question, uow.elos.difficulties())
    skill, difficulty = update(skill, difficulty, attempt.grade.score)
    uow.elos.put_skill(attempt.learner_id, question.topic, skill)
    uow.elos.put_difficulty(question.id, difficulty)


def counted_by(meter: Meter) -> Callable[[UnitOfWork, Attempt, Question, datetime], None]:
    """Return a Consequence that counts grades, the last before the commit."""

    def count(uow: UnitOfWork, attempt: Attempt, _question: Question, now: datetime) -> None:
        if attempt.grade is None:
            return
        number = attempt.community_id
        community = None if number is None else uow.communities.get(number)
        seconds = (now - attempt.submitted_at).total_seconds()
        meter.graded(community.platform if community else PRIVATE, attempt.grade, seconds)

    return count
