"""Question → passages: the texts that answers are compared with, and those that searches find.

The vectors of passages are cached under a hash of the model and of their texts.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from grading.text import sentences
from knowledge.question import Question


class PassageKind(StrEnum):
    """What a passage says about an answer that resembles it."""

    RIGHT = "right"  # a key point in any accepted wording
    WRONG = "wrong"  # a key point negated, reversed, misattributed or half true
    REFERENCE = "reference"  # a sentence of a reference answer
    MISCONCEPTION = "misconception"
    PROMPT = "prompt"
    NAME = "name"  # an alias or an everyday phrasing, for search alone


@dataclass(frozen=True)
class Passage:
    """One text of a question; `point` is the key point's id for right and wrong versions."""

    question_id: str
    kind: PassageKind
    text: str
    point: str | None = None


def passages_of(question: Question) -> tuple[Passage, ...]:
    """Return every passage that an answer to the question is compared with, in a fixed order."""
    passages = _made(question, PassageKind.PROMPT, [question.prompt])
    for point in question.key_points:
        passages += _made(question, PassageKind.RIGHT, point.right, point.id)
        passages += _made(question, PassageKind.WRONG, point.wrong, point.id)
    for reference in question.reference_answers.texts:
        passages += _made(question, PassageKind.REFERENCE, _sentences(reference))
    claims = (misconception.claim for misconception in question.misconceptions)
    passages += _made(question, PassageKind.MISCONCEPTION, claims)
    return tuple(passages)


def searchable_passages_of(question: Question) -> tuple[Passage, ...]:
    """Return the few passages by which a question is found: what it asks, its names, its gist."""
    passages = _made(question, PassageKind.PROMPT, [question.prompt])
    passages += _made(question, PassageKind.NAME, (*question.aliases, *question.phrasings))
    for point in question.key_points:
        passages += _made(question, PassageKind.RIGHT, [point.statement], point.id)
    short = _sentences(question.reference_answers.short)
    passages += _made(question, PassageKind.REFERENCE, short)
    return tuple(passages)


def content_hash(model_id: str, texts: Iterable[str]) -> str:
    """Return a hash that changes with the model and with any text, in hexadecimal."""
    digest = hashlib.sha256(model_id.encode())
    for text in texts:
        digest.update(b"\x00" + text.encode())
    return digest.hexdigest()


def _made(
    question: Question, kind: PassageKind, texts: Iterable[str], point: str | None = None
) -> list[Passage]:
    return [Passage(question.id, kind, text, point) for text in texts]


def _sentences(reference: str) -> list[str]:
    return [span.text for span in sentences(reference)]
