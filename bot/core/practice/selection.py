"""What to ask next. Pure: the candidates and what is known of the learner go in.

`choose` is the whole rule: reviews that are due, then questions never seen, then those skipped,
then the weakest topics, at a difficulty that suits the learner.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from bot.core.practice.ratings import Elo, expected, question_prior, topic_prior
from bot.core.stable_random import stable_fraction
from knowledge.question import Question

NO_REPEAT_WITHIN = 10
"""A question is not put again within so many asks, unless it is due; of few candidates, half of
them may always be asked."""

TARGET_SCORE = 0.75
"""A question suits when this score is expected. People who practise for themselves stay longer at
75 % than at 60 or 90 (Klinkenberg, Straatemeier and van der Maas 2011, "Computer adaptive practice
of Maths ability", Computers & Education 57)."""

EQUALLY_NEAR = 0.1
"""Expected scores within a step of this suit alike, and a lot decides: ratings are no finer."""


class Why(StrEnum):
    """Why a question was chosen."""

    DUE = "due"
    UNSEEN = "unseen"
    SKIPPED = "skipped"
    WEAK = "weak"


class Asked(NamedTuple):
    """A question that was put to the learner, and their local day."""

    question_id: str
    on: date


@dataclass(frozen=True)
class Known:
    """What is known of a learner when a question is chosen for them.

    `due` holds the ids of the reviews that are due, the most pressing first; `asked` all that was
    asked, the oldest first; `skill` their rating by topic, `difficulty` the questions' own, where
    there is one.
    """

    learner_id: int
    today: date
    due: tuple[str, ...] = ()
    answered: frozenset[str] = frozenset()
    asked: tuple[Asked, ...] = ()
    skill: Mapping[str, Elo] = field(default_factory=dict)
    difficulty: Mapping[str, Elo] = field(default_factory=dict)


class Choice(NamedTuple):
    """The question to ask, and why this one."""

    question: Question
    why: Why


def choose(candidates: Sequence[Question], known: Known) -> Choice:
    """Return the question to ask next; the same all day while nothing else is known.

    A review that is due comes back whenever it was asked before, but not twice a day.

    Raises:
        ValueError: there are no candidates.
    """
    if not candidates:
        raise ValueError("there are no candidates to choose from")
    due = _due(candidates, known)
    if due is not None:
        return Choice(due, Why.DUE)
    fresh = _fresh(candidates, known)
    last_asked = {asked.question_id: rank for rank, asked in enumerate(known.asked)}
    unseen = [q for q in fresh if q.id not in last_asked and q.id not in known.answered]
    if unseen:
        return Choice(min(unseen, key=lambda q: _unsuitability(q, known)), Why.UNSEEN)
    skipped = [q for q in fresh if q.id not in known.answered]
    if skipped:
        return Choice(min(skipped, key=lambda q: last_asked[q.id]), Why.SKIPPED)
    return Choice(min(fresh, key=lambda q: _strength(q, known, last_asked)), Why.WEAK)


def _due(candidates: Sequence[Question], known: Known) -> Question | None:
    asked_today = {asked.question_id for asked in known.asked if asked.on == known.today}
    by_id = {question.id: question for question in candidates}
    waiting = (q for q in known.due if q in by_id and q not in asked_today)
    return next((by_id[question_id] for question_id in waiting), None)


def _fresh(candidates: Sequence[Question], known: Known) -> list[Question]:
    """Return the candidates that were not asked lately; at least half of them, and always one."""
    window = min(NO_REPEAT_WITHIN, len(candidates) // 2)
    lately = {asked.question_id for asked in known.asked[len(known.asked) - window :]}
    return [question for question in candidates if question.id not in lately]


def _unsuitability(question: Question, known: Known) -> tuple[int, float]:
    """Return how far the expected score is from the target, in steps, and the day's lot."""
    chance = expected(
        skill_in(question.topic, known.skill), difficulty_of(question, known.difficulty)
    )
    steps = round(abs(chance - TARGET_SCORE) / EQUALLY_NEAR)
    return steps, stable_fraction(known.learner_id, known.today, question.id)


def _strength(
    question: Question, known: Known, last_asked: Mapping[str, int]
) -> tuple[float, int, int, float]:
    steps, drawn = _unsuitability(question, known)
    topic = skill_in(question.topic, known.skill).value
    return topic, steps, last_asked.get(question.id, -1), drawn


def skill_in(topic: str, ratings: Mapping[str, Elo]) -> Elo:
    """Return the learner's rating in a topic, or where their ratings in others let it start."""
    return ratings.get(topic) or topic_prior(ratings.values())


def difficulty_of(question: Question, ratings: Mapping[str, Elo]) -> Elo:
    """Return the question's rating, or where one of its authored difficulty starts."""
    return ratings.get(question.id) or question_prior(question.difficulty)
