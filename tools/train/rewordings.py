"""Statements of key points in other people's words: right, turned round, and beside the point.

What is right keeps most of a statement's words or none of them, and so does what is wrong: neither
shared words nor a word of negation tells them apart.
"""

import random
from collections import defaultdict
from collections.abc import Sequence

from benchmarks.rewordings.loading import Worded
from grading.text import clean
from knowledge.bank import QuestionBank
from tools.train.documents import joined
from tools.train.draws import LabelledPair, Relation

STATEMENT = 0.7
"""How often what is said is held against the statement, and else against another right wording."""

ALONE = 0.35
"""How often one sentence is all that is said, and else a sentence for each of several points."""

OTHERS = (1, 2, 2, 3, 3, 4)
"""How many other points of the question a composed answer speaks of."""

SAYS = {Relation.SAME: 0.6, Relation.OPPOSITE: 0.25, Relation.NEITHER: 0.15}
"""What it says of those."""


def saying(one: Worded, relation: Relation) -> tuple[str, ...]:
    """Return the sentences that stand in this relation to the statement, cleaned."""
    sides = {
        Relation.SAME: one.right,
        Relation.OPPOSITE: one.wrong,
        Relation.NEITHER: (one.beside,),
    }
    return tuple(map(clean, sides[relation]))


class RewordingDraws:
    """Draw rewordings beside their statement, alone or as a part of an answer."""

    def __init__(
        self,
        rewordings: Sequence[Worded],
        bank: QuestionBank,
        rng: random.Random,
        statement: float = STATEMENT,
    ) -> None:
        """Keep the rewordings of what the bank still asks."""
        self._rng = rng
        self._statement = statement
        self._statements = {
            (question.id, point.id): clean(point.statement)
            for question in bank
            for point in question.key_points
        }
        self._of_question: dict[str, list[Worded]] = defaultdict(list)
        for one in rewordings:
            if (one.question, one.point) in self._statements:
                self._of_question[one.question].append(one)
        self._known = [
            one for those in self._of_question.values() if len(those) > 1 for one in those
        ]

    def pairs(self) -> list[LabelledPair]:
        """Return three pairs: what says a statement, the same turned round, and one pair more.

        Of a composed answer, nothing else changes, and the pair more is another point in it: so
        neither the matter nor the tone of the whole tells what is said of which point.
        """
        rng = self._rng
        one = rng.choice(self._known)
        if rng.random() < ALONE:
            return [self._pair(one, rng.choice(saying(one, r)), r) for r in Relation]
        others = self._others(one)
        place = rng.randint(0, len(others))
        parts = [said for _, _, said in others]
        found = []
        for relation in (Relation.SAME, Relation.OPPOSITE):
            said = rng.choice(saying(one, relation))
            text = joined([*parts[:place], said, *parts[place:]], rng)
            found.append(self._pair(one, text, relation))
        other, relation, _ = rng.choice(others)
        return [*found, self._pair(other, rng.choice(found).said, relation)]

    def _others(self, one: Worded) -> list[tuple[Worded, Relation, str]]:
        """Return what an answer says of other points of a question."""
        rng = self._rng
        others = [other for other in self._of_question[one.question] if other is not one]
        chosen = rng.sample(others, min(len(others), rng.choice(OTHERS)))
        relations = rng.choices(list(SAYS), list(SAYS.values()), k=len(chosen))
        return [
            (other, relation, rng.choice(saying(other, relation)))
            for other, relation in zip(chosen, relations, strict=True)
        ]

    def _pair(self, one: Worded, text: str, relation: Relation) -> LabelledPair:
        rng = self._rng
        statement = self._statements[one.question, one.point]
        if rng.random() >= self._statement:
            statement = rng.choice(
                [right for right in saying(one, Relation.SAME) if right not in text] or [statement]
            )
        return LabelledPair(text, statement, relation)
