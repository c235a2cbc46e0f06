"""A learner's answer, split into statements and embedded once.

Statements are sentences and, because one long sentence often makes several points, the clauses
within them; each is a literal part of the answer. Token vectors come from larger blocks: a word
is matched best when it was read in its context (r .63 instead of .55 on saf_v2 test-uq).
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


BLOCK_WORDS = 150
"""So many words fit the model's window of 256 word pieces, also when they are long words."""


@dataclass(frozen=True)
class Body:
    """An answer as a whole: token vectors [t, d], their weights [t] and its content stems."""

    tokens: Vectors
    weights: Floats
    stems: frozenset[str]


@dataclass(frozen=True)
class Answer:
    """An embedded answer: its body, and its statements with their vectors [u, d].

    The first `sentences` statements cover the answer, the others are clauses within them.
    `tokens` holds for each statement the token vectors [t, d] of reading it by itself: a clause
    read within its sentence takes on what the other clause says.
    """

    text: str
    body: Body
    statements: tuple[Span, ...]
    sentences: int
    vectors: Vectors
    tokens: tuple[Vectors, ...]


Encode = Callable[[Sequence[str]], list[Encoded]]


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


def blocks_of(text: str) -> list[str]:
    """Return the cleaned answer in pieces that fit the model's window, in order."""
    return [clean(span.text) for span in windows(Span(0, len(text), text), BLOCK_WORDS)]


def texts_to_embed(text: str) -> list[str]:
    """Return every text that reading this answer embeds: blocks, sentences, clauses."""
    whole, parts = statements_of(text)
    return blocks_of(text) + [clean(span.text) for span in (*whole, *parts)]


def read_answer(text: str, encode: Encode, prompt_stems: frozenset[str]) -> Answer:
    """Split and embed an answer that holds at least one word.

    Raises:
        ModelUnavailable: the model cannot be loaded.
    """
    whole, parts = statements_of(text)
    statements = [*whole, *parts]
    encoded = encode(texts_to_embed(text))
    alone = encoded[-len(statements) :]
    return Answer(
        text=text,
        body=_body(text, encoded[: -len(statements)], prompt_stems),
        statements=tuple(statements),
        sentences=len(whole),
        vectors=np.stack([item.sentence for item in alone]),
        tokens=tuple(item.tokens for item in alone),
    )


def read_body(text: str, encode: Encode, prompt_stems: frozenset[str]) -> Body:
    """Embed an answer that holds at least one word, as a whole only.

    Raises:
        ModelUnavailable: the model cannot be loaded.
    """
    return _body(text, encode(blocks_of(text)), prompt_stems)


def _body(text: str, blocks: Sequence[Encoded], prompt_stems: frozenset[str]) -> Body:
    return Body(
        tokens=np.concatenate([item.tokens for item in blocks]),
        weights=np.concatenate([piece_weights(item.pieces, prompt_stems) for item in blocks]),
        stems=frozenset(content_stems(text)),
    )


def _is_long(sentence: Span) -> bool:
    return len(words(sentence.text)) > 2 * WINDOW_WORDS
