"""How a learner is doing in one topic: its questions, the trend, what is missed in it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from bot.core.accounts.model import Learner, days_of, zone_chosen
from bot.core.calendar.days import local_day
from bot.core.figures import QuestionFigures, TopicFigures
from bot.core.progress.charts import by_day, calendar_of, missed_of, trend_of
from bot.core.progress.model import AnswerLine
from bot.core.reviews.model import due_on
from bot.core.unit_of_work import UnitOfWork
from knowledge.bank import QuestionBank
from knowledge.question import Question, Topic

GRADES_READ = 200
"""Newest grades in which missed points are counted: months of practice, read in milliseconds."""


class Subject(NamedTuple):
    """A topic, the questions of it that are asked where the learner is, and the bank of all."""

    topic: Topic
    asked: Sequence[Question]
    bank: QuestionBank


def topic_figures(
    uow: UnitOfWork, learner: Learner, subject: Subject, now: datetime
) -> TopicFigures:
    """Return the figures of a topic, own questions of a community with the rest.

    Those are listed where they are asked, and wherever the learner has answered them.
    """
    zone, day_starts = zone_chosen(learner.settings), learner.settings.day_starts
    today = local_day(now, zone, day_starts)
    joined = local_day(learner.joined_at, zone, day_starts)
    lines = _about(subject, uow.history.lines(learner.id))
    questions = _questions(subject, lines, _due(uow, learner, subject.bank))
    days = by_day(lines, zone, day_starts, now)
    ids = {line.question_id for line in lines}
    return TopicFigures(
        today=today,
        topic=subject.topic.title,
        answers=len(lines),
        pending=sum(line.score is None for line in lines),
        questions=questions,
        trend=trend_of(days),
        calendar=calendar_of(days, {}, joined, today),
        missed=missed_of(uow.history.latest_grades(learner.id, GRADES_READ, ids)),
    )


def untried(subject: Subject, today: date) -> TopicFigures:
    """Return the figures of somebody who has answered nothing yet."""
    return TopicFigures(today, subject.topic.title, questions=_questions(subject, (), {}))


def _about(subject: Subject, lines: Iterable[AnswerLine]) -> tuple[AnswerLine, ...]:
    topic, bank = subject.topic.id, subject.bank
    known = (line for line in lines if line.question_id in bank)
    return tuple(line for line in known if bank.get(line.question_id).topic == topic)


def _due(uow: UnitOfWork, learner: Learner, bank: QuestionBank) -> dict[str, date]:
    day_of = days_of(learner.settings)
    cards = (card for card in uow.cards.of_learner(learner.id) if bank.asks(card.question_id))
    return {card.question_id: due_on(card, day_of) for card in cards}


def _questions(
    subject: Subject, lines: Sequence[AnswerLine], due: dict[str, date]
) -> tuple[QuestionFigures, ...]:
    every = {question.id: question for question in subject.asked}
    every |= {line.question_id: subject.bank.get(line.question_id) for line in lines}
    figures = [
        _figures(question, [line for line in lines if line.question_id == question.id], due)
        for question in every.values()
    ]
    return tuple(sorted(figures, key=_need))


def _figures(
    question: Question, lines: Sequence[AnswerLine], due: dict[str, date]
) -> QuestionFigures:
    scores = [line.score for line in lines if line.score is not None and not line.assisted]
    return QuestionFigures(
        question.slug,
        answers=len(lines),
        latest=scores[-1] if scores else None,
        best=max(scores, default=None),
        due=due.get(question.id),
        own=lines[-1].own if lines else 0,
    )


def _need(question: QuestionFigures) -> tuple[bool, bool, float]:
    """Return what sorts the weakest first and the untried last."""
    return not question.answers, question.latest is None, question.latest or 0.0
