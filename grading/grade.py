"""The values that grading returns: frozen, comparable, and the same in JSON as in Python."""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from knowledge.question import PointRole

Share = Annotated[float, Field(ge=0, le=1)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Band(StrEnum):
    """The verdict in one word, from no credit to everything that matters."""

    NONE = "none"
    WEAK = "weak"
    PARTIAL = "partial"
    GOOD = "good"
    STRONG = "strong"


class PointStatus(StrEnum):
    """What an answer did with one key point."""

    COVERED = "covered"
    PARTIAL = "partial"
    MISSED = "missed"
    CONTRADICTED = "contradicted"


class Flag(StrEnum):
    """Why an answer earned little or nothing whatever its words, or needs a human look."""

    TOO_SHORT = "too_short"
    DONT_KNOW = "dont_know"
    ECHO = "echo"
    KEYWORD_LIST = "keyword_list"
    OFF_TOPIC = "off_topic"
    COPIED_REFERENCE = "copied_reference"
    INSTRUCTION_TO_GRADER = "instruction_to_grader"
    NOT_ENGLISH = "not_english"
    TOO_LONG = "too_long"


class OpinionOutcome(StrEnum):
    """What came of asking for a second opinion; all but the first leave the grader's own view."""

    ANSWERED = "answered"
    FAILED = "failed"
    TIMED_OUT = "timed_out"
    CAP_REACHED = "cap_reached"


class PointResult(_Frozen):
    """One key point with its state and the learner's sentence that earned or lost it.

    `credit` is the share of `weight` earned; `opposed` is the probability that the answer
    contradicts the point; `evidence` is None when nothing in the answer speaks of the point.
    `unsure` is True where that probability is too high for praise and too low for a verdict: there
    it is better to ask back than to say "the opposite".
    """

    id: str
    text: str
    role: PointRole = PointRole.ESSENTIAL
    weight: Annotated[float, Field(gt=0)]
    status: PointStatus
    credit: Share
    opposed: Share = 0.0
    unsure: bool = False
    evidence: str | None = None


class MisconceptionHit(_Frozen):
    """A typical wrong claim found in the answer, with the sentence and what is true instead."""

    text: str
    correction: str
    evidence: str


class GraderId(_Frozen):
    """Which grader and which model produced a grade, so that old grades stay explainable.

    `second_opinion` names the model that was at hand besides, None without one; whether it was
    asked is in the grade.
    """

    version: str
    model: str
    second_opinion: str | None = None


class Grade(_Frozen):
    """The verdict on one answer: score and band, point by point, with evidence.

    `second_opinion` says what came of asking for one, None where nobody was asked.
    """

    question_id: str
    score: Share
    band: Band
    points: tuple[PointResult, ...]
    misconceptions: tuple[MisconceptionHit, ...] = ()
    flags: tuple[Flag, ...] = ()
    closest_question: str | None = None
    grader: GraderId
    second_opinion: OpinionOutcome | None = None
