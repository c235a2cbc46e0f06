"""What can go wrong in a mock interview."""

from dataclasses import dataclass

from bot.core.command_refs import ref
from bot.core.errors import AnswerRejected, CoachError
from bot.core.practice.errors import AnswerTooLong
from bot.core.reply import Choice
from bot.core.words.phrases import counted

GO_ON = Choice("Go on", "interview resume")
GO_ON_WITH_IT = Choice("Resume the interview", "interview resume")
PAUSE = Choice("Pause it", "interview pause")
STOP = Choice("Stop and report", "interview stop")


def ways_out(*, paused: bool) -> tuple[Choice, ...]:
    """Return what can be done about an interview that is under way."""
    return (GO_ON, STOP) if paused else (GO_ON, PAUSE, STOP)


class InterviewRunning(CoachError):
    """A mock interview is under way, and what was asked for has to wait for it."""

    sentence = (
        f"You have an interview in progress. {ref('interview')} shows its question, "
        f"{ref('interview pause')} lets you do other questions, and {ref('interview stop')} ends "
        "it."
    )
    choices = ways_out(paused=False)


class NoHelpInInterview(CoachError):
    """Hints and the reference answer have to wait for the end of the interview."""

    sentence = (
        "No hints or answers during an interview, just like in a real one. Say what you know, or "
        f"{ref('skip')} the question; your report tells you everything at the end."
    )
    choices = ways_out(paused=False)


class NoInterview(CoachError):
    """There is no interview to pause, to resume, to stop or to report on."""

    sentence = (
        f"You have no interview in progress. Type {ref('interview')} to start one, or "
        f"{ref('interview')} and a topic."
    )


@dataclass(eq=False)
class ReportNotReady(CoachError):
    """The interview is not over, or so many of its answers still wait for a grade."""

    owing: int = 0

    @property
    def sentence(self) -> str:
        if not self.owing:
            return (
                "Your interview is still under way, and the report comes at its end. "
                f"{ref('interview stop')} ends it now."
            )
        return (
            f"Your report waits for {counted(self.owing, 'grade')}, because I am busy or cannot "
            f"grade at the moment. Nothing is lost: ask again with {ref('interview report')} in "
            "a moment."
        )


@dataclass(eq=False)
class FollowUpTooLong(AnswerTooLong):
    """The answer to a follow-up and the first one are graded as one; `room` is what is left."""

    room: int

    @property
    def sentence(self) -> str:
        return (
            f"That has {len(self.text):,} characters, and together with your first answer I grade "
            f"{self.room:,} of them. Nothing was taken and your text is unchanged: shorten it and "
            "send it again."
        )


class InterviewPaused(AnswerRejected):
    """The question belongs to an interview that is paused."""

    sentence = (
        "Your interview is paused, so I have not taken this answer and its text is unchanged. "
        f"{ref('interview resume')} shows the question again; {ref('ask')} brings another."
    )
    choices = ways_out(paused=True)
