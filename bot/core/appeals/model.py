"""The rules of appeals: "I did cover this point", said of a sentence of one's own answer. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.core.appeals.errors import NotYourSentence, SentenceUnfit, UnknownPoint, UnknownSentence
from grading.grade import Grade, PointResult, PointStatus
from grading.text import sentences
from grading.text import words as words_of

MOST_OPEN: Final = 10
"""Appeals of one learner that wait for a host at once: what a host reads in a few minutes."""

MOST_REASON: Final = 240
"""Characters of a host's reason: a sentence or two, which fit into a notice whole."""

SHORTEST: Final = 12
LONGEST: Final = 400
"""A sentence becomes a wording of a key point, and these are the limits of wordings."""

MOST_SENTENCES: Final = 40
"""Sentences of an answer to choose from; further ones can be quoted."""


class AppealState(StrEnum):
    """Where an appeal stands; only an open one can be decided."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Appeal:
    """A learner's claim that a sentence of their answer makes a point that was not credited.

    `decided_by` is a learner, None before the decision and when they have gone. The sentence is
    empty when the answer's text is no longer kept.
    """

    id: int
    learner_id: int
    attempt_id: int
    community_id: int
    question_id: str
    point_id: str
    sentence: str
    made_at: datetime
    state: AppealState = AppealState.OPEN
    decided_at: datetime | None = None
    decided_by: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class AcceptedWording:
    """A sentence that a community accepts as a wording of a key point."""

    id: int
    community_id: int
    question_id: str
    point_id: str
    text: str
    accepted_at: datetime


_ORDER = (PointStatus.PARTIAL, PointStatus.MISSED, PointStatus.CONTRADICTED)


def lost_points(grade: Grade) -> tuple[PointResult, ...]:
    """Return the points without full credit, in the order in which feedback shows them."""
    lost = (result for result in grade.points if result.status in _ORDER)
    return tuple(sorted(lost, key=lambda result: _ORDER.index(result.status)))


def lost_point(grade: Grade, point_id: str) -> PointResult:
    """Return a point without full credit by its id.

    Raises:
        UnknownPoint: the grade has no such point, or it was covered.
    """
    for result in lost_points(grade):
        if result.id == point_id:
            return result
    raise UnknownPoint(len(lost_points(grade)))


def numbered_point(grade: Grade, number: int) -> PointResult:
    """Return a point without full credit by its number among `lost_points`, from 1.

    Raises:
        UnknownPoint: no point has this number.
    """
    lost = lost_points(grade)
    if not 1 <= number <= len(lost):
        raise UnknownPoint(len(lost))
    return lost[number - 1]


def fitting_sentences(answer: str) -> tuple[str, ...]:
    """Return the answer's sentences that could be a wording, each on one line."""
    flat = (_flat(span.text) for span in sentences(answer))
    fitting = (text for text in flat if SHORTEST <= len(text) <= LONGEST)
    return tuple(dict.fromkeys(fitting))[:MOST_SENTENCES]


def chosen_sentence(answer: str, words: str) -> str:
    """Return the sentence that a number or a quotation names.

    Raises:
        UnknownSentence: no sentence has this number.
        NotYourSentence: the words do not stand like this in the answer.
        SentenceUnfit: they are too few or too many for a wording.
    """
    words = _flat(words)
    if words.isdecimal() and words.isascii():
        offered: Sequence[str] = fitting_sentences(answer)
        number = int(words[:9])
        if not 1 <= number <= len(offered):
            raise UnknownSentence(len(offered))
        return offered[number - 1]
    return quoted_sentence(answer, words)


def quoted_sentence(answer: str, words: str) -> str:
    """Return the words as they stand in the answer, on one line; white space may differ.

    Raises:
        NotYourSentence: they do not stand there like this.
        SentenceUnfit: they are too few or too many for a wording.
    """
    words, answer = _flat(words), _flat(answer)
    found = next((text for text in (words, words.strip("\"'“”„«»")) if text in answer), "")
    if not words_of(found):
        raise NotYourSentence
    if not SHORTEST <= len(found) <= LONGEST:
        raise SentenceUnfit(SHORTEST, LONGEST)
    return found.strip()


def _flat(text: str) -> str:
    return " ".join(text.split())


@dataclass(frozen=True)
class Case:
    """An appeal as a host decides it: the question, the point, what the grader said, whether known.

    `result` is None when the grade no longer speaks of the point; `known` is False when the
    question is not in the bank any more, so that the appeal can only be declined.
    """

    appeal: Appeal
    prompt: str
    result: PointResult | None
    known: bool = True


@dataclass(frozen=True)
class Decided:
    """An appeal that was accepted or declined, with the answer and what the grader says of it now.

    `status` is None when the grade no longer speaks of the point; `names` are those by which the
    learner is known.
    """

    question_id: str
    point_id: str
    answer: str
    accepted: bool
    status: PointStatus | None
    names: frozenset[str] = frozenset()
