"""Signals → probability → credit → score → band.

The weights are fitted by `python -m tools.train.fit` and read from coefficients.json beside this
file; the thresholds that people feel are the named constants below.
"""

import functools
import json
import math
from collections.abc import Mapping
from importlib.resources import files
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from grading.grade import Band, PointStatus
from grading.signals import ModelSignals, PointSignals

NO_CREDIT_BELOW = 0.05
FULL_CREDIT_FROM = 0.7
"""Probabilities between these give a proportional share: a point is rarely half made, but the
grader is often half sure. Cross-validated by question, a lower limit of 0.2 left 18 % of the good
and partial answers without any credit, 0.05 leaves 6 %, at a higher rank correlation."""

COVERED_FROM = 0.6
PARTIAL_FROM = 0.2
"""Shares of credit from which a point counts as covered, and as partly covered."""

CONTRADICTED_FROM = 0.5
CONTRADICTED_LEAD = -0.1
"""A point counts as contradicted from this probability on, if that is also likelier than covered
and the statement in question is not clearly nearer to a wrong version of another point."""

DOUBT_FROM = 0.2
"""Probability of a contradiction from which it costs: below, it is the noise of points that an
answer does not speak of, which would add up against short ones."""

KEPT = 0.25
"""What is contradicted takes back three quarters of what was earned at most: one right point among
wrong ones is still worth more than none."""

BANDS = ((0.85, Band.STRONG), (0.6, Band.GOOD), (0.35, Band.PARTIAL), (0.1, Band.WEAK))
"""Lowest score of each band, as the authors of the graded sample answers understood the bands."""


class Fit(BaseModel):
    """One fitted linear model: an intercept and a weight for each signal it uses, by name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    intercept: float
    weights: dict[str, float]

    def __call__(self, signals: Mapping[str, float]) -> float:
        """Return the linear sum for the signals."""
        return self.intercept + sum(w * signals[name] for name, w in self.weights.items())


class Coefficients(BaseModel):
    """Everything that was fitted, with where it came from.

    `covered` and `contradicted` judge the key points of authored rubrics, `stated` those of bare
    ones, `agreement` scores an answer by the reference answers alone; `share` and `penalty` turn
    points into a score.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: str
    provenance: dict[str, str]
    covered: Fit
    contradicted: Fit
    stated: Fit
    agreement: Fit
    share: float
    penalty: float


class Verdict(NamedTuple):
    """A point's status, the share of its weight that was earned, and how likely it is opposed."""

    status: PointStatus
    credit: float
    opposed: float = 0.0


def judge_point(signals: PointSignals, coefficients: Coefficients, *, authored: bool) -> Verdict:
    """Decide what an answer did with one key point."""
    named = signals._asdict()
    if not authored:
        return _verdict(_logistic(coefficients.stated(named)))
    covered = _logistic(coefficients.covered(named))
    contradicted = _logistic(coefficients.contradicted(named))
    speaks_of_it = signals.wrong_lead >= CONTRADICTED_LEAD
    if speaks_of_it and contradicted >= CONTRADICTED_FROM and contradicted > covered:
        return Verdict(PointStatus.CONTRADICTED, 0.0, contradicted)
    return _verdict(covered)._replace(opposed=contradicted)


def score_of_points(
    weights: list[float], verdicts: list[Verdict], coefficients: Coefficients
) -> float:
    """Return the weighted share of credit, less a penalty for what is contradicted, in 0..1.

    The penalty goes by the probability of a contradiction, not by the status: an answer that is
    half likely to oppose a point is worth less than one that surely does not. Cross-validated by
    question, that ranks better (Spearman .871 instead of .853) and leaves negated answers less
    (.35 on average instead of .41).
    """
    earned, opposed = shares_of(weights, verdicts)
    earned *= coefficients.share
    return _clip(max(KEPT * earned, earned - coefficients.penalty * opposed))


def shares_of(weights: list[float], verdicts: list[Verdict]) -> tuple[float, float]:
    """Return the weighted shares of credit and of likely contradiction, each in 0..1."""
    total = sum(weights)
    earned = sum(w * v.credit for w, v in zip(weights, verdicts, strict=True))
    opposed = sum(w * _doubt(v.opposed) for w, v in zip(weights, verdicts, strict=True))
    return earned / total, opposed / total


def _doubt(probability: float) -> float:
    return max(0.0, (probability - DOUBT_FROM) / (1 - DOUBT_FROM))


def score_of_agreement(signals: ModelSignals, coefficients: Coefficients) -> float:
    """Return how well an answer agrees with the reference answers, in 0..1."""
    return _clip(coefficients.agreement(signals._asdict()))


def band_of(score: float) -> Band:
    """Return the band of a score in 0..1."""
    return next((band for lowest, band in BANDS if score >= lowest), Band.NONE)


@functools.cache
def shipped_coefficients() -> Coefficients:
    """Return the coefficients that ship with the package."""
    text = (files("grading") / "coefficients.json").read_text(encoding="utf-8")
    return Coefficients.model_validate(json.loads(text))


def _verdict(probability: float) -> Verdict:
    credit = _clip((probability - NO_CREDIT_BELOW) / (FULL_CREDIT_FROM - NO_CREDIT_BELOW))
    if credit >= COVERED_FROM:
        return Verdict(PointStatus.COVERED, round(credit, 4))
    if credit >= PARTIAL_FROM:
        return Verdict(PointStatus.PARTIAL, round(credit, 4))
    return Verdict(PointStatus.MISSED, 0.0)


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-value))


def _clip(value: float) -> float:
    return min(1.0, max(0.0, value))
