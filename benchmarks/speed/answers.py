"""Answers of a given length, made from the graded sample answers of one question."""

from collections.abc import Iterable

from grading.text import sentences
from knowledge.graded import AnswerKind, GradedQuestion

KINDS = (
    AnswerKind.STRONG,
    AnswerKind.STRONG_PLAIN,
    AnswerKind.GOOD,
    AnswerKind.STRONG_CHAT,
    AnswerKind.PARTIAL,
)
"""Sample answers whose sentences an able learner would say, the best first."""


def material(entry: GradedQuestion) -> tuple[str, ...]:
    """Return the distinct sentences of a question's able sample answers, the best answers first."""
    by_quality = sorted(
        (answer for answer in entry.answers if answer.kind in KINDS),
        key=lambda answer: KINDS.index(answer.kind),
    )
    texts = (span.text.strip() for answer in by_quality for span in sentences(answer.answer))
    return tuple(dict.fromkeys(texts))


def answer_of(words: int, sentences_: Iterable[str], start: int = 0) -> str:
    """Return an answer of exactly so many words, beginning with the sentence number `start`.

    The sentences are taken in turn, from the first again after the last, and the last one is cut
    where the words are used up.
    """
    pool = [sentence.split() for sentence in sentences_]
    taken: list[str] = []
    while len(taken) < words:
        taken += pool[start % len(pool)]
        start += 1
    return " ".join(taken[:words]).rstrip(",;:.") + "."
