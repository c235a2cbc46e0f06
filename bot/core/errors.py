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
│   ├── UnclearPlanChoice what was chosen for it cannot be read
│   ├── NoPrivateDiscussions      the platform has no discussion for some people only
│   └── NothingFits       no question is of these topics and levels
├── UnclearRule           the words name no rule of a community, or no value of it
├── InterviewRunning      a question or an interview has to wait for the one under way
├── NoHelpInInterview     a hint or a reveal during an interview
├── NoInterview           nothing to pause, resume, stop or report on
├── ReportNotReady        the interview is not over, or grades are owing; carries how many
├── FlagRejected          a question was not flagged
│   ├── UnclearFlag       neither what is the matter nor a remark
│   ├── FlagTooLong       the remark is too long; carries its length and the limit
│   ├── NothingToFlag     the learner was not asked anything yet
│   └── TooManyFlags      more than anybody means in a day
├── UnknownFlag           no open flag here has this number
├── AppealRejected        an appeal was not made
│   ├── NothingToAppeal   no graded answer, no text of it, or no point without full credit
│   ├── PrivateAnswer     nobody could decide about an answer that was given in private
│   ├── UnclearAppeal     it cannot be read
│   ├── UnknownPoint      no point without full credit has this number
│   ├── UnknownSentence   no sentence has this number
│   ├── NotYourSentence   the words do not stand in the answer
│   ├── SentenceUnfit     too few or too many characters for a wording
│   ├── AppealedBefore    this point of this answer; carries how that ended
│   └── TooManyAppeals    the learner has to wait for the hosts
├── UnknownAppeal         no open appeal here has this number
├── OwnAppeal             somebody else has to decide it
├── NotAcceptable         the sentence cannot be a wording of the point; carries why
├── SoundsWrong           it resembles a wrong statement, and is to be looked at once more
├── QuestionGone          the question is not in the bank any more
├── ReasonTooLong         a host's reason; carries the limit
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
├── UnknownVisibility     no choice of what others see has this name
├── UnknownBoard          no leaderboard, or part of one, has this name
├── NobodyNamed           no member of the community has this name, or several have
├── NoSuchAnswer          no answer of the community that earns points has this number
├── NoDailyPlan           no daily question is set up in this channel
├── NoSuchPost            a daily question is gone, or what it asked
├── NoResultsYet          no daily question of this channel has closed
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


@dataclass(eq=False)
class UnclearRule(CoachError):
    """The words name no rule of a community, or no value of it; `words` is what was typed."""

    words: str


class NoPrivateDiscussions(SettingRejected):
    """A discussion for those who have answered was chosen where the platform has no such thing."""


class NothingFits(SettingRejected):
    """No question is of the topics and levels that a host chose."""


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


class NoResultsYet(CoachError):
    """No daily question of this channel has closed so far."""


@dataclass(eq=False)
class UnknownVisibility(CoachError):
    """No choice of what others see is named so; `words` is what was typed."""

    words: str


@dataclass(eq=False)
class UnknownBoard(CoachError):
    """No leaderboard, or part of one, is named so; `words` is what was typed."""

    words: str


@dataclass(eq=False)
class NobodyNamed(CoachError):
    """Not one member of the community has this name but none or `several`."""

    name: str
    several: bool = False


@dataclass(eq=False)
class NoSuchAnswer(CoachError):
    """No answer to a daily question of the community has this number."""

    number: str


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


class FlagRejected(CoachError):
    """A question was not flagged."""


class UnclearFlag(FlagRejected):
    """Neither what is the matter nor a remark was typed."""


@dataclass(eq=False)
class FlagTooLong(FlagRejected):
    """The remark has more characters than are kept."""

    length: int
    most: int


class NothingToFlag(FlagRejected):
    """The learner was not asked anything yet."""


@dataclass(eq=False)
class TooManyFlags(FlagRejected):
    """The learner flagged `most` questions within a day."""

    most: int


@dataclass(eq=False)
class UnknownFlag(CoachError):
    """No open flag of this community has what was typed for a number."""

    words: str


class AppealRejected(CoachError):
    """An appeal was not made."""


class NothingToAppeal(AppealRejected):
    """There is no graded answer with a text and a point without full credit."""


class PrivateAnswer(AppealRejected):
    """The answer was given in private, where nobody could decide."""


@dataclass(eq=False)
class UnclearAppeal(AppealRejected):
    """What was typed behind the command cannot be read."""

    words: str


@dataclass(eq=False)
class UnknownPoint(AppealRejected):
    """The point is not among the `count` points without full credit."""

    count: int


@dataclass(eq=False)
class UnknownSentence(AppealRejected):
    """The number is not among those of the `count` sentences that can be chosen."""

    count: int


class NotYourSentence(AppealRejected):
    """The words do not stand like this in the learner's answer."""


@dataclass(eq=False)
class SentenceUnfit(AppealRejected):
    """The sentence has not between `least` and `most` characters."""

    least: int
    most: int


@dataclass(eq=False)
class AppealedBefore(AppealRejected):
    """This point of this answer was appealed; `state` is where that stands."""

    state: str


@dataclass(eq=False)
class TooManyAppeals(AppealRejected):
    """The learner has `most` appeals that wait for a host."""

    most: int


@dataclass(eq=False)
class UnknownAppeal(CoachError):
    """No open appeal of this community, or of this learner, has what was typed for a number."""

    words: str


class OwnAppeal(CoachError):
    """The host made the appeal, and somebody else could decide it."""


@dataclass(eq=False)
class NotAcceptable(CoachError):
    """The sentence cannot become a wording of the point."""

    reason: str


@dataclass(eq=False)
class SoundsWrong(CoachError):
    """The sentence of an appeal resembles a statement that the question knows as wrong."""

    appeal_id: int
    wrong: str


class QuestionGone(CoachError):
    """The question is not in the bank any more."""


@dataclass(eq=False)
class ReasonTooLong(CoachError):
    """A reason has more characters than are passed on."""

    most: int


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
