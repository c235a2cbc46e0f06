"""What an answer says of each point, by the network, and which of its sentences shows it.

Many sentences are read beside a point's statement at once: a sentence is understood by those around
it. The few that are nearest to the point are read alone as well, for a quote has to bear it out by
itself; how near they are to this point and to no other tells as much there as the network does.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from grading.answer import Answer
from grading.entailment import Entailment, log_odds
from grading.fits import SentenceFits
from grading.rubric import Floats, Rows, Rubric, RubricPoint
from grading.signals import Comparison, Heard, leads
from grading.text import clean

STRETCH_WORDS = 130
"""Longer answers are read in stretches of whole sentences, up to so many words: with a statement
beside it, that fits the network's window, and answers of learners are rarely longer."""

READ_ALONE = 3
"""Sentences nearest to a point that are read by themselves. Of what is quoted for covered points by
authors left out, readers accept .72 with two, .75 with three and .76 with four."""


class SentenceSignals(NamedTuple):
    """How one sentence stands to one point.

    `same` and `opposite` are the network's log-odds; `nearness` and `lead` are its similarity to
    what is right about the point, and by how much that exceeds the similarity to any other point;
    `nearness_either` and `lead_either` the same with what is wrong about it as well; `leaning` is
    how much nearer it is to what is wrong.
    """

    same: float
    opposite: float
    nearness: float
    lead: float
    nearness_either: float
    lead_either: float
    leaning: float


class Proof(NamedTuple):
    """The rows of the sentences that speak most for a point, and most against it."""

    support: int
    objection: int


class _Nearness(NamedTuple):
    """For each sentence [s], how near it is to a point and by how much it leads to it."""

    nearness: Floats
    lead: Floats
    nearness_either: Floats
    lead_either: Floats

    def signals(self, row: int, same: float, opposite: float) -> SentenceSignals:
        near, lead, either, lead_either = (float(each[row]) for each in self)
        return SentenceSignals(same, opposite, near, lead, either, lead_either, either - near)


def hear(
    rubric: Rubric,
    answer: Answer,
    comparison: Comparison,
    entailment: Entailment,
    fits: SentenceFits,
) -> tuple[list[Heard], list[Proof]]:
    """Return for each point what the answer says of it, and by which sentences."""
    nearness = _nearness_of_points(rubric, comparison, answer.sentences)
    alone = [_nearest(each) for each in nearness]
    stretches = answer.stretches(STRETCH_WORDS)
    sentences = [clean(span.text) for span in answer.statements[: answer.sentences]]
    texts = [rubric.statements.texts[point.right[0]] for point in rubric.points]
    pairs = [
        (said, text)
        for text, rows in zip(texts, alone, strict=True)
        for said in (*stretches, *(sentences[row] for row in rows))
    ]
    judged = entailment.judge(pairs)
    same, opposite = log_odds(judged.same), log_odds(judged.opposite)
    heard, proofs, start = [], [], 0
    for near, rows in zip(nearness, alone, strict=True):
        middle = start + len(stretches)
        end = middle + len(rows)
        read = [
            near.signals(row, *odds)._asdict()
            for row, *odds in zip(rows, same[middle:end], opposite[middle:end], strict=True)
        ]
        support, objection = ([fit(each) for each in read] for fit in (fits.bears_out, fits.denies))
        heard.append(
            Heard(
                said=float(same[start:middle].max()),
                denied=float(opposite[start:middle].max()),
                said_alone=max(support),
                denied_alone=max(objection),
            )
        )
        best, worst = (rows[int(np.argmax(odds))] for odds in (support, objection))
        proofs.append(Proof(best, worst))
        start = end
    return heard, proofs


def sentence_signals(
    rubric: Rubric, answer: Answer, comparison: Comparison, entailment: Entailment
) -> list[list[SentenceSignals]]:
    """Return how every sentence stands to every point, by point: what the fits learn from."""
    nearness = _nearness_of_points(rubric, comparison, answer.sentences)
    sentences = [clean(span.text) for span in answer.statements[: answer.sentences]]
    texts = [rubric.statements.texts[point.right[0]] for point in rubric.points]
    judged = entailment.judge([(said, text) for text in texts for said in sentences])
    same, opposite = (
        log_odds(odds).reshape(len(texts), -1) for odds in (judged.same, judged.opposite)
    )
    return [
        [near.signals(row, same[point, row], opposite[point, row]) for row in range(len(sentences))]
        for point, near in enumerate(nearness)
    ]


def _nearness_of_points(rubric: Rubric, comparison: Comparison, sentences: int) -> list[_Nearness]:
    right = [point.right for point in rubric.points]
    either = [_either(point) for point in rubric.points]
    return [
        _Nearness(
            *(each[:sentences] for each in _near_and_leading(right, own, comparison)),
            *(each[:sentences] for each in _near_and_leading(either, both, comparison)),
        )
        for own, both in zip(right, either, strict=True)
    ]


def _either(point: RubricPoint) -> Rows:
    return np.concatenate((point.right, point.wrong))


def _near_and_leading(
    every: Sequence[Rows], own: Rows, comparison: Comparison
) -> tuple[Floats, Floats]:
    return comparison.similarity[:, own].max(axis=1), leads(every, own, comparison)


def _nearest(near: _Nearness) -> list[int]:
    """Return the rows of the sentences nearest to what is right, and to either side of it."""
    rows = np.argsort(-near.nearness, kind="stable")[:READ_ALONE].tolist()
    return list(dict.fromkeys([*rows, int(near.nearness_either.argmax())]))
