"""What can go wrong with questions, answers, grades and reviews."""

from dataclasses import dataclass

from bot.core.errors.base import CoachError


@dataclass(eq=False)
class UnknownTopic(CoachError):
    """No topic or question is near these words; carries the nearest of both."""

    words: str
    topics: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()


class NoOpenQuestion(CoachError):
    """There is no question to answer, to hint at, to reveal or to skip."""


class QuestionGone(CoachError):
    """The question is not in the bank any more."""


@dataclass(eq=False)
class AnswerRejected(CoachError):
    """The answer was not taken; `text` is what the learner wrote."""

    text: str


class EmptyAnswer(AnswerRejected):
    """Nothing readable is in the answer."""


class AnswerTooLong(AnswerRejected):
    """The answer has more characters than are graded."""


@dataclass(eq=False)
class FollowUpTooLong(AnswerTooLong):
    """The answer to a follow-up and the first one are graded as one; `room` is what is left."""

    room: int


class DeliveredBefore(CoachError):
    """The platform delivered this answer before, and it is stored."""


class InterviewPaused(AnswerRejected):
    """The question belongs to an interview that is paused."""


@dataclass(eq=False)
class GradingUnavailable(CoachError):
    """The answer is saved, but cannot be graded now."""

    reason: str


class GradingBusy(GradingUnavailable):
    """The answer is saved, and graded by `grade_pending` as soon as others are through."""


class NoFeedback(CoachError):
    """There is no graded answer of the learner, or none with this number."""


@dataclass(eq=False)
class UnknownReview(CoachError):
    """There is no review of this kind; `words` is what was typed."""

    words: str


@dataclass(eq=False)
class UnclearDays(CoachError):
    """It is not said which days of a streak to list; `words` is what was typed."""

    words: str


@dataclass(eq=False)
class PictureUnavailable(CoachError):
    """A picture could not be drawn; its figures are safe and can be told in words."""

    reason: str


class PainterBusy(PictureUnavailable):
    """Too many pictures are being drawn; the same order may succeed in a moment."""
