"""Which question a channel gets on a day. Pure.

Questions the channel never had come first; then the one it had longest ago. The same for the same
channel and day, whichever program asks.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.core.daily import Plan
from bot.core.stable_random import stable_fraction
from knowledge.question import Question

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
