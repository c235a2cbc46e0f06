"""Fit when an answer makes a key point or contradicts it, and how points make a score.

On answers whose authors the entailment network has never read, with what two readers made of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.answers.loading import FITTED, Answer, covered, load_answers, opposed
from grading.calibration import Coefficients, judge_point
from grading.corpus import Corpus
from grading.encoder import SentenceTransformerEncoder
from grading.entailment import shipped_entailment
from grading.evidence import hear
from grading.fits import Fit, SentenceFits
from grading.reading import read_and_compare
from grading.rubric import Rubric
from grading.scoring import score_of_shares, shares_of
from grading.signals import PointSignals, signals_of_points
from grading.text import words
from knowledge.bank import QuestionBank
from knowledge.loader import load_bank
from tools.train.quotes import fit_sentences
from tools.train.regression import logistic
from tools.train.saying import say

COVERED = ("recall", "lead", "lexical_margin", "statement_margin", "answer_margin",
           "order_margin", "said", "denied", "said_alone", "denied_alone")  # fmt: skip
CONTRADICTED = (
    ("recall", "lexical_margin", "statement_margin", "wrong", "wrong_lead", "answer_margin",
     "order_margin", "said", "denied", "said_alone", "denied_alone"),
    ("recall", "lexical_margin", "statement_margin", "wrong", "wrong_lead", "answer_margin",
     "order_margin", "said", "said_alone"),
)  # fmt: skip
"""Two witnesses, of which the one that is less sure counts: with and without what the network takes
to be denied. Cross-validated by question, RMSE of scores .218 (with the first alone .222), and
precision of what is called contradicted .93 (.69) at a recall of .17 (.23); the order of words
makes it .213."""

JUNK = "junk"
"""The kind that the gates are for: lists of terms, other languages, texts about something else."""

AS_GOOD = 1.01
"""The mildest penalty is taken whose mean squared error exceeds the least by so much at most: from
.4 to 1.3 all do as well, and what is right must not pay for a doubt."""

PENALTIES = tuple(round(0.01 * step, 2) for step in range(201))


@dataclass(frozen=True)
class Example:
    """An answer's signals by point, what readers say of each point in 0..1, and their score."""

    answer: Answer
    rubric: Rubric
    signals: list[PointSignals]
    said: list[float | None]
    wrong: list[float | None]


def fit(encoder: SentenceTransformerEncoder) -> dict[str, Any]:
    """Return everything that judges points and turns them into a score."""
    bank = load_bank()
    answers, corpus = load_answers(FITTED), Corpus(bank, encoder)
    sentences = fit_sentences(answers, bank, corpus)
    examples = list(examples_of(answers, bank, corpus, sentences))
    say(f"{len(examples)} answers")
    return fitted(examples, sentences)


def examples_of(
    answers: Sequence[Answer], bank: QuestionBank, corpus: Corpus, sentences: SentenceFits
) -> Iterator[Example]:
    """Yield every answer that is no junk with its signals."""
    for one in answers:
        if one.kind == JUNK or not words(one.answer):
            continue
        rubric = corpus.rubric(bank.get(one.question))
        answer, comparison = read_and_compare(rubric, one.answer, corpus.encoder.encode)
        heard, _ = hear(rubric, answer, comparison, shipped_entailment(), sentences)
        signals = signals_of_points(rubric, answer, comparison, heard)
        said = [one.share(point.id, covered) for point in rubric.points]
        wrong = [one.share(point.id, opposed) for point in rubric.points]
        yield Example(one, rubric, signals, said, wrong)


def fitted(examples: Sequence[Example], sentences: SentenceFits) -> dict[str, Any]:
    """Return the fits of points, and the share and penalty nearest to the readers' scores."""
    said, wrong = ([getattr(one, side) for one in examples] for side in ("said", "wrong"))
    fits = {
        "sentences": sentences,
        "covered": _of_points(examples, COVERED, said),
        "contradicted": tuple(_of_points(examples, names, wrong) for names in CONTRADICTED),
    }
    share, penalty = _score(examples, fits)
    return {**fits, "share": share, "penalty": penalty}


def _score(examples: Sequence[Example], fits: dict[str, Any]) -> tuple[float, float]:
    """Return the share and the penalty whose scores are nearest to the fair ones.

    The share follows from the penalty: answers that contradict nothing get, on average, what they
    deserve. Otherwise contradictions that go unnoticed would make good answers pay for them.
    """
    neutral = Fit(intercept=0.0, weights={})
    draft = Coefficients(
        version="", provenance={}, agreement=neutral, share=1.0, penalty=0.0, **fits
    )
    every = [
        shares_of(
            one.rubric.points, [judge_point(s, draft) for s in one.signals], one.rubric.enough
        )
        for one in examples
    ]
    fair = np.array([one.answer.score for one in examples])
    honest = np.array([any(one.said) and not any(one.wrong) for one in examples])
    credit, against = np.array([(one.earned, one.opposed) for one in every])[honest].T

    def share_for(penalty: float) -> float:
        return float(credit @ (fair[honest] + penalty * against) / (credit @ credit))

    def error(penalty: float) -> float:
        share = share_for(penalty)
        scores = np.array([score_of_shares(one, share, penalty) for one in every])
        return float(np.mean((scores - fair) ** 2))

    errors = {penalty: error(penalty) for penalty in PENALTIES}
    penalty = min(p for p, of_it in errors.items() if of_it <= AS_GOOD * min(errors.values()))
    return round(share_for(penalty), 4), penalty


def _of_points(
    examples: Sequence[Example], names: Sequence[str], truth: Sequence[Sequence[float | None]]
) -> Fit:
    """Fit what readers say of points, where they say anything."""
    marked = [
        (signals._asdict(), label)
        for one, labels in zip(examples, truth, strict=True)
        for signals, label in zip(one.signals, labels, strict=True)
        if label is not None
    ]
    return logistic([each for each, _ in marked], [label for _, label in marked], names)
