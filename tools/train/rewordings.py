"""Statements of key points in other people's words: right, turned round, and beside the point.

What is right keeps most of a statement's words or none of them, and so does what is wrong: neither
shared words nor a word of negation tells them apart.
"""

import json
import random
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from grading.text import clean
from knowledge.bank import QuestionBank
from knowledge.question import QuestionId
from tools.train.documents import joined
from tools.train.draws import LabelledPair, Relation

FOLDER = Path(__file__).parents[2] / "benchmarks" / "rewordings"
"""One file an author, a key point a line."""

STATEMENT = 0.7
"""How often what is said is held against the statement, and else against another right wording."""

ALONE = 0.35
"""How often one sentence is all that is said, and else a sentence for each of several points."""

OTHERS = (1, 2, 2, 3, 3, 4)
"""How many other points of the question a composed answer speaks of."""

SAYS = {Relation.SAME: 0.6, Relation.OPPOSITE: 0.25, Relation.NEITHER: 0.15}
"""What it says of those."""


class Rewording(BaseModel):
    """A key point's statement as one author words it.

    `right` says all of it: rebuilt, mirrored, as in a chat, and with a word that sounds like
    denial. `wrong` contradicts it: by an exchange, by another small change, and in other words.
    `beside` is true, near, and neither.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    author: str
    question: QuestionId
    point: str
    right: Annotated[tuple[str, ...], Field(min_length=4, max_length=4)]
    wrong: Annotated[tuple[str, ...], Field(min_length=3, max_length=3)]
    beside: str

    def saying(self, relation: Relation) -> tuple[str, ...]:
        """Return the sentences that stand in this relation to the statement, cleaned."""
        sides = {
            Relation.SAME: self.right,
            Relation.OPPOSITE: self.wrong,
            Relation.NEITHER: (self.beside,),
        }
        return tuple(map(clean, sides[relation]))


def load_rewordings(folder: Path = FOLDER) -> tuple[Rewording, ...]:
    """Load every rewording, by author and line.

    Raises:
        ValidationError: a line does not fit.
    """
    return tuple(
        Rewording(author=path.stem, **json.loads(line))
        for path in sorted(folder.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    )


class RewordingDraws:
    """Draw rewordings beside their statement, alone or as a part of an answer."""

    def __init__(
        self, rewordings: Sequence[Rewording], bank: QuestionBank, rng: random.Random
    ) -> None:
        """Keep the rewordings of what the bank still asks."""
        self._rng = rng
        self._statements = {
            (question.id, point.id): clean(point.statement)
            for question in bank
            for point in question.key_points
        }
        known = [one for one in rewordings if (one.question, one.point) in self._statements]
        self._known = known
        self._of_question: dict[str, list[Rewording]] = defaultdict(list)
        for one in known:
            self._of_question[one.question].append(one)

    def pairs(self) -> list[LabelledPair]:
        """Return three pairs with the same statement, one of each relation."""
        rng = self._rng
        one = rng.choice(self._known)
        alone = rng.random() < ALONE
        return [self._pair(one, relation, alone=alone) for relation in Relation]

    def _pair(self, one: Rewording, relation: Relation, *, alone: bool) -> LabelledPair:
        rng = self._rng
        said = rng.choice(one.saying(relation))
        statement = self._statements[one.question, one.point]
        if rng.random() >= STATEMENT:
            statement = rng.choice([text for text in one.saying(Relation.SAME) if text != said])
        return LabelledPair(said if alone else self._answer(one, said), statement, relation)

    def _answer(self, one: Rewording, said: str) -> str:
        """Return the sentence among those about other points of its question."""
        rng = self._rng
        others = [other for other in self._of_question[one.question] if other is not one]
        chosen = rng.sample(others, min(len(others), rng.choice(OTHERS)))
        relations = rng.choices(list(SAYS), list(SAYS.values()), k=len(chosen))
        parts = [
            rng.choice(other.saying(relation))
            for other, relation in zip(chosen, relations, strict=True)
        ]
        parts.append(said)
        rng.shuffle(parts)
        return joined(parts, rng)
