"""Rubric and answer → a verdict on each point, with the sentence that shows it; no gates."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from grading.answer import Answer, Encode, read_answer
from grading.calibration import SHOWN_FROM, Coefficients, Verdict, judge_point
from grading.entailment import Entailment
from grading.evidence import Proof, hear
from grading.grade import MisconceptionHit, PointStatus
from grading.rubric import Floats, Rubric
from grading.scoring import score_of_points
from grading.signals import (
    Comparison,
    PointSignals,
    compare,
    signals_of_points,
    similarity,
    statement_margins,
)

BESIDE_THE_POINT_BELOW = 0.25
"""A sentence that is less similar than this to everything right and wrong about the question is
read away, so that filler raises no score: of 1,215 sentences of honest sample answers 30 are, most
of them openings and comparisons; of sentences about the weather and the like, nine in ten."""

MISCONCEPTION_FROM = 0.65
MISCONCEPTION_LEAD = 0.05
"""A statement holds a misconception when it is this similar to it and that much nearer to it than
to anything right; a right sentence about the same matter is often as similar, but not nearer."""


class Reading(NamedTuple):
    """An answer compared with a rubric, and what came of it for each point.

    `evidence` is the learner's sentence behind each verdict; None for a missed point, and where no
    sentence shows by itself what the answer says as a whole.
    """

    answer: Answer
    comparison: Comparison
    signals: list[PointSignals]
    verdicts: list[Verdict]
    evidence: list[str | None]
    score: float


def read(
    rubric: Rubric, text: str, encode: Encode, coefficients: Coefficients, entailment: Entailment
) -> Reading:
    """Judge each point of a rubric by an answer that holds at least one word.

    Raises:
        ModelUnavailable: the model cannot be loaded.
    """
    answer, comparison = read_and_compare(rubric, text, encode)
    heard, proofs = hear(rubric, answer, comparison, entailment, coefficients.sentences)
    signals = signals_of_points(rubric, answer, comparison, heard)
    verdicts = [judge_point(of_point, coefficients) for of_point in signals]
    evidence = [
        _evidence(verdict, of_point, proof, answer)
        for verdict, of_point, proof in zip(verdicts, signals, proofs, strict=True)
    ]
    score = score_of_points(rubric.points, verdicts, coefficients, rubric.enough)
    return Reading(answer, comparison, signals, verdicts, evidence, score)


def read_and_compare(rubric: Rubric, text: str, encode: Encode) -> tuple[Answer, Comparison]:
    """Embed and compare an answer without the sentences that speak of nothing in the rubric."""
    answer = read_answer(text, encode, rubric.prompt_stems)
    similar = similarity(rubric, answer)
    beside = _beside_the_point(rubric, similar[: answer.sentences])
    if beside:
        rows = answer.rows_without(beside)
        answer, similar = answer.only(rows), similar[rows]
    return answer, compare(rubric, answer, similar)


def misconceptions(rubric: Rubric, reading: Reading) -> tuple[MisconceptionHit, ...]:
    """Return the rubric's misconceptions that the answer holds, each with its statement."""
    margins = statement_margins(rubric, reading.comparison)
    hits = []
    for row, correction in rubric.misconceptions:
        similar = reading.comparison.similarity[:, row]
        best = int(similar.argmax())
        if similar[best] >= MISCONCEPTION_FROM and margins[best] <= -MISCONCEPTION_LEAD:
            hits.append(
                MisconceptionHit(
                    text=rubric.statements.texts[row],
                    correction=correction,
                    evidence=reading.answer.statements[best].text,
                )
            )
    return tuple(hits)


def _beside_the_point(rubric: Rubric, similar: Floats) -> Sequence[int]:
    """Return the sentences that speak of nothing in the rubric, unless that is all there is."""
    nearest = similar[:, np.r_[rubric.right, rubric.wrong]].max(axis=1)
    far = nearest < BESIDE_THE_POINT_BELOW
    return [] if far.all() else [int(row) for row in np.flatnonzero(far)]


def _evidence(verdict: Verdict, signals: PointSignals, proof: Proof, answer: Answer) -> str | None:
    """Return the sentence that bears the point out, or speaks against it where it is not made."""
    if verdict.status in {PointStatus.COVERED, PointStatus.PARTIAL}:
        return answer.statements[proof.support].text if signals.said_alone >= SHOWN_FROM else None
    if verdict.status is PointStatus.CONTRADICTED or verdict.unsure:
        return answer.statements[proof.objection].text
    return None
