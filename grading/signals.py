"""What an answer and a rubric have in common, as numbers. One function a signal; no judgement.

All similarities are cosines of unit vectors. Token recall is late interaction as in ColBERT
(Khattab and Zaharia, 2020) and BERTScore (Zhang et al., 2020): each token of a reference takes
its best match among the answer's tokens, and the matches are averaged by the tokens' weights.
"""

import functools
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import Indel

from grading.alignment import Pair
from grading.answer import Answer, Body
from grading.encoder import Vectors
from grading.entailment import Entailment
from grading.polarity import opposition
from grading.rubric import Floats, Rows, Rubric, RubricPoint, Statements
from grading.text import stem, words

TOP_RECALLS = 3
"""Recall is averaged over this many best paraphrases: one lucky match proves less than three."""

TOP_TWINS = 3
"""Accepted wordings whose opposites are looked at: those nearest to the answer."""

TOP_PAIRS = 2
"""Pairs of a statement and a version of the point that are judged: the most similar ones. Up to
16 were tried: more do no better."""

MOST_MARGIN = 0.1
"""An answer that leans to the wrong side is doubted everywhere; one that leans clearly to the right
side must still make its points one by one. Without this cap, two good sentences earned points that
they did not speak of (cross-validated by question, RMSE .164 with it and .168 without)."""

LEAST_PROBABILITY = 0.02
"""Added to probabilities before their logarithm, so that none counts without bound."""

ABSENT = 0.0
"""Stands in for the similarity to wrong versions where a rubric has none."""

DIRECTION_PENALTY = 0.1
"""Taken off the similarity of statements that point in opposite directions; 0.05 to 0.2 do
about as well and 0 does worse (AUC of covered against contradicted points .83 instead of .84)."""


class ModelSignals(NamedTuple):
    """How an answer compares with the whole reference answers, the best reference counting."""

    recall: float
    precision: float
    lexical_recall: float


class PointSignals(NamedTuple):
    """How an answer compares with one key point.

    `recall` is the mean token recall of the best paraphrases; `lead` is how much nearer the
    best statement is to this point than to any other one, which tells the point a statement
    makes; `lexical` is stem recall; `lexical_margin` and `statement_margin` are right minus
    wrong, in stems and in the best statement's similarity; `wrong` is the greatest similarity
    to a wrong version and `wrong_lead` by how much that exceeds the similarity to wrong
    versions of other points; `answer_margin` belongs to the answer as a whole. `twin_margin`,
    `twin_token_margin` and `twin_order_margin` are how much nearer the nearest wordings are
    than their opposites, as whole statements, token by token, and in the order of the words;
    `entailed` is the log-odds that the answer says the same as the point rather than the
    opposite.
    """

    recall: float
    lead: float
    lexical: float
    lexical_margin: float
    statement_margin: float
    wrong: float
    wrong_lead: float
    answer_margin: float
    twin_margin: float
    twin_token_margin: float
    twin_order_margin: float
    entailed: float


class Comparison(NamedTuple):
    """All raw comparisons of one answer with one rubric.

    `similarity` [u, n] is between statements of the answer and of the rubric, `recalls` [n] and
    `lexical` [n] are between the whole answer and each statement of the rubric.
    """

    similarity: Floats
    recalls: Floats
    lexical: Floats


