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
from grading.signals import PointSignals

NO_CREDIT_BELOW = 0.05
FULL_CREDIT_FROM = 0.8
"""Probabilities between these give a proportional share: a point is rarely half made, but the
grader is often half sure. Cross-validated by question, RMSE of scores of two authors who wrote to
the first questions, and of one to the later ones, many with a fact reversed: from .05 on .220 and
.272, from .15 on .226 and .267, from .25 on .237 and .263."""

COVERED_FROM = 0.6
PARTIAL_FROM = 0.1
"""Shares of credit from which a point counts as covered, and as partly covered."""

CONTRADICTED_FROM = 0.6
PROOF_FROM = -1.0
"""A point counts as contradicted from this probability on, if that is also likelier than covered
and the network takes one sentence alone to deny it, by these log-odds at least. Cross-validated by
question on three authors' answers: .88 of what is called contradicted is, .22 of what is
contradicted is called so, and four points of 298 right answers are; from .5 on, .85, .30, five."""

UNSURE_FROM = 0.3
"""From this probability of a contradiction on, a point that is not called contradicted is asked
about: a third of those are contradicted."""

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

    `covered` and `contradicted` judge key points (of several witnesses against one, the least sure
    counts), `share` and `penalty` turn them into a score; `agreement` scores an answer by
    reference answers alone.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: str
    provenance: dict[str, str]
    covered: Fit
    contradicted: tuple[Fit, ...]
    agreement: Fit
    share: float
    penalty: float


class Verdict(NamedTuple):
    """A point's status, the share of its weight that was earned, and how likely it is opposed.

    `unsure` is True where that is too likely for praise and too unlikely for a verdict:
    there a second opinion is asked for.
    """

    status: PointStatus
    credit: float
    opposed: float = 0.0
    unsure: bool = False


def judge_point(signals: PointSignals, coefficients: Coefficients) -> Verdict:
    """Decide what an answer did with one key point."""
    named = signals._asdict()
    covered = _logistic(coefficients.covered(named))
    contradicted = min(_logistic(witness(named)) for witness in coefficients.contradicted)
    proven = signals.denied_alone >= PROOF_FROM
    if proven and contradicted >= CONTRADICTED_FROM and contradicted > covered:
        return Verdict(PointStatus.CONTRADICTED, 0.0, contradicted)
    unsure = contradicted >= UNSURE_FROM
    return _verdict(covered)._replace(opposed=contradicted, unsure=unsure)


def band_of(score: float) -> Band:
    """Return the band of a score in 0..1."""
    return next((band for lowest, band in BANDS if score >= lowest), Band.NONE)


def lowest_of(band: Band) -> float:
    """Return the lowest score of a band; it has to be one with credit."""
    return next(lowest for lowest, each in BANDS if each is band)


@functools.cache
def shipped_coefficients() -> Coefficients:
    """Return the coefficients that ship with the package."""
    text = (files("grading") / "coefficients.json").read_text(encoding="utf-8")
    return Coefficients.model_validate(json.loads(text))


def _verdict(probability: float) -> Verdict:
    credit = clip((probability - NO_CREDIT_BELOW) / (FULL_CREDIT_FROM - NO_CREDIT_BELOW))
    if credit >= COVERED_FROM:
        return Verdict(PointStatus.COVERED, round(credit, 4))
    if credit >= PARTIAL_FROM:
        return Verdict(PointStatus.PARTIAL, round(credit, 4))
    return Verdict(PointStatus.MISSED, 0.0)


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-value))


def clip(value: float) -> float:
    """Return the value within 0..1."""
    return min(1.0, max(0.0, value))
