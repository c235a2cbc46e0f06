"""The bank's short references with one fact reversed, word for word else: `exchange` of the twins.

Nearly the words of a statement are no sign of either side: so the reference itself teaches as well,
and the sentence in which the two differ by itself.
"""

import random
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from grading.text import clean
from knowledge.bank import QuestionBank
from tools.train.documents import MarkedAnswer
from tools.train.draws import LabelledPair, Relation

EXCHANGE = "exchange"
"""The kind of a marked answer that is the short reference with one fact reversed."""

SENTENCES = re.compile(r"(?<=[.!?])\s+")

MOST_CHANGED = 2
"""Sentences in which an exchange differs from its reference: one fact has one or two."""


class ChangedSentence(NamedTuple):
    """A sentence that says a statement, and the same sentence when it says the opposite."""

    right: str
    wrong: str
    statement: str


def references_of(bank: QuestionBank, marked: Sequence[MarkedAnswer]) -> Iterator[MarkedAnswer]:
    """Yield the short reference of each exchange, with the marks of a text that is right."""
    for one in _exchanges(bank, marked):
        right = {point: "c" if mark == "x" else mark for point, mark in one.marks.items()}
        text = bank.get(one.question).reference_answers.short
        yield one.model_copy(update={"answer": text, "marks": right})


def changed_sentences(
    bank: QuestionBank, marked: Sequence[MarkedAnswer]
) -> Iterator[ChangedSentence]:
    """Yield the sentence of each exchange that was changed, where it is one and of one point."""
    for one in _exchanges(bank, marked):
        question, changed = bank.get(one.question), _changed(bank, one)
        wrong = [point for point in question.key_points if one.marks.get(point.id) == "x"]
        if len(changed) == len(wrong) == 1:
            yield ChangedSentence(*changed[0], clean(wrong[0].statement))


def _exchanges(bank: QuestionBank, marked: Sequence[MarkedAnswer]) -> Iterator[MarkedAnswer]:
    """Return the exchanges of today's references: the marks of an earlier one do not fit these."""
    exchanges = (one for one in marked if one.kind == EXCHANGE and one.question in bank)
    return (one for one in exchanges if 1 <= len(_changed(bank, one)) <= MOST_CHANGED)


def _changed(bank: QuestionBank, one: MarkedAnswer) -> list[tuple[str, str]]:
    """Return the sentences that differ, before and after; none where there are more or fewer."""
    texts = bank.get(one.question).reference_answers.short, one.answer
    before, after = (SENTENCES.split(clean(text)) for text in texts)
    if len(before) != len(after):
        return []
    return [(a, b) for a, b in zip(before, after, strict=True) if a != b]


class ExchangeDraws:
    """Draw a changed sentence beside its statement, before and after."""

    def __init__(self, changed: Sequence[ChangedSentence], rng: random.Random) -> None:
        self._changed = changed
        self._rng = rng

    def pairs(self) -> list[LabelledPair]:
        """Return two pairs with the same statement."""
        one = self._rng.choice(self._changed)
        return [
            LabelledPair(one.right, one.statement, Relation.SAME),
            LabelledPair(one.wrong, one.statement, Relation.OPPOSITE),
        ]
