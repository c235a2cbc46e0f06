"""How strong a learner is in a topic and how hard a question is, on one scale. Pure.

An answer is a game of the learner against the question, and its score in 0..1 the outcome: partial
credit is a partial win (Pelánek 2016, "Applications of the Elo rating system in adaptive
educational systems", Computers & Education 98). How far a game moves either side depends on how
uncertain both are, by the Glicko formulas (Glickman 1999, "Parameter estimation in large dynamic
paired comparison experiments", Applied Statistics 48).

Only the first graded, unassisted answer of a learner to a question may be played, which is for the
caller to see to: a second one measures memory, and the reference measures reading.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean

CENTRE = 1500.0
"""An average learner, and a question at which that learner earns half of the score."""

LOWEST, HIGHEST = 500.0, 2500.0
"""Ten to one thousand either way: beyond, one more answer would tell nothing."""

NEW_DEVIATION = 350.0
"""Nothing is known of a newcomer (Glickman's value): two thirds lie within this of the centre."""

NEW_TOPIC_DEVIATION = 250.0
"""Skill in other topics says something of a new one, but not much."""

AUTHORED_DEVIATION = 150.0
"""An author's difficulty is about one step of the five right."""

AUTHORED_STEP = 150.0
"""Rating between two authored difficulties. An average learner is expected to earn 85 % at
difficulty 1, 50 % at 3 and 15 % at 5."""

LEAST_DEVIATION = 60.0
"""Certainty ends here, so that a learner who improves is still followed after many answers, and a
question that was edited finds its new place."""

SETTLED_DEVIATION = 120.0
"""Below it, an estimate is worth saying without a word of caution: from the tenth answer."""

_Q = math.log(10) / 400
_CONFIDENT = 1.96
"""Deviations either side that hold the truth 95 times in 100."""


@dataclass(frozen=True)
class Elo:
    """A rating on the usual scale, and its standard deviation."""

    value: float = CENTRE
    deviation: float = NEW_DEVIATION


@dataclass(frozen=True)
class Estimate:
    """A rating as a share in 0..1 with the limits that hold the truth 95 times in 100.

    Of a learner: what they are expected to earn at a question of middle difficulty. Of a question:
    what an average learner is expected to lose at it.
    """

    share: float
    low: float
    high: float
    settled: bool


def question_prior(difficulty: int) -> Elo:
    """Return where a question starts, from its authored difficulty in 1..5."""
    return Elo(CENTRE + (difficulty - 3) * AUTHORED_STEP, AUTHORED_DEVIATION)


def topic_prior(others: Iterable[Elo] = ()) -> Elo:
    """Return where a learner starts in a topic, from their ratings in other topics.

    The mean weighs each topic by its certainty, and the centre as one topic of which nothing is
    known.
    """
    known = (Elo(), *others)
    if len(known) == 1:
        return Elo()
    mean = fmean([elo.value for elo in known], [elo.deviation**-2 for elo in known])
    return Elo(_bounded(mean), NEW_TOPIC_DEVIATION)


def expected(learner: Elo, question: Elo) -> float:
    """Return the score in 0..1 to be expected, taking both as exact."""
    return _chance(learner.value - question.value)


def update(learner: Elo, question: Elo, score: float) -> tuple[Elo, Elo]:
    """Return both ratings after the learner's first graded, unassisted answer to the question.

    Raises:
        ValueError: the score is not in 0..1.
    """
    if not 0 <= score <= 1:
        raise ValueError(f"a score is in 0..1, not {score}")
    return _after(learner, question, score), _after(question, learner, 1 - score)


def difficulty(question: Elo) -> Estimate:
    """Return what an average learner is expected to lose at the question."""
    away = question.value - CENTRE
    margin = _CONFIDENT * question.deviation
    return Estimate(
        share=_chance(away),
        low=_chance(away - margin),
        high=_chance(away + margin),
        settled=question.deviation <= SETTLED_DEVIATION,
    )


def _after(mine: Elo, other: Elo, outcome: float) -> Elo:
    """Return one side after a game: Glicko's update for a single opponent."""
    weight = 1 / math.sqrt(1 + 3 * (_Q * other.deviation / math.pi) ** 2)
    chance = _chance(weight * (mine.value - other.value))
    information = _Q**2 * weight**2 * chance * (1 - chance)
    variance = 1 / (mine.deviation**-2 + information)
    value = mine.value + _Q * variance * weight * (outcome - chance)
    deviation = min(mine.deviation, max(math.sqrt(variance), LEAST_DEVIATION))
    return Elo(_bounded(value), deviation)


def _chance(advantage: float) -> float:
    return float(1 / (1 + 10 ** (-advantage / 400)))


def _bounded(value: float) -> float:
    return min(max(value, LOWEST), HIGHEST)
