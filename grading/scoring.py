"""Verdicts on points → the score of an answer.

Essential points make the score, as the prompt asks for them; a bonus adds a little. Nothing here
lowers a score but what is likely to contradict a point.
"""

from collections.abc import Sequence
from typing import NamedTuple

from grading.calibration import Coefficients, Verdict, clip
from grading.rubric import RubricPoint
from knowledge.question import PointRole

MOST_BONUS = 0.1
"""What all bonus points together add: a complete answer to what was asked is strong without."""

DOUBT_FROM = 0.35
"""Probability of a contradiction from which it costs: below, it is the noise of points that an
answer does not speak of, which would add up against short ones."""

KEPT = 0.25
"""What is contradicted takes back three quarters of what was earned at most: one right point among
wrong ones is still worth more than none."""


class Shares(NamedTuple):
    """Shares of what was asked, from 0: earned, contradicted; and of the bonus, in 0..1."""

    earned: float
    bonus: float
    opposed: float


def score_of_points(
    points: Sequence[RubricPoint],
    verdicts: Sequence[Verdict],
    coefficients: Coefficients,
    enough: int | None = None,
) -> float:
    """Return the share of essential credit, the bonus, less a penalty for contradictions, in 0..1.

    Args:
        points: the rubric's points, one essential at least.
        verdicts: what the answer did with each of them.
        coefficients: what the earned share counts for, and the penalty.
        enough: so many essential points of mean weight are all that is asked; None for all.
    """
    return score_of_shares(
        shares_of(points, verdicts, enough), coefficients.share, coefficients.penalty
    )


def score_of_shares(shares: Shares, share: float, penalty: float) -> float:
    """Return the score, in 0..1, by what the earned share counts for and what opposition costs."""
    earned = min(1.0, min(1.0, share * shares.earned) + MOST_BONUS * shares.bonus)
    return clip(max(KEPT * earned, earned - penalty * shares.opposed))


def shares_of(
    points: Sequence[RubricPoint], verdicts: Sequence[Verdict], enough: int | None = None
) -> Shares:
    """Return what was earned of the essential and of the bonus points, and what was opposed."""
    whole = _asked(points, enough)
    essential, bonus = (_earned(points, verdicts, role) for role in PointRole)
    extra = sum(p.weight for p in points if p.role is PointRole.BONUS)
    opposed = sum(p.weight * doubt(v.opposed) for p, v in zip(points, verdicts, strict=True))
    return Shares(essential / whole, bonus / extra if extra else 0.0, opposed / whole)


def doubt(probability: float) -> float:
    """Return how much of a contradiction is counted at this probability of one, in 0..1."""
    return max(0.0, (probability - DOUBT_FROM) / (1 - DOUBT_FROM))


def _asked(points: Sequence[RubricPoint], enough: int | None) -> float:
    """Return the weight that makes a complete answer."""
    weights = [p.weight for p in points if p.role is PointRole.ESSENTIAL]
    return sum(weights) * (enough / len(weights) if enough else 1.0)


def _earned(points: Sequence[RubricPoint], verdicts: Sequence[Verdict], role: PointRole) -> float:
    return sum(p.weight * v.credit for p, v in zip(points, verdicts, strict=True) if p.role is role)