def compare(rubric: Rubric, answer: Answer) -> Comparison:
    """Compute every raw comparison at once: two matrix products and the directions."""
    return Comparison(
        similarity=similarity(rubric, answer),
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


def token_precision(reference: Statements, answer: Body) -> Floats:
    """Return for each reference text [n] how much of the answer it matches, in -1..1."""
    matches = reference.tokens @ answer.tokens.T
    best = np.maximum.reduceat(matches, reference.starts, axis=0)
    return np.asarray(best @ answer.weights / answer.weights.sum())


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


def model_signals(rubric: Rubric, answer: Body) -> ModelSignals:
    """Compare the answer with the whole reference answers."""
    return ModelSignals(
        recall=float(token_recall(rubric.models, answer).max()),
        precision=float(token_precision(rubric.models, answer).max()),
        lexical_recall=float(lexical_recall(rubric.models, answer.stems).max()),
    )


def signals_of_points(
    rubric: Rubric, answer: Answer, comparison: Comparison, entailment: Entailment | None
) -> list[PointSignals]:
    """Compare the answer with every key point, its paraphrases, wrong versions and opposites.

    Without an entailment network (there is one for the default model alone), what it would judge
    counts as undecided.
    """
    margin = min(answer_margin(rubric, comparison), MOST_MARGIN)
    every_right = [point.right for point in rubric.points]
    every_wrong = [point.wrong for point in rubric.points]
    odds = _log_odds(rubric, answer, comparison, entailment)
    return [
        _signals_of(rubric, point, answer, comparison)._replace(
            lead=float(leads(every_right, point.right, comparison).max()),
            wrong_lead=_wrong_lead(every_wrong, point, comparison),
            answer_margin=margin,
            entailed=entailed,
        )
        for point, entailed in zip(rubric.points, odds, strict=True)
    ]


def _signals_of(
    rubric: Rubric, point: RubricPoint, answer: Answer, comparison: Comparison
) -> PointSignals:
    """Return the signals that concern this point alone; the others stand at ABSENT."""
    right = comparison.similarity[:, point.right].max(axis=1)
    lexical = float(comparison.lexical[point.right].max())
    wrong, wrong_lexical = np.full_like(right, ABSENT), ABSENT
    if len(point.wrong):
        wrong = comparison.similarity[:, point.wrong].max(axis=1)
        wrong_lexical = float(comparison.lexical[point.wrong].max())
    best = int(right.argmax())
    recalls = np.sort(comparison.recalls[point.right])[::-1]
    twins = _twin_margins(rubric, point, answer)
    return PointSignals(
        recall=float(recalls[:TOP_RECALLS].mean()),
        lead=ABSENT,
        lexical=lexical,
        lexical_margin=lexical - wrong_lexical,
        statement_margin=float(right[best] - wrong[best]),
        wrong=float(wrong.max()),
        wrong_lead=ABSENT,
        answer_margin=ABSENT,
        twin_margin=twins.whole,
        twin_token_margin=twins.by_token,
        twin_order_margin=twins.in_order,
        entailed=ABSENT,
    )


def _wrong_lead(every: Sequence[Rows], point: RubricPoint, comparison: Comparison) -> float:
    if not len(point.wrong):
        return ABSENT
    nearest = comparison.similarity[:, point.wrong].max(axis=1)
    return float(leads(every, point.wrong, comparison)[int(nearest.argmax())])


class _TwinMargins(NamedTuple):
    """How much nearer the answer is to the point's wordings than to their opposites.

    A wording and its opposite share nearly every word, so what they differ in decides: as whole
    statements, as the mean match of tokens in both directions, and by the order of the words.
    """

    whole: float = ABSENT
    by_token: float = ABSENT
    in_order: float = ABSENT


def _twin_margins(rubric: Rubric, point: RubricPoint, answer: Answer) -> _TwinMargins:
    """Compare the answer with the nearest wordings of a point and with their twins."""
    if not len(point.opposites):
        return _TwinMargins()
    statements = rubric.statements
    paired = point.right[: len(point.opposites)]
    to_right = answer.vectors @ statements.sentences[paired].T
    to_opposite = answer.vectors @ statements.sentences[point.opposites].T
    nearest = to_right.argmax(axis=0)
    margins = []
    for column in np.argsort(-to_right.max(axis=0), kind="stable")[:TOP_TWINS]:
        row = int(nearest[column])
        said, text = answer.tokens[row], answer.statements[row].text
        right, opposite = int(paired[column]), int(point.opposites[column])
        margins.append(
            (
                to_right[row, column] - to_opposite[row, column],
                _mutual_match(said, statements.tokens_of(right))
                - _mutual_match(said, statements.tokens_of(opposite)),
                _same_order(text, statements.texts[right])
                - _same_order(text, statements.texts[opposite]),
            )
        )
    return _TwinMargins(*np.mean(margins, axis=0).tolist())


def _same_order(one: str, two: str) -> float:
    """Return the share of two texts' words, in 0..1, that both say in the same order.

    Vectors hardly see which of two things was said of which; the order of the words tells.
    """
    return float(Indel.normalized_similarity(_in_order(one), _in_order(two)))


@functools.lru_cache(maxsize=20_000)
def _in_order(text: str) -> tuple[str, ...]:
    return tuple(stem(word) for word in words(text))


def _mutual_match(one: Vectors, two: Vectors) -> float:
    """Return the sum of both sides' mean best match."""
    cosines = one @ two.T
    return float(cosines.max(axis=0).mean() + cosines.max(axis=1).mean())


def _log_odds(
    rubric: Rubric, answer: Answer, comparison: Comparison, entailment: Entailment | None
) -> list[float]:
    """Return for each point whether the answer says the same as it rather than the opposite.

    Judged against wrong versions as well, the answer is placed no better.
    """
    if entailment is None:
        return [ABSENT] * len(rubric.points)
    pairs: list[Pair] = []
    ends = [0]
    for point in rubric.points:
        nearness = comparison.similarity[:, point.right]
        for place in np.argsort(-nearness, axis=None, kind="stable")[:TOP_PAIRS]:
            said, version = divmod(int(place), len(point.right))
            row = int(point.right[version])
            pairs.append((answer.tokens[said], rubric.statements.tokens_of(row)))
        ends.append(len(pairs))
    judged = entailment.judge(pairs)
    odds = np.log(judged.same + LEAST_PROBABILITY) - np.log(judged.opposite + LEAST_PROBABILITY)
    return [float(odds[start:end].mean()) for start, end in pairwise(ends)]
