"""What an answer, or looking it up, does to the learner's memory card of the question.

One ask is one review: its first graded answer, or its reveal if that came first. What is not due
yet stays where it is, however well or badly it was answered.
"""

from datetime import datetime

from fsrs import Rating

from bot.core.accounts.model import days_of
from bot.core.practice.model import Ask, AskState, Attempt
from bot.core.reviews.model import practise, rating_of
from bot.core.unit_of_work import UnitOfWork
from grading.grade import Flag
from knowledge.question import Question


def update_card(uow: UnitOfWork, attempt: Attempt, _question: Question, _now: datetime) -> None:
    """Review the card by the first graded answer to an ask; a Consequence.

    It counts for the day on which the learner answered, however late the grade came. An assisted
    answer is none: either an answer before the reveal was the review, or the reveal itself. Nor is
    what was no try, unless it says that the learner does not know.
    """
    if attempt.grade is None or attempt.assisted or uow.attempts.graded(attempt.ask_id) > 1:
        return
    if not attempt.counts and Flag.DONT_KNOW not in attempt.grade.flags:
        return
    rating = rating_of(attempt.grade.band, attempt.hints_used)
    _practise(uow, attempt.learner_id, attempt.question_id, rating, attempt.submitted_at)


def lapse_card(uow: UnitOfWork, ask: Ask, now: datetime) -> None:
    """Review the card of a question whose reference is shown before any answer: not recalled."""
    if ask.state is AskState.OPEN:
        _practise(uow, ask.learner_id, ask.question_id, Rating.Again, now)


def _practise(
    uow: UnitOfWork, learner_id: int, question_id: str, rating: Rating, at: datetime
) -> None:
    learner = uow.learners.get(learner_id)
    assert learner is not None  # noqa: S101 asks and attempts go with their learner
    card = uow.cards.get(learner_id, question_id)
    after = practise(card, question_id, rating, at, days_of(learner.settings))
    if after != card:
        uow.cards.put(learner_id, after)
