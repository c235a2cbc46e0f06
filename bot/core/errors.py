"""What a person can be told went wrong. Each error carries data; `wording` makes the sentence.

CoachError
├── UnknownTopic          no topic or question is near the words; carries suggestions
├── NoOpenQuestion        an answer, hint or skip without a question
├── AnswerRejected        the answer was not taken; carries the text, so that nothing is lost
│   ├── EmptyAnswer
│   ├── AnswerTooLong
│   │   └── FollowUpTooLong   too long together with the answer that it follows up
│   └── InterviewPaused   the question belongs to an interview that is paused
├── GradingUnavailable    the answer is saved, its grade follows
│   └── GradingBusy       too many others are being graded
├── PictureUnavailable    a picture could not be drawn; its figures can be told in words
│   └── PainterBusy       too many others wait for theirs
├── SettingRejected        a setting keeps its former value
│   ├── UnknownZone       no time zone has this name; carries near ones
│   ├── OutOfRange        a number is too small or too large; carries both ends
│   ├── UnknownSetting    no setting has this name
│   ├── UnclearValue      the value of a setting cannot be read
│   ├── UnknownPlanChoice nothing about a daily question has this name
│   └── UnclearPlanChoice what was chosen for it cannot be read
├── InterviewRunning      a question or an interview has to wait for the one under way
├── NoHelpInInterview     a hint or a reveal during an interview
├── NoInterview           nothing to pause, resume, stop or report on
├── ReportNotReady        the interview is not over, or grades are owing; carries how many
├── UnknownReview         something else than "ahead" follows /review
├── UnclearDays           what follows /streak does not say which days to list
├── NoFeedback            no answer with a grade, or none with this number
├── NotConfirmed          nothing was deleted: the code is missing, wrong or has expired
├── FileNotWritten        what was asked for could not be written to this file
├── FileNotRead           what was sent could not be read from this file
├── UnknownOwnQuestion    the community has no own question of this name
├── UnknownSuggestion     no suggestion with this number waits
├── SuggestedBefore       the community has this question already, or declined it
├── TooManyOwnQuestions   a community has at most so many
├── TooManySuggestions    too many wait, of this member or of all
├── UnclearQuestionsOrder  nothing that can be done with questions is named so
├── GroupTooSmall         too few answered for figures that are nobody's in particular
├── OnlyInCommunity       it concerns a community, and was asked in private
├── HostsOnly             it is for those who may manage the community
├── NoDailyPlan           no daily question is set up in this channel
├── NoSuchPost            a daily question is gone, or what it asked
├── Undeliverable         a platform did not take a message; carries why, and whether for good
├── NothingToRun          no platform is configured
├── PlatformRefused       a platform does not let the coach in; carries which, why, and what to do
├── LinkFailed            two accounts were not linked
│   ├── UnknownCode       no such code, or it has expired or was used
│   ├── LinkToSelf        both accounts belong to one learner already
│   └── TooManyTries      too many wrong codes; carries when to try again
└── StorageError          the database cannot be used; carries its path and a reason
    ├── DatabaseLocked    another program holds it
    ├── DatabaseReadOnly
    ├── DatabaseFull      the disk or a quota is exhausted
    ├── DatabaseCorrupt
    └── SchemaMismatch    the database was written by a newer version
"""

from dataclasses import dataclass
from datetime import datetime


class CoachError(Exception):
    """Base of everything that is answered with a sentence instead of a stack trace."""


@dataclass(eq=False)
class UnknownTopic(CoachError):
    """No topic or question is near these words; carries the nearest of both."""

    words: str
    topics: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()


class NoOpenQuestion(CoachError):
    """There is no question to answer, to hint at, to reveal or to skip."""


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


class InterviewPaused(AnswerRejected):
    """The question belongs to an interview that is paused."""


@dataclass(eq=False)
class GradingUnavailable(CoachError):
    """The answer is saved, but cannot be graded now."""

    reason: str


class GradingBusy(GradingUnavailable):
    """The answer is saved, and graded by `grade_pending` as soon as others are through."""


class SettingRejected(CoachError):
    """A setting keeps its former value."""


@dataclass(eq=False)
class UnknownZone(SettingRejected):
    """No time zone has this name, or several cities do; `nearest` are names of zones."""

    words: str
    nearest: tuple[str, ...] = ()


@dataclass(eq=False)
class OutOfRange(SettingRejected):
    """A number is not between `least` and `most`; `setting` is the name of its field."""

    setting: str
    value: int
    least: int
    most: int


