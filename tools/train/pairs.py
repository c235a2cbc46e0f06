"""What the entailment network learns from: pairs of statements that people have labelled.

Four sources: the contrasts, the bank's key points with their right and wrong versions, students'
answers that people marked correct, contradictory or irrelevant, and sentence pairs with
negations.
"""

import gzip
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import product
from pathlib import Path

from benchmarks.agreement.rows import read_rows
from grading.encoder import Encoded, Encoder, Vectors
from grading.text import FUNCTION_WORDS, NEGATIONS, clean, words
from knowledge.question import Question
from tools.train.contrasts import load_contrasts

LABELLED_SETS = ("beetle", "scientsbank")
NEGATED_SET = "negated_nli"
MOST_OF_A_LABEL = 1500
LONGEST_PREMISE = 40


class Relation(IntEnum):
    """How a pair is labelled; the order of the network's classes."""

    SAME = 0
    OPPOSITE = 1
    OTHER = 2


@dataclass(frozen=True)
class Group:
    """Statements that say the same, statements that contradict them, and one that does neither."""

    right: tuple[str, ...]
    wrong: tuple[str, ...]
    aside: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pair:
    """Token vectors [t, d] of two statements, and their relation."""

    ours: Vectors
    theirs: Vectors
    relation: Relation


FIRST = "first"
"""The author of the contrasts that what ships has learnt from; the others are to be learnt from."""


def groups_of_contrasts(author: str = FIRST) -> list[Group]:
    """Return an author's contrasts as groups."""
    return [
        Group(one.right, one.wrong, (clean(one.aside),))
        for one in load_contrasts()
        if one.author == author
    ]


def groups_of_questions(questions: Sequence[Question]) -> list[Group]:
    """Return the key points of questions as groups."""
    return [
        Group(tuple(map(clean, point.right)), tuple(map(clean, (*point.wrong, *point.opposites))))
        for question in questions
        for point in question.key_points
    ]


def pairs_of_groups(groups: Sequence[Group], encoder: Encoder) -> list[Pair]:
    """Return every pair within a group whose relation is known, with its vectors."""
    texts = list(dict.fromkeys(t for g in groups for t in (*g.right, *g.wrong, *g.aside)))
    known = dict(zip(texts, encoder.encode(texts), strict=True))
    return [
        Pair(known[ours].tokens, known[theirs].tokens, relation)
        for group in groups
        for ours, theirs, relation in _related(group)
    ] + [Pair(known[text].tokens, _thinned(known[text]), Relation.SAME) for text in texts]


def _thinned(text: Encoded) -> Vectors:
    """Return the token vectors of the words that carry the meaning, negations among them.

    Without such pairs, nearly the same words would always mean the opposite: a statement's twins
    share them, its paraphrases don't.
    """
    filler = FUNCTION_WORDS - NEGATIONS
    kept = [row for row, piece in enumerate(text.pieces) if piece not in filler]
    return text.tokens[kept] if kept else text.tokens


def pairs_of_students(data: Path, encoder: Encoder, rng: random.Random) -> list[Pair]:
    """Return students' answers against the reference answer, as people labelled them."""
    relations = {
        "correct": Relation.SAME,
        "contradictory": Relation.OPPOSITE,
        "irrelevant": Relation.OTHER,
        "non_domain": Relation.OTHER,
    }
    rows = [
        row
        for name in LABELLED_SETS
        for row in read_rows(data / f"{name}.jsonl.gz")
        if row.split == "train" and row.label in relations and words(row.student_answer)
    ]
    rng.shuffle(rows)
    kept = [row for row in rows if row.label == "correct"][:MOST_OF_A_LABEL]
    kept += [row for row in rows if row.label != "correct"][:MOST_OF_A_LABEL]
    return _labelled(
        [
            (row.student_answer, row.reference_answers[0], relations[row.label or ""])
            for row in kept
        ],
        encoder,
    )


def pairs_with_negations(data: Path, encoder: Encoder) -> list[Pair]:
    """Return the sentence pairs into which people put negations, as they labelled them."""
    relations = {
        "entailment": Relation.SAME,
        "contradiction": Relation.OPPOSITE,
        "neutral": Relation.OTHER,
    }
    with gzip.open(data / f"{NEGATED_SET}.jsonl.gz", "rt", encoding="utf-8") as file:
        entries = [json.loads(line) for line in file]
    return _labelled(
        [
            (entry["premise"], entry["hypothesis"], relations[entry["label"]])
            for entry in entries
            if entry["label"] in relations and len(words(entry["premise"])) < LONGEST_PREMISE
        ],
        encoder,
    )


def _related(group: Group) -> Iterator[tuple[str, str, Relation]]:
    """Yield both directions; what two wrong statements are to each other is not known."""
    for one, two in product(group.right, group.right):
        if one != two:
            yield one, two, Relation.SAME
    for one, two in product(group.right, group.wrong):
        yield one, two, Relation.OPPOSITE
        yield two, one, Relation.OPPOSITE
    for one, two in product((*group.right, *group.wrong), group.aside):
        yield one, two, Relation.OTHER


def _labelled(texts: Sequence[tuple[str, str, Relation]], encoder: Encoder) -> list[Pair]:
    ours = encoder.encode([clean(one) for one, _, _ in texts])
    theirs = encoder.encode([clean(two) for _, two, _ in texts])
    return [
        Pair(one.tokens, two.tokens, relation)
        for one, two, (_, _, relation) in zip(ours, theirs, texts, strict=True)
    ]
