"""Which way a statement points: negation and opposite words.

Embeddings barely see either (the cosine of a sentence and its negation is about .95), so two
statements that share their words but not their direction are told apart here.
"""

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from grading.rubric import Floats
from grading.text import negations, stem, words

OPPOSITES = (
    ("increase", "decrease"), ("increase", "reduce"), ("rise", "fall"), ("grow", "shrink"),
    ("high", "low"), ("higher", "lower"), ("highest", "lowest"), ("more", "less"),
    ("more", "fewer"),
    ("most", "least"), ("large", "small"), ("larger", "smaller"), ("big", "small"),
    ("bigger", "smaller"), ("long", "short"), ("fast", "slow"), ("faster", "slower"),
    ("cheap", "expensive"), ("cheaper", "costlier"), ("easy", "hard"), ("easier", "harder"),
    ("better", "worse"), ("good", "bad"), ("early", "late"), ("before", "after"),
    ("first", "last"),  ("same", "different"),
    ("freeze", "unfreeze"), ("frozen", "trainable"), ("linear", "nonlinear"),
    ("overfit", "underfit"), ("stable", "unstable"), ("explode", "vanish"), ("simple", "complex"),
    ("online", "offline"), ("global", "local"), ("dense", "sparse"), ("strong", "weak"),
    ("positive", "negative"), ("possible", "impossible"), ("necessary", "unnecessary"),
    ("dependent", "independent"), ("manual", "automatic"), ("add", "remove"), ("start", "stop"),
    ("accept", "reject"), ("old", "new"), ("old", "recent"), ("past", "future"),
    ("inside", "outside"), ("input", "output"), ("change", "fixed"),
    ("change", "constant"), ("shift", "fixed"), ("fixed", "vary"), ("learn", "fixed"),
)  # fmt: skip
"""Pairs that turn a statement round when one takes the other's place. Words that negate by
themselves (never, none, without) are not here: they would cancel themselves out."""


@dataclass(frozen=True)
class Polarity:
    """A statement's direction: whether it is negated, and which opposable words it uses."""

    negated: bool
    stems: frozenset[str]


@functools.lru_cache(maxsize=20_000)
def polarity(text: str) -> Polarity:
    """Read the direction of a statement; two negations make none."""
    opposable = frozenset(stem(word) for word in words(text)) & _opposable().keys()
    return Polarity(negations(text) % 2 == 1, opposable)


def opposition(ours: Sequence[str], theirs: Sequence[str]) -> Floats:
    """Return [u, n]: 1 where two statements point in opposite directions, else 0.

    Two statements oppose by a negation or by an opposite word; both together cancel out.
    """
    left, right = _directions(tuple(ours)), _directions(tuple(theirs))
    swapped = left.uses @ right.turned_by.T > 0
    return np.asarray((left.negated[:, None] != right.negated) != swapped, dtype=np.float64)


class _Directions(NamedTuple):
    """The polarity of some texts [n]: negated, opposable words [n, v], words they turn [n, v]."""

    negated: NDArray[np.bool_]
    uses: Floats
    turned_by: Floats


@functools.lru_cache(maxsize=512)
def _directions(texts: tuple[str, ...]) -> _Directions:
    places = {word: at for at, word in enumerate(_opposable())}
    read = [polarity(text) for text in texts]
    uses, opposites = np.zeros((2, len(texts), len(places)))
    for row, one in enumerate(read):
        for word in one.stems:
            uses[row, places[word]] = 1
            opposites[row, [places[other] for other in _opposable()[word]]] = 1
    return _Directions(
        np.array([one.negated for one in read], dtype=bool), uses, opposites * (1 - uses)
    )


@functools.cache
def _opposable() -> dict[str, frozenset[str]]:
    """Map each opposable stem to the stems of its opposites."""
    table: dict[str, set[str]] = {}
    for one, other in OPPOSITES:
        table.setdefault(stem(one), set()).add(stem(other))
        table.setdefault(stem(other), set()).add(stem(one))
    return {word: frozenset(others) for word, others in table.items()}
