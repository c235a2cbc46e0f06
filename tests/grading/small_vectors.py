"""Answers and rubrics as vectors small enough to compute by hand."""

import numpy as np

from grading.answer import Answer, Body
from grading.rubric import Rubric, RubricPoint, Statements
from grading.text import Span

EAST, NORTH, NORTH_EAST = [1.0, 0.0], [0.0, 1.0], [0.6, 0.8]


def statements(*rows, weights=None, stems=None, texts=None):
    """Lay out reference texts, each given as the list of its token vectors."""
    tokens = [token for row in rows for token in row]
    counts = [len(row) for row in rows]
    return Statements(
        texts=tuple(texts or [f"text {n}" for n in range(len(rows))]),
        sentences=np.array([row[0] for row in rows], dtype=np.float32),
        tokens=np.array(tokens, dtype=np.float32),
        weights=np.array(weights or [1.0] * len(tokens)),
        starts=np.array([0, *np.cumsum(counts)[:-1]]),
        stems=tuple(frozenset(words) for words in (stems or [[]] * len(rows))),
    )


def a_body(*tokens, weights=None, stems=()):
    return Body(
        tokens=np.array(tokens, dtype=np.float32),
        weights=np.array(weights or [1.0] * len(tokens)),
        stems=frozenset(stems),
    )


def an_answer(*tokens, stems=(), texts=("some text",)):
    """Make an answer whose statements point where its first tokens do."""
    vectors = np.array(tokens[: len(texts)], dtype=np.float32)
    return Answer(
        text=" ".join(texts),
        body=a_body(*tokens, stems=stems),
        statements=tuple(Span(0, len(text), text) for text in texts),
        sentences=len(texts),
        vectors=vectors,
        tokens=tuple(vector[np.newaxis] for vector in vectors),
        weights=tuple(np.ones(1) for _ in texts),
    )


def a_rubric(reference, points, prompt_stems=()):
    """Make a rubric; `points` gives right and wrong rows of each key point."""
    every = [np.array(rows, dtype=np.int64) for pair in points for rows in pair]
    return Rubric(
        question_id="evaluation/precision",
        prompt_stems=frozenset(prompt_stems),
        points=tuple(
            RubricPoint(f"p{n}", f"point {n}", 1.0, every[2 * n], every[2 * n + 1])
            for n in range(len(points))
        ),
        statements=reference,
        right=np.concatenate(every[::2]),
        wrong=np.concatenate(every[1::2]),
        misconceptions=(),
    )
