"""What a second opinion is asked about a reading, what it changes, and how sure it must be."""

from math import inf

from grading.calibration import COVERED_FROM, Coefficients, Verdict, judge_point
from grading.errors import OpinionUnavailable
from grading.fits import Fit
from grading.grade import OpinionOutcome, PointStatus
from grading.reading import Reading
from grading.rubric import Rubric
from grading.scoring import score_of_points
from grading.second_opinion import Inference, SecondOpinion
from grading.signals import PointSignals
from grading.text import clean

CONTRADICTION_FROM = 0.9
ENTAILMENT_FROM = 0.8
"""How probable an inference must be before it overrules the signals. Such models are often sure,
and a point wrongly called contradicted costs more than one wrongly confirmed, so it asks for more.
Chosen, not measured: no such model is bundled."""

NEVER = Fit(intercept=-inf, weights={})
"""A probability of 0 whatever the signals."""


def reconsider(
    rubric: Rubric, reading: Reading, opinion: SecondOpinion, coefficients: Coefficients
) -> tuple[Reading, OpinionOutcome | None]:
    """Return the reading after a second opinion on what is unsure, and what came of asking.

    None when there was nothing to ask about.

    Raises:
        ModelUnavailable: there can be no second opinion at all; nothing is to be graded.
    """
    asked = [
        (row, text)
        for row, (verdict, text) in enumerate(zip(reading.verdicts, reading.evidence, strict=True))
        if verdict.unsure and text is not None
    ]
    if not asked:
        return reading, None
    try:
        inferences = opinion.judge([(clean(text), rubric.points[row].text) for row, text in asked])
    except OpinionUnavailable as none:
        return reading, none.outcome
    verdicts, evidence = list(reading.verdicts), list(reading.evidence)
    for (row, text), inference in zip(asked, inferences, strict=True):
        unopposed = _unopposed(reading.signals[row], coefficients)
        verdicts[row] = revise(verdicts[row], unopposed, inference)
        gone = verdicts[row].status is PointStatus.MISSED and not verdicts[row].unsure
        evidence[row] = None if gone else text
    score = score_of_points(rubric.points, verdicts, coefficients, rubric.enough)
    revised = reading._replace(verdicts=verdicts, evidence=evidence, score=score)
    return revised, OpinionOutcome.ANSWERED


def revise(verdict: Verdict, unopposed: Verdict, inference: Inference) -> Verdict:
    """Return the verdict on a key point after the second opinion on its evidence.

    Args:
        verdict: what the signals say.
        unopposed: what they say when nothing counts as contradicted.
        inference: what the evidence, as the premise, says about the point's statement.
    """
    if inference.contradiction >= CONTRADICTION_FROM:
        return Verdict(PointStatus.CONTRADICTED, 0.0, max(verdict.opposed, inference.contradiction))
    if inference.entailment < ENTAILMENT_FROM:
        return verdict
    contradicted = verdict.status is PointStatus.CONTRADICTED
    confirmed = (unopposed if contradicted else verdict)._replace(opposed=0.0, unsure=False)
    if confirmed.status is PointStatus.PARTIAL:
        return Verdict(PointStatus.COVERED, max(confirmed.credit, COVERED_FROM))
    return confirmed


def _unopposed(signals: PointSignals, coefficients: Coefficients) -> Verdict:
    """Return the verdict on a point if nothing could count as contradicted."""
    return judge_point(signals, coefficients.model_copy(update={"contradicted": (NEVER,)}))
