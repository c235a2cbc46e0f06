"""Statements repeated nearly word for word, and turned round with as little changed.

In the contrasts and the marked answers, what agrees is said in other words and what contradicts is
often a small change. From those alone, a network takes shared words for a sign of contradiction.
"""

import random
import re
from collections.abc import Sequence

from tools.train.documents import joined
from tools.train.draws import Group, LabelledPair, Relation, lowered

OPENERS = (
    "", "", "", "I think ", "Basically, ", "So ", "Well, ", "In short: ", "As far as I know, ",
    "I'd say that ", "Yes, ", "It's known that ",
)  # fmt: skip
SHORT_FORMS = (
    (" does not ", " doesn't "), (" do not ", " don't "), (" is not ", " isn't "),
    (" are not ", " aren't "), ("cannot", "can't"), (" because ", " since "),
    ("relationship", "relation"), (" whether ", " if "), (" for example", " e.g."),
    (" however", " but"), (" large ", " big "), (" usually ", " mostly "), (" many ", " lots of "),
)  # fmt: skip
WORD_FOR_WORD = 0.6
"""How often a statement is repeated, and else said in its most similar other wording."""

AMONG_OTHERS = 0.5
"""How often it stands among sentences about something else, as in an answer."""

MOST_OTHERS = 3
SOMETIMES = 0.4


class EchoDraws:
    """Draw statements beside what says them, turns them round, or says something near."""

    def __init__(self, groups: Sequence[Group], rng: random.Random) -> None:
        self._groups = groups
        self._rng = rng

    def pairs(self) -> list[LabelledPair]:
        """Return three pairs with the same statement, one of each relation."""
        rng = self._rng
        group = rng.choice(self._groups)
        statement = rng.choice(group.right)
        others = [text for text in group.right if text != statement]
        same = statement if rng.random() < WORD_FOR_WORD else _nearest(statement, others)
        stranger = rng.choice(self._groups)
        neither = _nearest(statement, group.neither) if group.neither else stranger.right[0]
        return [
            LabelledPair(self._said(same, group), statement, Relation.SAME),
            LabelledPair(
                self._said(_nearest(statement, group.wrong), group), statement, Relation.OPPOSITE
            ),
            LabelledPair(self._said(neither, group), statement, Relation.NEITHER),
        ]

    def _said(self, text: str, group: Group) -> str:
        """Return a text as somebody types it, at times among other sentences."""
        rng = self._rng
        if rng.random() >= AMONG_OTHERS:
            return self._typed(text)
        strangers = (one for one in rng.sample(self._groups, MOST_OTHERS + 1) if one is not group)
        parts = [rng.choice(one.right) for one in strangers][: rng.randint(1, MOST_OTHERS)]
        parts.append(self._typed(text))
        rng.shuffle(parts)
        return joined(parts, rng)

    def _typed(self, text: str) -> str:
        """Return a text with edits that change no meaning."""
        rng = self._rng
        opener = rng.choice(OPENERS)
        text = opener + (lowered(text) if opener else text)
        for long, short in SHORT_FORMS:
            if rng.random() < SOMETIMES:
                text = text.replace(long, short)
        if rng.random() < SOMETIMES:
            text = re.sub(r"\b(the|a|an) ", lambda m: m[0] if rng.random() < 0.5 else "", text)  # noqa: PLR2004
        if rng.random() < SOMETIMES:
            text = text.lower()
        return text.rstrip(".") if rng.random() < SOMETIMES else text


def _nearest(statement: str, texts: Sequence[str]) -> str:
    """Return the text that shares the most words with a statement."""
    ours = set(statement.lower().split())

    def shared(text: str) -> float:
        theirs = set(text.lower().split())
        return len(ours & theirs) / len(ours | theirs)

    return max(texts, key=shared)
