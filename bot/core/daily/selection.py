"""Which question a channel gets, from what, and on which days to come. Pure.

Questions the channel never had come first; then the one it had longest ago. The same for the same
channel and day, whichever program asks.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from bot.core.daily.plan import Plan
from bot.core.daily.post import PostState
from bot.core.daily.schedule import upcoming
from bot.core.stable_random import stable_fraction
from bot.core.unit_of_work import UnitOfWork
from knowledge.bank import QuestionBank
from knowledge.question import Question

_TAKEN = 2
"""So many of the days ahead may have their question already, after a move between zones."""


def coming_days(
    uow: UnitOfWork, plan: Plan, now: datetime, count: int
) -> tuple[tuple[date, datetime], ...]:
    """Return the next days with a question and when it is due; none while paused.

    A day that has a record already is not asked again, though its time was moved.
    """
    latest = uow.posts.latest(plan.channel_id, tuple(PostState))
    taken = max(plan.after, latest.day) if latest else plan.after
    days = upcoming(now, plan.schedule, count + _TAKEN)
    return tuple((day, at) for day, at in days if day > taken)[:count]


TOPIC_RESTS = 2
"""A topic is not taken again within so many questions where there is another one."""


def fitting_of(questions: Sequence[Question], plan: Plan) -> tuple[Question, ...]:
    """Return the questions that the hosts want."""
    return tuple(
        question
        for question in questions
        if (not plan.topics or question.topic in plan.topics)
        and plan.easiest <= question.difficulty <= plan.hardest
    )


def candidates_of(questions: Sequence[Question], plan: Plan) -> tuple[Question, ...]:
    """Return the questions that the hosts want; all of them where nothing fits any more.

    A plan is refused when nothing fits it, but questions leave the bank later; then another one is
    better than none.
    """
    return fitting_of(questions, plan) or tuple(questions)


def unseen_of(candidates: Sequence[Question], had: Mapping[str, date]) -> tuple[Question, ...]:
    """Return the candidates that the channel never had."""
    return tuple(question for question in candidates if question.id not in had)


def pick(
    candidates: Sequence[Question], had: Mapping[str, date], channel_id: int, day: date
) -> Question:
    """Return the question of a day.

    Args:
        candidates: at least one.
        had: when the channel last had each question.
        channel_id: the channel, for the lot.
        day: the local date.

    Raises:
        ValueError: there are no candidates.
    """
    if not candidates:
        raise ValueError("there are no candidates to pick from")
    unseen = unseen_of(candidates, had)
    if not unseen:
        return min(candidates, key=lambda q: (had[q.id], stable_fraction(channel_id, q.id)))
    lately = sorted(had, key=lambda question_id: had[question_id])[-TOPIC_RESTS:]
    resting = {question_id.partition("/")[0] for question_id in lately}
    rested = [question for question in unseen if question.topic not in resting]
    return min(rested or unseen, key=lambda q: stable_fraction(channel_id, day, q.id))


def pool_of(uow: UnitOfWork, plan: Plan, bank: QuestionBank) -> tuple[Question, ...]:
    """Return the questions of the channel's community that its hosts want; all if none fits."""
    return candidates_of(_asked(uow, plan, bank), plan)


def anything_fits(uow: UnitOfWork, plan: Plan, bank: QuestionBank) -> bool:
    """Tell whether any question is as the channel's hosts want it."""
    return bool(fitting_of(_asked(uow, plan, bank), plan))


def _asked(uow: UnitOfWork, plan: Plan, bank: QuestionBank) -> tuple[Question, ...]:
    channel = uow.channels.get(plan.channel_id)
    return tuple(bank) if channel is None else bank.asked_in(channel.community_id)
