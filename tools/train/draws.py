"""What the entailment network learns from: labelled pairs, drawn anew for each step.

Three sources: the contrasts, the key points of the bank with their right and wrong versions, and
public pairs that people labelled. Whole answers come after them: tools.train.documents.
"""

import gzip
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import NamedTuple

from grading.text import clean
from knowledge.question import Question
from tools.train.contrasts import Contrast

PUBLIC = ("counterfactual_nli", "negated_nli", "lexical_nli")
"""Sets of labelled pairs."""

OF_PUBLIC = (0.38, 0.38, 0.24)
"""How often a public pair is of each relation."""

MOST_WORDS = 45
"""Longer premises are not what people say about a point."""

LABELS = {"entailment": 0, "contradiction": 1, "neutral": 2}
JOINTS = (". ", ". ", ". Also, ", " and ", "; ", ", while ", " because ")
JOINED = 0.25
JOINED_WITH_ANYTHING = 0.05
"""How often what is said goes on with something else, as sentences of answers do."""

KINDS = {"same": 0.38, "opposite": 0.38, "near": 0.16, "stranger": 0.08}
"""How often a pair is of each kind; the last two are both neither the same nor the opposite."""

WRONG_IS_SAID = 0.65
NEAR_IS_SAID = 0.6
"""How often that side is what somebody says: it is the one that a learner would write."""

MOST_ALIKE = 0.7
"""How often the one that looks most like the claim is taken of what says neither."""


class Relation(IntEnum):
    """How a pair is labelled; the order of the network's classes."""

    SAME = 0
    OPPOSITE = 1
    NEITHER = 2


class LabelledPair(NamedTuple):
    """What is said, the statement that it is held against, and how they stand to each other."""

    said: str
    statement: str
    relation: Relation


@dataclass(frozen=True)
class Group:
    """Statements that say the same, that contradict them, that do neither, and harmless asides."""

    right: tuple[str, ...]
    wrong: tuple[str, ...]
    neither: tuple[str, ...]
    asides: tuple[str, ...]


def groups_of_contrasts(contrasts: Sequence[Contrast]) -> list[Group]:
    """Return every contrast as a group."""
    return [Group(one.right, one.wrong, one.neither, one.neither) for one in contrasts]


def groups_of_questions(questions: Sequence[Question]) -> list[Group]:
    """Return the key points of questions as groups; what other points say is neither."""
    return [
        Group(
            right=tuple(map(clean, point.right)),
            wrong=tuple(map(clean, point.wrong)),
            neither=tuple(
                clean(text)
                for other in question.key_points
                if other.id != point.id
                for text in other.right
            ),
            asides=(),
        )
        for question in questions
        for point in question.key_points
    ]


Pool = dict[Relation, list[tuple[str, str]]]


def public_pairs(data: Path) -> dict[str, Pool]:
    """Return the labelled pairs of each public set, by their relation."""
    pools: dict[str, Pool] = {}
    for name in PUBLIC:
        pool: Pool = {relation: [] for relation in Relation}
        with gzip.open(data / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
            for entry in map(json.loads, file):
                if entry["label"] in LABELS and len(entry["premise"].split()) < MOST_WORDS:
                    pair = clean(entry["premise"]), clean(entry["hypothesis"])
                    pool[Relation(LABELS[entry["label"]])].append(pair)
        pools[name] = pool
    return pools


def public_pair(pool: Pool, rng: random.Random) -> LabelledPair:
    """Draw a pair from a public set."""
    relations = [relation for relation in Relation if pool[relation]]
    relation = rng.choices(relations, [OF_PUBLIC[relation] for relation in relations])[0]
    return LabelledPair(*rng.choice(pool[relation]), relation)


class Draws:
    """Draw labelled pairs from groups."""

    def __init__(self, groups: Sequence[Group], rng: random.Random) -> None:
        self._groups = groups
        self._rng = rng

    def pair(self) -> LabelledPair:
        """Return a pair; both ways round, at times with something else said in one breath."""
        rng = self._rng
        group = rng.choice(self._groups)
        kind = rng.choices(list(KINDS), list(KINDS.values()))[0]
        if kind == "near" and group.neither:
            first = bool(group.asides) and rng.random() < MOST_ALIKE
            other = group.neither[0] if first else rng.choice(group.neither)
            return LabelledPair(*self._either_way(other, group, NEAR_IS_SAID), Relation.NEITHER)
        if kind in {"near", "stranger"}:
            stranger = rng.choice([one for one in rng.sample(self._groups, 2) if one is not group])
            said = rng.choice((*group.right, *group.wrong))
            return LabelledPair(said, rng.choice(stranger.right), Relation.NEITHER)
        if kind == "same":
            said, statement = rng.sample(group.right, 2)
            relation = Relation.SAME
        else:
            said, statement = self._either_way(rng.choice(group.wrong), group, WRONG_IS_SAID)
            relation = Relation.OPPOSITE
        if group.asides and rng.random() < JOINED:
            said = self._joined(said, rng.choice(group.asides))
        elif rng.random() < JOINED_WITH_ANYTHING:
            said = self._joined(said, rng.choice(rng.choice(self._groups).right))
        return LabelledPair(said, statement, relation)

    def _either_way(self, other: str, group: Group, said: float) -> tuple[str, str]:
        """Hold a text against a right statement: it is what was said with this probability."""
        right = self._rng.choice(group.right)
        return (other, right) if self._rng.random() < said else (right, other)

    def _joined(self, said: str, more: str) -> str:
        parts = [said, more]
        self._rng.shuffle(parts)
        joint = self._rng.choice(JOINTS)
        first, second = parts[0].rstrip("."), parts[1]
        return first + joint + (second if joint == ". " else lowered(second))


def lowered(text: str) -> str:
    """Return a sentence as it goes on after another one: names and abbreviations stay."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
