"""What a second opinion changes about a verdict: the rules, and how sure it must be."""

from grading.calibration import COVERED_FROM, Verdict
from grading.grade import PointStatus
from grading.second_opinion import Inference

CONTRADICTION_FROM = 0.9
ENTAILMENT_FROM = 0.8
"""How probable an inference must be before it overrules the signals. Such models are often sure,
and a point wrongly called contradicted costs more than one wrongly confirmed, so it asks for more.
Chosen, not measured: no such model is bundled."""


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
