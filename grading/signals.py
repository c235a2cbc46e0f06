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
from grading.encoder import Vectors
from grading.entailment import Entailment
from grading.polarity import opposition
from grading.rubric import Floats, Rows, Rubric, RubricPoint, Statements
from grading.text import clean, stem, words

TOP_RECALLS = 3
"""Recall is averaged over this many best paraphrases: one lucky match proves less than three."""

MOST_MARGIN = 0.1
"""An answer that leans to the wrong side is doubted everywhere; one that leans clearly to the right
side must still make its points one by one."""

LEAST_PROBABILITY = 0.02
"""Probabilities are taken to lie this far from 0 and 1, so that none counts without bound."""

STRETCH_WORDS = 130
"""Longer answers are read in stretches of whole sentences, up to so many words: with a statement
beside it, that fits the network's window, and answers of learners are rarely longer."""

READ_ALONE = 2
"""Sentences nearest to a point that are read by themselves."""

NEARNESS_COUNTS = 6.0
LEAD_COUNTS = 3.0
"""What similarity to a point, and its lead over that to any other point, count beside log-odds when
a sentence is quoted. The network hears the tone of a sentence better than its matter: of 28 quotes
of authors who teach on which the two disagreed and one was better, this chose it in 25, and either
alone in 14."""

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
    `said` and `denied` are the log-odds that the answer as a whole says the same as the point's
    statement, or the opposite; `said_alone` and `denied_alone` that one of its sentences does.
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


class Proof(NamedTuple):
    """The rows of the sentences that speak most for a point, and most against it."""

    support: int
    objection: int


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
    rubric: Rubric, answer: Answer, comparison: Comparison, entailment: Entailment
) -> tuple[list[PointSignals], list[Proof]]:
    """Compare the answer with every key point, its paraphrases and its wrong versions."""
    right = [point.right for point in rubric.points]
    leading = [leads(right, own, comparison) for own in right]
    every_wrong = [point.wrong for point in rubric.points]
    margin = min(answer_margin(rubric, comparison), MOST_MARGIN)
    judged = _judged(rubric, answer, comparison, leading, entailment)
    said = [_in_order(clean(span.text)) for span in answer.statements[: answer.sentences]]
    signals = [
        _signals_of(point, comparison)._replace(
            lead=float(lead.max()),
            wrong_lead=_wrong_lead(every_wrong, point, comparison),
            order_margin=_order_margin(rubric, point, said),
            answer_margin=margin,
            **odds,
        )
        for point, lead, (odds, _) in zip(rubric.points, leading, judged, strict=True)
    ]
    return signals, [proof for _, proof in judged]


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


def _judged(
    rubric: Rubric,
    answer: Answer,
    comparison: Comparison,
    leading: Sequence[Floats],
    entailment: Entailment,
) -> list[tuple[dict[str, float], Proof]]:
    """Return what the answer says of each point's statement, and by which sentences.

    Many sentences are read beside the statement at once: a sentence is understood by those around
    it, and by themselves they were often taken to contradict what they do not speak of. The few
    sentences nearest to the point are read alone as well, for they have to bear it out.
    """
    nearest = [_nearest_sentences(point, comparison, answer.sentences) for point in rubric.points]
    stretches = answer.stretches(STRETCH_WORDS)
    sentences = [clean(span.text) for span in answer.statements[: answer.sentences]]
    texts = [rubric.statements.texts[point.right[0]] for point in rubric.points]
    pairs = [
        (said, text)
        for text, rows in zip(texts, nearest, strict=True)
        for said in (*stretches, *(sentences[row] for row in rows))
    ]
    judged = entailment.judge(pairs)
    same, opposite = _log_odds(judged.same), _log_odds(judged.opposite)
    either = [np.r_[point.right, point.wrong] for point in rubric.points]
    found, start = [], 0
    for point, lead, both, rows in zip(rubric.points, leading, either, nearest, strict=True):
        middle = start + len(stretches)
        end = middle + len(rows)
        odds = {
            "said": float(same[start:middle].max()),
            "denied": float(opposite[start:middle].max()),
            "said_alone": float(same[middle:end].max()),
            "denied_alone": float(opposite[middle:end].max()),
        }
        support = same[middle:end] + _bearing(point.right, lead, comparison)[rows]
        lead_of_both = leads(either, both, comparison)
        objection = opposite[middle:end] + _bearing(both, lead_of_both, comparison)[rows]
        found.append((odds, Proof(rows[int(support.argmax())], rows[int(objection.argmax())])))
        start = end
    return found


def _nearest_sentences(point: RubricPoint, comparison: Comparison, sentences: int) -> list[int]:
    """Return the rows of the sentences nearest to what is right and to what is wrong about it."""
    nearness = comparison.similarity[:sentences]
    rows = np.argsort(-nearness[:, point.right].max(axis=1), kind="stable")[:READ_ALONE].tolist()
    if len(point.wrong):
        rows.append(int(nearness[:, point.wrong].max(axis=1).argmax()))
    return list(dict.fromkeys(rows))


def _bearing(own: Rows, lead: Floats, comparison: Comparison) -> Floats:
    """Return how much each statement [u] bears on a point, by its rows and its lead [u]."""
    nearness = comparison.similarity[:, own].max(axis=1)
    return np.asarray(NEARNESS_COUNTS * nearness + LEAD_COUNTS * lead)


def _log_odds(probabilities: Vectors) -> Floats:
    held = np.clip(probabilities.astype(np.float64), LEAST_PROBABILITY, 1 - LEAST_PROBABILITY)
    return np.asarray(np.log(held / (1 - held)))
