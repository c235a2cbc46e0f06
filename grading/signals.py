"""What an answer and a rubric have in common, as numbers. One function a signal; no judgement.

All similarities are cosines of unit vectors. Token recall is late interaction as in ColBERT
(Khattab and Zaharia, 2020) and BERTScore (Zhang et al., 2020): each token of a reference takes
its best match among the answer's tokens, and the matches are averaged by the tokens' weights.
"""

import functools
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import Indel

from grading.answer import Answer, Body
from grading.polarity import opposition
from grading.rubric import Floats, Rows, Rubric, RubricPoint, Statements
from grading.text import clean, stem, words

TOP_RECALLS = 3
"""Recall is averaged over this many best paraphrases: one lucky match proves less than three."""

MOST_MARGIN = 0.1
"""An answer that leans to the wrong side is doubted everywhere; one that leans clearly to the right
side must still make its points one by one."""

ABSENT = 0.0
"""Stands in for the similarity to wrong versions where a rubric has none."""

DIRECTION_PENALTY = 0.1
"""Taken off the similarity of statements that point in opposite directions; 0.05 to 0.2 do
about as well and 0 does worse (AUC of covered against contradicted points .83 instead of .84)."""


class PointSignals(NamedTuple):
    """How an answer compares with one key point.

    `recall` is the mean token recall of the best paraphrases; `lead` is how much nearer the
    best statement is to this point than to any other one, which tells the point a statement
    makes; `lexical_margin` and `statement_margin` are right minus wrong, in stems and in the best
    statement's similarity; `wrong` is the greatest similarity to a wrong version and `wrong_lead`
    by how much that exceeds the similarity to wrong versions of other points; `order_margin` is
    right minus wrong in the order of words; `answer_margin` is to which side the answer leans as a
    whole, and the same for every point.
    The last four are what a network heard: see `Heard`.
    """

    recall: float
    lead: float
    lexical_margin: float
    statement_margin: float
    wrong: float
    wrong_lead: float
    order_margin: float
    answer_margin: float
    said: float
    denied: float
    said_alone: float
    denied_alone: float


class Heard(NamedTuple):
    """What the network hears an answer say of one point, as log-odds.

    `said` and `denied`: that the answer as a whole says the same as the point's statement, or the
    opposite; `said_alone` and `denied_alone`: that one of its sentences by itself bears the point
    out to readers, wholly or half, or denies it.
    """

    said: float
    denied: float
    said_alone: float
    denied_alone: float


class Comparison(NamedTuple):
    """All raw comparisons of one answer with one rubric.

    `similarity` [u, n] is between statements of the answer and of the rubric, `recalls` [n] and
    `lexical` [n] are between the whole answer and each statement of the rubric.
    """

    similarity: Floats
    recalls: Floats
    lexical: Floats


def compare(rubric: Rubric, answer: Answer, similar: Floats | None = None) -> Comparison:
    """Compute every raw comparison at once: two matrix products and the directions.

    Args:
        rubric: what the answer is compared with.
        answer: what was said.
        similar: their `similarity` where it is known.
    """
    return Comparison(
        similarity=similarity(rubric, answer) if similar is None else similar,
        recalls=token_recall(rubric.statements, answer.body),
        lexical=lexical_recall(rubric.statements, answer.body.stems),
    )


def similarity(rubric: Rubric, answer: Answer) -> Floats:
    """Return the cosine [u, n] of every statement of answer and rubric, less where they oppose."""
    cosines = answer.vectors @ rubric.statements.sentences.T
    ours = [span.text for span in answer.statements]
    penalty = DIRECTION_PENALTY * opposition(ours, rubric.statements.texts)
    return np.asarray(cosines - penalty, dtype=np.float64)


def token_recall(reference: Statements, answer: Body) -> Floats:
    """Return for each reference text [n] how much of it the answer's tokens match, in -1..1."""
    best = (reference.tokens @ answer.tokens.T).max(axis=1)
    total = np.add.reduceat(reference.weights, reference.starts)
    return np.asarray(np.add.reduceat(best * reference.weights, reference.starts) / total)


def lexical_recall(reference: Statements, said: frozenset[str]) -> Floats:
    """Return for each reference text [n] the share of its own content stems that were said."""
    return np.array([len(stems & said) / len(stems) if stems else 0.0 for stems in reference.stems])


def statement_margins(rubric: Rubric, comparison: Comparison) -> Floats:
    """Return for each statement [u] its nearest right similarity minus its nearest wrong one."""
    right, wrong = _nearest_sides(rubric, comparison)
    return np.asarray(right - wrong)


