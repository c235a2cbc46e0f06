"""A learner's answer, split into statements and embedded once.

Statements are sentences and, because one long sentence often makes several points, the clauses
within them; each is a literal part of the answer. Every sentence is read by itself, and a clause
takes its share of the sentence's token vectors: so no word goes through the model twice. Reading
the clauses by themselves as well, and the whole in larger blocks, costs two and a half times as
much and ranks the held-out sample answers no better (Spearman .84 instead of .83).

Against a reference of several sentences, without key points, larger blocks are worth their cost:
a word is matched best when it was read in its context (r .63 instead of .55 on saf_v2 test-uq).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from grading.rubric import Floats, piece_weights
from grading.text import Span, clauses, clean, content_stems, sentences, windows, word_spans, words
from grading.vectors import Encoded, Vectors

MAX_SENTENCES = 60
"""More sentences than that in 4,000 characters are fragments; they are read in windows."""

MAX_WORDS = 1_000
"""4,000 characters of prose have 700 words. What is behind the thousandth is not read: every word
goes through the model, and one-letter words would cost five times as much as prose."""

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
    `tokens` holds the token vectors [t, d] of each statement, and `weights` those of each sentence.
    """

    text: str
    body: Body
    statements: tuple[Span, ...]
    sentences: int
    vectors: Vectors
    tokens: tuple[Vectors, ...]
    weights: tuple[Floats, ...]

    def rows_without(self, left_out: Sequence[int]) -> list[int]:
        """Return the rows of all statements but these sentences and the clauses within them."""
        gone = [self.statements[row] for row in left_out]
        return [
            row
            for row, span in enumerate(self.statements)
            if not any(one.start <= span.start < one.end for one in gone)
        ]

    def only(self, kept: Sequence[int]) -> "Answer":
        """Return the answer with these statements alone, one sentence at least."""
        sentences = [row for row in kept if row < self.sentences]
        return Answer(
            text=self.text,
            body=_body_of(
                [self.tokens[row] for row in sentences],
                [self.weights[row] for row in sentences],
                "\n".join(self.statements[row].text for row in sentences),
            ),
            statements=tuple(self.statements[row] for row in kept),
            sentences=len(sentences),
            vectors=self.vectors[list(kept)],
            tokens=tuple(self.tokens[row] for row in kept),
            weights=tuple(self.weights[row] for row in sentences),
        )

    def stretches(self, most_words: int) -> list[str]:
        """Return the cleaned sentences, as many together as have so many words at most."""
        found: list[list[str]] = []
        held = 0
        for span in self.statements[: self.sentences]:
            size = len(words(span.text))
            if not found or held + size > most_words:
                found.append([])
                held = 0
            found[-1].append(clean(span.text))
            held += size
        return [" ".join(parts) for parts in found]


Encode = Callable[[Sequence[str]], list[Encoded]]


def sentences_of(text: str) -> list[Span]:
    """Split an answer into sentences that cover it, none of them too long to be a statement.

    At most its first MAX_WORDS words are covered.
    """
    text = text[: _read_up_to(text)]
    found = sentences(text)
    if len(found) > MAX_SENTENCES:
        found = windows(Span(0, len(text), text), WINDOW_WORDS)
    return [
        piece
        for sentence in found
        for piece in (windows(sentence, WINDOW_WORDS) if _is_long(sentence) else [sentence])
    ]


def blocks_of(text: str) -> list[str]:
    """Return the cleaned answer in pieces that fit the model's window, in order."""
    return [clean(span.text) for span in windows(Span(0, len(text), text), BLOCK_WORDS)]


def texts_to_embed(text: str) -> list[str]:
    """Return every text that reading this answer embeds, in whichever way it is read."""
    return blocks_of(text) + [clean(span.text) for span in sentences_of(text)]


def read_answer(text: str, encode: Encode, prompt_stems: frozenset[str]) -> Answer:
    """Split and embed an answer that holds at least one word.

    Raises:
        ModelUnavailable: the model cannot be loaded.
    """
    whole = sentences_of(text)
    encoded = encode([clean(span.text) for span in whole])
    parts = [
        part
        for sentence, vectors in zip(whole, encoded, strict=True)
        for part in _clauses(sentence, vectors)
    ]
    weights = tuple(piece_weights(item.pieces, prompt_stems) for item in encoded)
    return Answer(
        text=text,
        body=_body_of([item.tokens for item in encoded], weights, text),
        statements=(*whole, *(part.span for part in parts)),
        sentences=len(whole),
        vectors=np.stack([*(item.sentence for item in encoded), *(p.vector for p in parts)]),
        tokens=(*(item.tokens for item in encoded), *(part.tokens for part in parts)),
        weights=weights,
    )


def read_body(text: str, encode: Encode, prompt_stems: frozenset[str]) -> Body:
    """Embed an answer that holds at least one word as a whole, each word read in its context.

    Raises:
        ModelUnavailable: the model cannot be loaded.
    """
    blocks = encode(blocks_of(text))
    weights = [piece_weights(item.pieces, prompt_stems) for item in blocks]
    return _body_of([item.tokens for item in blocks], weights, text)


class _Clause(NamedTuple):
    span: Span
    vector: Vectors
    tokens: Vectors


def _clauses(sentence: Span, vectors: Encoded) -> Iterator[_Clause]:
    """Yield the clauses of a sentence with their share of its token vectors, and their mean."""
    read, place = clean(sentence.text), 0
    for part in clauses(sentence):
        words_of_part = clean(part.text)
        place = read.find(words_of_part, place)
        if place < 0 or part == sentence:
            return
        end = place + len(words_of_part)
        starts, ends = vectors.offsets.T
        tokens = vectors.tokens[(starts < end) & (ends > place)]
        if len(tokens):
            mean = tokens.mean(axis=0)
            yield _Clause(part, mean / np.linalg.norm(mean), tokens)


def _body_of(tokens: Sequence[Vectors], weights: Sequence[Floats], text: str) -> Body:
    return Body(np.concatenate(tokens), np.concatenate(weights), frozenset(content_stems(text)))


def _read_up_to(text: str) -> int:
    """Return where the last word ends that is read."""
    found = word_spans(text)
    return found[MAX_WORDS - 1].end if len(found) > MAX_WORDS else len(text)


def _is_long(sentence: Span) -> bool:
    return len(words(sentence.text)) > 2 * WINDOW_WORDS
