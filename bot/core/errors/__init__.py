"""What a person can be told went wrong. Each error carries data; `wording` makes the sentence.

CoachError
├── UnknownTopic          no topic or question is near the words; carries suggestions
├── NoOpenQuestion        an answer, hint or skip without a question
├── AnswerRejected        the answer was not taken; carries the text, so that nothing is lost
│   ├── EmptyAnswer
│   ├── AnswerTooLong
│   │   └── FollowUpTooLong   too long together with the answer that it follows up
│   └── InterviewPaused   the question belongs to an interview that is paused
├── DeliveredBefore       a platform delivered the same answer twice; it is stored once
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
├── TranslationsRejected  files with translations of commands have faults; carries all of them
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

from bot.core.errors.accounts import (
    FileNotWritten,
    LinkFailed,
    LinkToSelf,
    NotConfirmed,
    TooManyTries,
    UnknownCode,
)
from bot.core.errors.base import (
    CoachError,
)
from bot.core.errors.choices import (
    NoPrivateDiscussions,
    NothingFits,
    OutOfRange,
    SettingRejected,
    UnclearPlanChoice,
    UnclearRule,
    UnclearValue,
    UnknownPlanChoice,
    UnknownSetting,
    UnknownVisibility,
    UnknownZone,
)
from bot.core.errors.communities import (
    GroupTooSmall,
    HostsOnly,
    NobodyNamed,
    NoDailyPlan,
    NoResultsYet,
    NoSuchAnswer,
    NoSuchPost,
    OnlyInCommunity,
    UnknownBoard,
)
from bot.core.errors.interviews import (
    InterviewRunning,
    NoHelpInInterview,
    NoInterview,
    ReportNotReady,
)
from bot.core.errors.objections import (
    AppealedBefore,
    AppealRejected,
    FlagRejected,
    FlagTooLong,
    NotAcceptable,
    NothingToAppeal,
    NothingToFlag,
    NotYourSentence,
    OwnAppeal,
    PrivateAnswer,
    ReasonTooLong,
    SentenceUnfit,
    SoundsWrong,
    TooManyAppeals,
    TooManyFlags,
    UnclearAppeal,
    UnclearFlag,
    UnknownAppeal,
    UnknownFlag,
    UnknownPoint,
    UnknownSentence,
)
from bot.core.errors.own_questions import (
    FileNotRead,
    SuggestedBefore,
    TooManyOwnQuestions,
    TooManySuggestions,
    UnclearQuestionsOrder,
    UnknownOwnQuestion,
    UnknownSuggestion,
)
from bot.core.errors.practice import (
    AnswerRejected,
    AnswerTooLong,
    DeliveredBefore,
    EmptyAnswer,
    FollowUpTooLong,
    GradingBusy,
    GradingUnavailable,
    InterviewPaused,
    NoFeedback,
    NoOpenQuestion,
    PainterBusy,
    PictureUnavailable,
    QuestionGone,
    UnclearDays,
    UnknownReview,
    UnknownTopic,
)
from bot.core.errors.running import (
    NothingToRun,
    PlatformRefused,
    TranslationsRejected,
    Undeliverable,
)
from bot.core.errors.storage import (
    DatabaseCorrupt,
    DatabaseFull,
    DatabaseLocked,
    DatabaseReadOnly,
    SchemaMismatch,
    StorageError,
)

__all__ = [
    "AnswerRejected",
    "AnswerTooLong",
    "AppealRejected",
    "AppealedBefore",
    "CoachError",
    "DatabaseCorrupt",
    "DatabaseFull",
    "DatabaseLocked",
    "DatabaseReadOnly",
    "DeliveredBefore",
    "EmptyAnswer",
    "FileNotRead",
    "FileNotWritten",
    "FlagRejected",
    "FlagTooLong",
    "FollowUpTooLong",
    "GradingBusy",
    "GradingUnavailable",
    "GroupTooSmall",
    "HostsOnly",
    "InterviewPaused",
    "InterviewRunning",
    "LinkFailed",
    "LinkToSelf",
    "NoDailyPlan",
    "NoFeedback",
    "NoHelpInInterview",
    "NoInterview",
    "NoOpenQuestion",
    "NoPrivateDiscussions",
    "NoResultsYet",
    "NoSuchAnswer",
    "NoSuchPost",
    "NobodyNamed",
    "NotAcceptable",
    "NotConfirmed",
    "NotYourSentence",
    "NothingFits",
    "NothingToAppeal",
    "NothingToFlag",
    "NothingToRun",
    "OnlyInCommunity",
    "OutOfRange",
    "OwnAppeal",
    "PainterBusy",
    "PictureUnavailable",
    "PlatformRefused",
    "PrivateAnswer",
    "QuestionGone",
    "ReasonTooLong",
    "ReportNotReady",
    "SchemaMismatch",
    "SentenceUnfit",
    "SettingRejected",
    "SoundsWrong",
    "StorageError",
    "SuggestedBefore",
    "TooManyAppeals",
    "TooManyFlags",
    "TooManyOwnQuestions",
    "TooManySuggestions",
    "TooManyTries",
    "TranslationsRejected",
    "UnclearAppeal",
    "UnclearDays",
    "UnclearFlag",
    "UnclearPlanChoice",
    "UnclearQuestionsOrder",
    "UnclearRule",
    "UnclearValue",
    "Undeliverable",
    "UnknownAppeal",
    "UnknownBoard",
    "UnknownCode",
    "UnknownFlag",
    "UnknownOwnQuestion",
    "UnknownPlanChoice",
    "UnknownPoint",
    "UnknownReview",
    "UnknownSentence",
    "UnknownSetting",
    "UnknownSuggestion",
    "UnknownTopic",
    "UnknownVisibility",
    "UnknownZone",
]