def answer_margin(rubric: Rubric, comparison: Comparison) -> float:
    """Return to which side the answer leans as a whole, in -1..1.

    A mistaken answer leans to the wrong side also where one statement is too close to call. The
    mean of differences of squares: a statement that is near to neither side leans nowhere.
    """
    right, wrong = _nearest_sides(rubric, comparison)
    return float(np.mean(right * np.abs(right) - wrong * np.abs(wrong)))


def _nearest_sides(rubric: Rubric, comparison: Comparison) -> tuple[Floats, Floats]:
    """Return for each statement [u] its greatest similarity to right and to wrong statements."""
    right = comparison.similarity[:, rubric.right].max(axis=1)
    if not len(rubric.wrong):
        return right, np.full_like(right, ABSENT)
    return right, comparison.similarity[:, rubric.wrong].max(axis=1)


def leads(every: Sequence[Rows], own: Rows, comparison: Comparison) -> Floats:
    """Return for each statement [u] its nearness to one point less that to any other point.

    Args:
        every: the rows of each point's right (or of each one's wrong) versions.
        own: the rows of the point in question.
        comparison: the answer against all rows.

    Where no other point has rows, the nearness itself; without rows of its own, ABSENT.
    """
    if not len(own):
        return np.full(len(comparison.similarity), ABSENT)
    nearness = comparison.similarity[:, own].max(axis=1)
    others = [rows for rows in every if rows is not own and len(rows)]
    if not others:
        return np.asarray(nearness)
    return np.asarray(nearness - comparison.similarity[:, np.concatenate(others)].max(axis=1))


def signals_of_points(
    rubric: Rubric, answer: Answer, comparison: Comparison, heard: Sequence[Heard]
) -> list[PointSignals]:
    """Compare the answer with every key point, its paraphrases and its wrong versions."""
    right = [point.right for point in rubric.points]
    every_wrong = [point.wrong for point in rubric.points]
    margin = min(answer_margin(rubric, comparison), MOST_MARGIN)
    said = [_in_order(clean(span.text)) for span in answer.statements[: answer.sentences]]
    return [
        _signals_of(point, comparison)._replace(
            lead=float(leads(right, point.right, comparison).max()),
            wrong_lead=_wrong_lead(every_wrong, point, comparison),
            order_margin=_order_margin(rubric, point, said),
            answer_margin=margin,
            **of_point._asdict(),
        )
        for point, of_point in zip(rubric.points, heard, strict=True)
    ]


def _signals_of(point: RubricPoint, comparison: Comparison) -> PointSignals:
    """Return the signals that similarity to this point alone decides; the others are ABSENT."""
    right = comparison.similarity[:, point.right].max(axis=1)
    lexical = comparison.lexical[point.right].max()
    wrong, wrong_lexical = np.full_like(right, ABSENT), ABSENT
    if len(point.wrong):
        wrong = comparison.similarity[:, point.wrong].max(axis=1)
        wrong_lexical = comparison.lexical[point.wrong].max()
    best = int(right.argmax())
    recalls = np.sort(comparison.recalls[point.right])[::-1]
    return PointSignals(
        recall=float(recalls[:TOP_RECALLS].mean()),
        lead=ABSENT,
        lexical_margin=float(lexical - wrong_lexical),
        statement_margin=float(right[best] - wrong[best]),
        wrong=float(wrong.max()),
        wrong_lead=ABSENT,
        order_margin=ABSENT,
        answer_margin=ABSENT,
        said=ABSENT,
        denied=ABSENT,
        said_alone=ABSENT,
        denied_alone=ABSENT,
    )


def _wrong_lead(every: Sequence[Rows], point: RubricPoint, comparison: Comparison) -> float:
    if not len(point.wrong):
        return ABSENT
    nearest = comparison.similarity[:, point.wrong].max(axis=1)
    return float(leads(every, point.wrong, comparison)[int(nearest.argmax())])


def _order_margin(rubric: Rubric, point: RubricPoint, said: Sequence[tuple[str, ...]]) -> float:
    """Return how much nearer a sentence comes to the order of a right version's words, in -1..1.

    Nearer than any to a wrong version's. Vectors hardly see which of two things was said of which.
    """
    if not len(point.wrong):
        return ABSENT
    right, wrong = (
        max(
            Indel.normalized_similarity(ours, _in_order(rubric.statements.texts[row]))
            for ours in said
            for row in rows
        )
        for rows in (point.right, point.wrong)
    )
    return float(right - wrong)


@functools.lru_cache(maxsize=20_000)
def _in_order(text: str) -> tuple[str, ...]:
    return tuple(stem(word) for word in words(text))
