"""Sentences of answers by themselves: which point each makes, half makes, denies, or leaves alone.

A quote has to bear out a point on its own, and most sentences that speak of its matter do not.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from grading.text import clean
from knowledge.bank import QuestionBank
from knowledge.question import QuestionId
from tools.train.documents import MARKED
from tools.train.draws import LabelledPair, Relation

READ = MARKED / "sentences"
"""One file an author, an answer a line."""

OF_RELATIONS = {Relation.SAME: 0.42, Relation.OPPOSITE: 0.18, Relation.NEITHER: 0.4}
"""How often a sentence stands in each relation to the statement beside it."""

SAYS_ANOTHER = 0.7
"""How often a sentence that leaves a point alone is one that makes another point."""

HALF = 0.15
"""How often what counts as neither is a sentence that makes half of the point."""

Rows = Mapping[str, tuple[int, ...]]
"""By point, which sentences of an answer, from 1."""


class ReadAnswer(BaseModel):
    """An answer sentence by sentence, as a reader marked them; any other leaves a point alone."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: QuestionId
    sentences: tuple[str, ...]
    says: Rows
    half: Rows
    denies: Rows


class Spoken(NamedTuple):
    """The sentences of one answer by what each says of one point; `idle` ones make no point."""

    statement: str
    same: tuple[str, ...]
    half: tuple[str, ...]
    opposite: tuple[str, ...]
    others: tuple[str, ...]
    idle: tuple[str, ...]


def load_read_answers(folder: Path = READ) -> list[ReadAnswer]:
    """Load every answer that was read sentence by sentence, by author and line.

    Raises:
        ValidationError: a line does not fit.
    """
    return [
        ReadAnswer.model_validate_json(line)
        for path in sorted(folder.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]


def spoken_of(answers: Sequence[ReadAnswer], bank: QuestionBank) -> Iterator[Spoken]:
    """Yield each point that the bank asks for, with what each of these answers says of it."""
    for one in answers:
        if one.question not in bank:
            continue
        texts = tuple(map(clean, one.sentences))
        made = {row for rows in one.says.values() for row in rows}
        for point in bank.get(one.question).key_points:
            same, half, opposite = (
                marks.get(point.id, ()) for marks in (one.says, one.half, one.denies)
            )
            left = set(range(1, len(texts) + 1)) - {*same, *half, *opposite}
            rows = same, half, opposite, sorted(left & made), sorted(left - made)
            yield Spoken(
                clean(point.statement), *(tuple(texts[row - 1] for row in each) for each in rows)
            )


class SentenceDraws:
    """Draw a sentence of an answer beside a point's statement."""

    def __init__(self, spoken: Sequence[Spoken], rng: random.Random) -> None:
        self._rng = rng
        self._with = {
            Relation.SAME: [one for one in spoken if one.same],
            Relation.OPPOSITE: [one for one in spoken if one.opposite],
            Relation.NEITHER: [one for one in spoken if one.half or one.others or one.idle],
        }

    def pairs(self) -> list[LabelledPair]:
        """Return a pair."""
        rng = self._rng
        relation = rng.choices(list(OF_RELATIONS), list(OF_RELATIONS.values()))[0]
        one = rng.choice(self._with[relation])
        if relation is Relation.SAME:
            said = rng.choice(one.same)
        elif relation is Relation.OPPOSITE:
            said = rng.choice(one.opposite)
        elif one.half and (rng.random() < HALF or not one.others + one.idle):
            said = rng.choice(one.half)
        else:
            another = one.others and (rng.random() < SAYS_ANOTHER or not one.idle)
            said = rng.choice(one.others if another else one.idle)
        return [LabelledPair(said, one.statement, relation)]
