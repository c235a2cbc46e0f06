"""Reference answers of other questions, recognised when they are handed in as an answer.

The signals judge statement by statement, and a good text about a neighbouring matter earns points
by its manner: of the shipped references, 8 % earned 0.35 or more under another question.
"""

from collections.abc import Iterable
from typing import NamedTuple

from rapidfuzz import fuzz

from grading.gates import COPIED_RATIO
from grading.text import clean, content_stems
from knowledge.question import Question

SHARED_STEMS = 0.7
"""An answer that contains a reference has nearly all of its stems; one in its own words rarely has
half of them. Comparing letters takes long and is done only above this share."""


class _Reference(NamedTuple):
    question_id: str
    text: str
    stems: frozenset[str]


class Borrowed:
    """The reference answers of some questions, ready to be looked for in an answer."""

    def __init__(self, questions: Iterable[Question]) -> None:
        self._all = [
            _Reference(question.id, clean(text).casefold(), frozenset(content_stems(text)))
            for question in questions
            for text in question.reference_answers.texts
        ]

    def owner(self, answer: str, but: str) -> str | None:
        """Return the question, `but` for one, whose reference the answer contains in full.

        Nearly letter by letter, whatever stands before and after it; None when there is none.
        """
        plain, stems = clean(answer).casefold(), frozenset(content_stems(answer))
        for reference in self._all:
            shared = len(reference.stems & stems)
            if reference.question_id == but or shared < SHARED_STEMS * len(reference.stems):
                continue
            if _contains(plain, reference.text):
                return reference.question_id
        return None


def _contains(text: str, part: str) -> bool:
    # A partial ratio takes the shorter text for the part, also where that is the answer.
    alike = fuzz.partial_ratio if len(text) > len(part) else fuzz.ratio
    return alike(part, text, score_cutoff=COPIED_RATIO) > 0
