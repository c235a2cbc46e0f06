"""A learner's answer, split into statements and embedded once.

Sentences carry the token vectors; clauses are added as further statements, because one long
sentence often makes several points. Every statement is a literal part of the answer.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from grading.encoder import Encoded, Vectors
from grading.rubric import Floats, piece_weights
from grading.text import Span, clauses, clean, content_stems, sentences, windows, words

MAX_SENTENCES = 60
"""More sentences than that in 4,000 characters are fragments; they are read in windows."""

WINDOW_WORDS = 40
"""A statement of more words would blur into an average of everything it says."""


@dataclass(frozen=True)
class Answer:
    """An embedded answer: statements [u], their vectors [u, d], tokens [t, d] and weights [t]."""

    text: str
    statements: tuple[Span, ...]
    vectors: Vectors
    tokens: Vectors
    weights: Floats
    stems: frozenset[str]
    words: tuple[str, ...]


def statements_of(text: str) -> tuple[list[Span], list[Span]]:
    """Split an answer into sentences that cover it and the clauses within them."""
    found = sentences(text)
    if len(found) > MAX_SENTENCES:
        found = windows(Span(0, len(text), text), WINDOW_WORDS)
    whole = [
        piece
        for sentence in found
        for piece in (windows(sentence, WINDOW_WORDS) if _is_long(sentence) else [sentence])
    ]
    parts = [part for sentence in whole for part in clauses(sentence) if part != sentence]
    return whole, parts


def read_answer(
    text: str,
    encode: Callable[[Sequence[str]], list[Encoded]],
    prompt_stems: frozenset[str],
) -> Answer:
    """Split and embed an answer that holds at least one word.

    Raises:
        ModelUnavailable: the model cannot be loaded.
    """
    whole, parts = statements_of(text)
    encoded = encode([clean(span.text) for span in (*whole, *parts)])
    bodies = encoded[: len(whole)]
    return Answer(
        text=text,
        statements=(*whole, *parts),
        vectors=np.stack([item.sentence for item in encoded]),
        tokens=np.concatenate([item.tokens for item in bodies]),
        weights=np.concatenate([piece_weights(item.pieces, prompt_stems) for item in bodies]),
        stems=frozenset(content_stems(text)),
        words=tuple(words(text)),
    )


def _is_long(sentence: Span) -> bool:
    return len(words(sentence.text)) > 2 * WINDOW_WORDS
