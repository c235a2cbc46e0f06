"""Each first answer of a learner to a question is a game that moves the ratings of both."""

from datetime import datetime

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
