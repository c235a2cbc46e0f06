"""What an answer is compared with, as vectors laid out for one matrix product.

All statements of a rubric share one token matrix; `starts` says where each one's tokens begin.
"""

import functools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from grading.encoder import Encoded, Vectors
from grading.passages import Passage, PassageKind
from grading.text import FUNCTION_WORDS, NEGATIONS, content_stems, stem
from knowledge.question import PointRole, Question

FUNCTION_WEIGHT = 0.1
"""Weight of a function word's pieces in token recall, against 1 for a content word's."""

PROMPT_WEIGHT = 0.15
"""Weight of the question's own words: repeating them proves nothing. With these two weights
instead of 1, token recall rose from r .43 to .51 on scientsbank test-ud and from .55 to .61 on
saf_v2 test-uq; anything from 0 to 0.3 does about as well."""

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Statements:
    """Some texts [n] with sentence vectors [n, d], all token vectors [t, d] and token weights [t].

    `starts` [n] holds each text's first token row; every text has one token at least.
    """

    texts: tuple[str, ...]
    sentences: Vectors
    tokens: Vectors
    weights: Floats
    starts: Rows
    stems: tuple[frozenset[str], ...]

    def __len__(self) -> int:
        return len(self.texts)


@dataclass(frozen=True)
class RubricPoint:
    """One key point: the rows of its right and wrong versions among the rubric's statements."""

    id: str
    text: str
    weight: float
    right: Rows
    wrong: Rows
    role: PointRole = PointRole.ESSENTIAL


@dataclass(frozen=True)
class Rubric:
    """Everything a question's answers are compared with.

    `right` and `wrong` are the rows of all statements that a good or a mistaken answer makes;
    `misconceptions` pairs a row with the correction; `enough` is how many essential points make an
    answer complete, None for all of them.
    """

    question_id: str
    prompt_stems: frozenset[str]
    points: tuple[RubricPoint, ...]
    statements: Statements
    right: Rows
    wrong: Rows
    misconceptions: tuple[tuple[int, str], ...]
    enough: int | None = None

    @functools.cached_property
    def vocabulary(self) -> frozenset[str]:
        """Return the stems of the question and of everything that is right about it."""
        return self.prompt_stems.union(*(self.statements.stems[row] for row in self.right))


def rubric_of(
    question: Question,
    passages: Sequence[Passage],
    vectors: Sequence[Encoded],
) -> Rubric:
    """Lay out a bank question's passages (as `passages_of` orders them) for grading."""
    prompt_stems = frozenset(content_stems(question.prompt))

    def rows(*kinds: PassageKind, point: str | None = None) -> Rows:
        return np.array(
            [
                row
                for row, passage in enumerate(passages)
                if passage.kind in kinds and (point is None or passage.point == point)
            ],
            dtype=np.int64,
        )

    misconceptions = rows(PassageKind.MISCONCEPTION)
    corrections = [m.correction for m in question.misconceptions]
    return Rubric(
        question_id=question.id,
        prompt_stems=prompt_stems,
        points=tuple(
            RubricPoint(
                point.id,
                point.statement,
                point.weight,
                rows(PassageKind.RIGHT, point=point.id),
                rows(PassageKind.WRONG, point=point.id),
                point.role,
            )
            for point in question.key_points
        ),
        statements=lay_out([passage.text for passage in passages], vectors, prompt_stems),
        right=rows(PassageKind.RIGHT, PassageKind.REFERENCE),
        wrong=rows(PassageKind.WRONG, PassageKind.MISCONCEPTION),
        misconceptions=tuple(zip(misconceptions.tolist(), corrections, strict=True)),
        enough=question.enough,
    )


def lay_out(
    texts: Sequence[str], vectors: Sequence[Encoded], prompt_stems: frozenset[str]
) -> Statements:
    """Stack texts' vectors and weigh their tokens against the question's own words."""
    counts = [len(item.pieces) for item in vectors]
    return Statements(
        texts=tuple(texts),
        sentences=np.stack([item.sentence for item in vectors]),
        tokens=np.concatenate([item.tokens for item in vectors]),
        weights=np.concatenate([piece_weights(item.pieces, prompt_stems) for item in vectors]),
        starts=np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(np.int64),
        stems=tuple(frozenset(content_stems(text)) - prompt_stems for text in texts),
    )


def piece_weights(pieces: Sequence[str], prompt_stems: frozenset[str]) -> Floats:
    """Return a weight in 0..1 for each word piece [t]: content 1, function and prompt words less.

    Punctuation weighs nothing. Where nothing weighs anything, all pieces weigh the same.
    """
    weights = np.zeros(len(pieces))
    start = 0
    while start < len(pieces):
        end = start + 1
        while end < len(pieces) and pieces[end].startswith("##"):
            end += 1
        word = "".join(piece.removeprefix("##") for piece in pieces[start:end])
        weights[start:end] = _word_weight(word, prompt_stems)
        start = end
    return weights if weights.any() else np.ones(len(pieces))


def _word_weight(word: str, prompt_stems: frozenset[str]) -> float:
    if not any(char.isalnum() for char in word):
        return 0.0
    if word in FUNCTION_WORDS and word not in NEGATIONS:
        return FUNCTION_WEIGHT
    return PROMPT_WEIGHT if stem(word) in prompt_stems else 1.0
