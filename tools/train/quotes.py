"""Fit whether a sentence by itself bears out a point, or denies it: what may be quoted.

On answers whose authors the entailment network has never read, with what a reader made of each of
their sentences.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.answers.loading import FOLDER, Answer
from grading.corpus import Corpus
from grading.entailment import shipped_entailment
from grading.evidence import sentence_signals
from grading.fits import SentenceFits
from grading.reading import read_and_compare
from grading.text import sentences
from knowledge.bank import QuestionBank
from tools.train.regression import logistic
from tools.train.saying import say
from tools.train.sentences import ReadAnswer, load_read_answers

FITTED_SENTENCES = FOLDER / "sentences"
"""One file an author, an answer a line."""

BEARS_OUT = ("same", "opposite", "nearness", "lead")
DENIES = ("same", "opposite", "nearness_either", "lead_either", "leaning")

Labelled = tuple[dict[str, float], bool, bool]
"""A sentence's signals for a point, and whether it bears the point out, and denies it."""


def fit_sentences(
    answers: Sequence[Answer], bank: QuestionBank, corpus: Corpus, folder: Path = FITTED_SENTENCES
) -> SentenceFits:
    """Return the fits of sentences, from the answers that were read sentence by sentence."""
    read = {(one.question, one.sentences): one for one in load_read_answers(folder)}
    labelled: list[Labelled] = []
    for one in answers:
        key = one.question, tuple(span.text for span in sentences(one.answer))
        if key in read:
            labelled += _labelled(one.answer, read[key], bank, corpus)
    say(f"{len(labelled)} sentences beside a point")
    signals = [each for each, _, _ in labelled]
    return SentenceFits(
        bears_out=logistic(signals, [bears for _, bears, _ in labelled], BEARS_OUT),
        denies=logistic(signals, [denies for _, _, denies in labelled], DENIES),
    )


def _labelled(
    text: str, read: ReadAnswer, bank: QuestionBank, corpus: Corpus
) -> Iterator[Labelled]:
    rubric = corpus.rubric(bank.get(read.question))
    answer, comparison = read_and_compare(rubric, text, corpus.encoder.encode)
    number = {sentence: row for row, sentence in enumerate(read.sentences, 1)}
    said = [number.get(span.text) for span in answer.statements[: answer.sentences]]
    of_points = sentence_signals(rubric, answer, comparison, shipped_entailment())
    for point, of_sentences in zip(rubric.points, of_points, strict=True):
        bears = {*read.says.get(point.id, ()), *read.half.get(point.id, ())}
        denies = read.denies.get(point.id, ())
        for signals, row in zip(of_sentences, said, strict=True):
            yield signals._asdict(), row in bears, row in denies
