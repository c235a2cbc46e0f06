"""Question → passages: every text of a rubric that answers are compared with, kind by kind.

The order is fixed, so a passage is identified by its question and its place, and the vectors
of a question are cached under a hash of the model and all of its texts.
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
    OPPOSITE = "opposite"  # an accepted wording turned round with as few changes as possible
    REFERENCE = "reference"  # a sentence of a reference answer
    MISCONCEPTION = "misconception"
    PROMPT = "prompt"
    NAME = "name"  # an alias, for search alone


@dataclass(frozen=True)
class Passage:
    """One text of a rubric; `point` is the key point's id for right and wrong versions."""

    question_id: str
    kind: PassageKind
    text: str
    point: str | None = None


def passages_of(question: Question) -> tuple[Passage, ...]:
    """Return every passage of a question in a fixed order."""

    def made(kind: PassageKind, texts: Iterable[str], point: str | None = None) -> list[Passage]:
        return [Passage(question.id, kind, text, point) for text in texts]

    passages = made(PassageKind.PROMPT, [question.prompt])
    for point in question.key_points:
        passages += made(PassageKind.RIGHT, point.right, point.id)
        passages += made(PassageKind.WRONG, point.wrong, point.id)
        passages += made(PassageKind.OPPOSITE, point.opposites, point.id)
    for reference in question.reference_answers.texts:
        passages += made(PassageKind.REFERENCE, (span.text for span in sentences(reference)))
    passages += made(PassageKind.MISCONCEPTION, (m.claim for m in question.misconceptions))
    passages += made(PassageKind.NAME, question.aliases)
    return tuple(passages)


def content_hash(model_id: str, texts: Iterable[str]) -> str:
    """Return a hash that changes with the model and with any text, in hexadecimal."""
    digest = hashlib.sha256(model_id.encode())
    for text in texts:
        digest.update(b"\x00" + text.encode())
    return digest.hexdigest()
