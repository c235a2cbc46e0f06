"""What is known of a learner: when a question is chosen for them, and what is open."""

from datetime import datetime

from bot.core.accounts.model import Learner, LearnerSettings, days_of
from bot.core.practice.model import Ask, AskState
from bot.core.practice.selection import Asked, Known
from bot.core.reviews.agenda import agenda
from bot.core.unit_of_work import UnitOfWork
from knowledge.bank import QuestionBank
from knowledge.question import Question

NOBODY = 0
"""Stands for the id of somebody who was never here, when lots are drawn for them."""


def learner_state(
    uow: UnitOfWork, learner: Learner | None, bank: QuestionBank, now: datetime
) -> Known:
    """Return what `choose` needs to know of the learner."""
    difficulty = uow.elos.difficulties()
    if learner is None:
        return Known(NOBODY, days_of(LearnerSettings())(now), difficulty=difficulty)
    day_of = days_of(learner.settings)
    cards = (card for card in uow.cards.of_learner(learner.id) if bank.asks(card.question_id))
    asked = uow.asks.asked(learner.id)
    return Known(
        learner.id,
        today=day_of(now),
        due=tuple(card.question_id for card in agenda(cards, learner.settings, now).due),
        answered=uow.attempts.answered(learner.id),
        asked=tuple(Asked(question_id, day_of(at)) for question_id, at in asked),
        skill=uow.elos.skills(learner.id),
        difficulty=difficulty,
    )


def open_question(bank: QuestionBank, ask: Ask | None) -> Question | None:
    """Return the question that waits for an answer, None where none does."""
    if ask is None or ask.state is not AskState.OPEN or ask.question_id not in bank:
        return None
    return bank.get(ask.question_id)