@dataclass(eq=False)
class UnknownSetting(SettingRejected):
    """No setting is named so; `words` is what was typed."""

    words: str


@dataclass(eq=False)
class UnclearValue(SettingRejected):
    """The value in `words` cannot be read; `setting` is the name of the field."""

    setting: str
    words: str


@dataclass(eq=False)
class UnknownPlanChoice(SettingRejected):
    """Nothing about a daily question is named so; `words` is what was typed."""

    words: str


@dataclass(eq=False)
class UnclearPlanChoice(SettingRejected):
    """The value in `words` cannot be read; `choice` is what it is about."""

    choice: str
    words: str


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


class OnlyInCommunity(CoachError):
    """It concerns a community, and was asked in private."""


class HostsOnly(CoachError):
    """It is for those who may manage the community."""


class NoDailyPlan(CoachError):
    """No daily question is set up in this channel."""


class NoSuchPost(CoachError):
    """A daily question is gone, or the question that it asked."""


@dataclass(eq=False)
class Undeliverable(CoachError):
    """A platform did not take a message; nothing changes that while it is `permanent`."""

    reason: str
    permanent: bool = False


@dataclass(eq=False)
class UnknownReview(CoachError):
    """There is no review of this kind; `words` is what was typed."""

    words: str


@dataclass(eq=False)
class FileNotRead(CoachError):
    """What was sent could not be read from this file."""

    path: str
    reason: str


@dataclass(eq=False)
class UnknownOwnQuestion(CoachError):
    """The community has no own question of this name that could be meant."""

    name: str


@dataclass(eq=False)
class UnknownSuggestion(CoachError):
    """No suggestion with this number waits in the community; `words` is what was typed."""

    words: str


@dataclass(eq=False)
class UnclearDays(CoachError):
    """It is not said which days of a streak to list; `words` is what was typed."""

    words: str


@dataclass(eq=False)
class SuggestedBefore(CoachError):
    """The community has this very question already, or declined it."""

    name: str


@dataclass(eq=False)
class TooManyOwnQuestions(CoachError):
    """A community has at most so many own questions; nothing was added."""

    most: int


@dataclass(eq=False)
class TooManySuggestions(CoachError):
    """So many suggestions wait already, of this member or of all; nothing was added."""

    most: int
    mine: bool


@dataclass(eq=False)
class UnclearQuestionsOrder(CoachError):
    """Nothing that can be done with questions is named so; `words` is what was typed."""

    words: str


@dataclass(eq=False)
class GroupTooSmall(CoachError):
    """Fewer than `least` people answered, so that figures would be somebody's in particular."""

    least: int


class NoFeedback(CoachError):
    """There is no graded answer of the learner, or none with this number."""


class NotConfirmed(CoachError):
    """Nothing was deleted: this is not the code of the last ten minutes."""


@dataclass(eq=False)
class FileNotWritten(CoachError):
    """What was asked for could not be written to this file; any other name may do."""

    path: str
    reason: str


class NothingToRun(CoachError):
    """No platform is configured, so there is nobody to serve."""


@dataclass(eq=False)
class PlatformRefused(CoachError):
    """A platform does not let the coach in; `remedy` is a sentence about what to do."""

    platform: str
    reason: str
    remedy: str


class LinkFailed(CoachError):
    """Two accounts were not linked; both are as before."""


class UnknownCode(LinkFailed):
    """Nobody has this code: mistyped, used or expired."""


class LinkToSelf(LinkFailed):
    """The code was made by this very learner."""


@dataclass(eq=False)
class TooManyTries(LinkFailed):
    """Too many wrong codes; the next may be tried at `again_at`."""

    again_at: datetime


@dataclass(eq=False)
class PictureUnavailable(CoachError):
    """A picture could not be drawn; its figures are safe and can be told in words."""

    reason: str


class PainterBusy(PictureUnavailable):
    """Too many pictures are being drawn; the same order may succeed in a moment."""


@dataclass(eq=False)
class StorageError(CoachError):
    """The database cannot be used; nothing was changed."""

    path: str
    reason: str = ""


class DatabaseLocked(StorageError):
    """Another program held the database for longer than the busy timeout."""


class DatabaseReadOnly(StorageError):
    """The database file or its folder may not be written."""


class DatabaseFull(StorageError):
    """The disk or a quota is exhausted."""


class DatabaseCorrupt(StorageError):
    """The file is no SQLite database, or a damaged one."""


class SchemaMismatch(StorageError):
    """The database was written by a newer version of the coach."""
