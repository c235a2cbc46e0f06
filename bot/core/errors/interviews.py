"""What can go wrong in a mock interview."""

from dataclasses import dataclass

from bot.core.errors.base import AnswerRejected, CoachError
from bot.core.errors.practice import AnswerTooLong


class InterviewRunning(CoachError):
    """A mock interview is under way, and what was asked for has to wait for it."""


class NoHelpInInterview(CoachError):
    """Hints and the reference answer have to wait for the end of the interview."""


class NoInterview(CoachError):
    """There is no interview to pause, to resume, to stop or to report on."""


@dataclass(eq=False)
class ReportNotReady(CoachError):
    """The interview is not over, or so many of its answers still wait for a grade."""

    owing: int = 0


@dataclass(eq=False)
class FollowUpTooLong(AnswerTooLong):
    """The answer to a follow-up and the first one are graded as one; `room` is what is left."""

    room: int


class InterviewPaused(AnswerRejected):
    """The question belongs to an interview that is paused."""
