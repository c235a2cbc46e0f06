"""Signals → probability → credit → score → band.

The weights are fitted by `python -m tools.train.fit` and read from coefficients.json beside this
file; the thresholds that people feel are the named constants below.
"""

import functools
import json
from importlib.resources import files
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from grading.fits import Fit, SentenceFits, logistic
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

SHOWN_FROM = 0.0
"""A sentence is quoted for a point if it bears it out by these log-odds at least. Cross-validated
by question on 420 answers that were read sentence by sentence, readers accept .85 of what is then
quoted for covered points, and .75 of what would be quoted if each of them had to have a quote."""

HEARD_FROM = -2.0
"""Nothing is half made without a sentence that may bear it out. Cross-validated, RMSE of scores
.244 (without the rule .245; with SHOWN_FROM for it .250, and right answers in few words lose)."""

CONTRADICTED_FROM = 0.6
PROOF_FROM = -0.5
"""A point counts as contradicted from this probability on, if that is also likelier than covered
and one sentence alone denies it, by these log-odds at least. Cross-validated by question on three
authors' answers: .96 of what is called contradicted is, .13 of what is contradicted is called so,
and no point of 298 right answers; readers accept .94 of the sentences quoted against a point. With
log-odds from -1 on precision falls to .94, and from a probability of .5 on to .93."""

BOTH_HEARD = 0.5
"""The most that a point is contradicted where a sentence bears it out by itself: it is asked about,
for the network takes some right comparisons in few words for their opposite. That costs .01 of
recall and no precision."""

UNSURE_FROM = 0.4
DOUBT_FROM = -1.5
"""From this probability of a contradiction on, a point that is not called contradicted is asked
about, if a sentence may deny it, by these log-odds at least: .73 of those are contradicted (with .3
and any sentence .61), and every second sentence that is asked about denies the point."""

BANDS = ((0.85, Band.STRONG), (0.6, Band.GOOD), (0.35, Band.PARTIAL), (0.1, Band.WEAK))
"""Lowest score of each band, as the authors of the graded sample answers understood the bands."""


class Coefficients(BaseModel):
    """Everything that was fitted, with where it came from.

    `sentences` tells which sentence shows a point; `covered` and `contradicted` judge key points
    (of several witnesses against one, the least sure counts); `share` and `penalty` turn them into
    a score; `agreement` scores an answer by reference answers alone.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: str
    provenance: dict[str, str]
    sentences: SentenceFits
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
    covered = logistic(coefficients.covered(named))
    witnesses = [witness(named) for witness in coefficients.contradicted]
    # A third: the sentence that denies most has to outdo the one that bears the point out.
    contradicted = logistic(min(*witnesses, signals.denied_alone - signals.said_alone))
    if signals.said_alone >= SHOWN_FROM:
        contradicted = min(contradicted, BOTH_HEARD)
    proven = signals.denied_alone >= PROOF_FROM
    if proven and contradicted >= CONTRADICTED_FROM and contradicted > covered:
        return Verdict(PointStatus.CONTRADICTED, 0.0, contradicted)
    unsure = contradicted >= UNSURE_FROM and signals.denied_alone >= DOUBT_FROM
    verdict = _verdict(covered)._replace(opposed=contradicted, unsure=unsure)
    if verdict.status is PointStatus.PARTIAL and signals.said_alone < HEARD_FROM:
        return verdict._replace(status=PointStatus.MISSED, credit=0.0)
    return verdict


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


def clip(value: float) -> float:
    """Return the value within 0..1."""
    return min(1.0, max(0.0, value))
