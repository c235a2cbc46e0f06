"""Every refusal has a sentence of its own, and stands once in the tree of errors."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.accounts.errors import (
    LinkFailed,
    LinkToSelf,
    TooManyTries,
    UnclearValue,
    UnknownCode,
    unknown_setting,
)
from bot.core.accounts.model import DAY_STARTS_AT
from bot.core.accounts.settings import SETTINGS
from bot.core.appeals.errors import (
    AppealedBefore,
    AppealRejected,
    NoSentence,
    NotAcceptable,
    NothingToAppeal,
    NotYourSentence,
    OwnAppeal,
    PrivateAnswer,
    ReasonTooLong,
    SentenceUnfit,
    SoundsWrong,
    TooManyAppeals,
    UnknownAppeal,
    UnknownPoint,
    UnknownSentence,
    unclear_appeal,
)
from bot.core.coach.errors import NoFeedback
from bot.core.commands import Command
from bot.core.communities.errors import unclear_rule
from bot.core.daily.errors import (
    NoDailyPlan,
    NoPrivateDiscussions,
    NoResultsYet,
    NoSuchPost,
    NothingFits,
    PostElsewhere,
    UnclearPlanChoice,
    unknown_plan_choice,
)
from bot.core.drift.errors import NotAMonth, TooEarly
from bot.core.drift.model import Month
from bot.core.errors import (
    AnswerRejected,
    CoachError,
    DatabaseCorrupt,
    DatabaseFull,
    DatabaseLocked,
    DatabaseReadOnly,
    DeliveredBefore,
    FileNotRead,
    FileNotWritten,
    GraderAway,
    GradingBusy,
    GradingUnavailable,
    HostsOnly,
    NothingToRun,
    OnlyInCommunity,
    OperatorError,
    PainterBusy,
    PictureUnavailable,
    PlatformAway,
    PlatformRefused,
    QuestionGone,
    SchemaMismatch,
    SettingRejected,
    SettingUnusable,
    StorageError,
    Undeliverable,
    UnknownZone,
    UsageError,
)
from bot.core.flags.errors import (
    FlagRejected,
    FlagTooLong,
    NothingToFlag,
    TooManyFlags,
    UnknownFlag,
)
from bot.core.insights.errors import GroupTooSmall
from bot.core.interviews.errors import (
    FollowUpTooLong,
    InterviewPaused,
    InterviewRunning,
    NoHelpInInterview,
    NoInterview,
    ReportNotReady,
)
from bot.core.leaderboard.errors import NobodyNamed, NoSuchAnswer
from bot.core.leaderboard.parsing import BOARD
from bot.core.limits import OutOfRange
from bot.core.own_questions.errors import (
    SuggestedBefore,
    TooManyOwnQuestions,
    TooManySuggestions,
    UnknownSuggestion,
    unclear_order,
)
from bot.core.plans.errors import DateOutOfReach, NoQuestionsFit, PlanRejected, UnclearDate
from bot.core.practice.errors import (
    AnswerTooLong,
    EmptyAnswer,
    NoOpenQuestion,
    NotHeld,
    TooManyWaiting,
)
from bot.core.privacy.errors import NotConfirmed
from bot.core.questions.errors import UnknownOwnQuestion, UnknownTopic
from bot.core.rate_limits.errors import AnswersTooFast, TooFast
from bot.core.reply import Reply
from bot.core.streaks.errors import unclear_days
from bot.core.text_commands import unreadable
from bot.core.words.errors import sentence_of, unexpected
from bot.storage.snapshot import SchemaOutdated
from bot.watch.errors import AddressTaken
from grading.errors import (
    GraderBusy,
    GraderUnreachable,
    GradingError,
    InvalidRow,
    ModelUnavailable,
    OpinionUnavailable,
)
from grading.grade import OpinionOutcome
from knowledge.errors import Fault, InvalidBank, KnowledgeError, UnknownQuestion
from tests.builders import NOON

USAGES = (
    unknown_setting("colour blue"),
    unclear_appeal("perhaps"),
    unclear_days("yesterday"),
    unreadable(Command("leaderboard", "the board", lambda _: Reply(()), BOARD), "year"),
    unknown_plan_choice("colour blue"),
    unclear_rule("music on"),
    unclear_order("burn"),
)

EXAMPLES = {
    UsageError: USAGES[0],
    UnknownTopic: UnknownTopic("pizza", ("monitoring",), ("drift",)),
    NoOpenQuestion: NoOpenQuestion(),
    NotHeld: NotHeld(),
    DeliveredBefore: DeliveredBefore(),
    EmptyAnswer: EmptyAnswer("🙂"),
    TooManyWaiting: TooManyWaiting("It drifts."),
    AnswerTooLong: AnswerTooLong("x" * 4001),
    GraderAway: GraderAway("no grade came in time"),
    GradingUnavailable: GradingUnavailable("the model is gone"),
    AnswersTooFast: AnswersTooFast("Because.", "in 20 seconds"),
    TooFast: TooFast("in 20 seconds"),
    GradingBusy: GradingBusy("128 requests wait"),
    PictureUnavailable: PictureUnavailable("drawing took longer than 10 s"),
    PainterBusy: PainterBusy("32 pictures wait"),
    UnknownZone: UnknownZone("Berln", ("Europe/Berlin",)),
    OutOfRange: OutOfRange(DAY_STARTS_AT, 13),
    UnclearValue: UnclearValue(SETTINGS[0], ""),
    FollowUpTooLong: FollowUpTooLong("x" * 1200, 1100),
    InterviewPaused: InterviewPaused("my answer"),
    InterviewRunning: InterviewRunning(),
    NoHelpInInterview: NoHelpInInterview(),
    NoInterview: NoInterview(),
    ReportNotReady: ReportNotReady(2),
    FlagTooLong: FlagTooLong(1200, 500),
    NothingToFlag: NothingToFlag(),
    TooManyFlags: TooManyFlags(20),
    UnknownFlag: UnknownFlag("7"),
    NothingToAppeal: NothingToAppeal(),
    PrivateAnswer: PrivateAnswer(),
    UnknownPoint: UnknownPoint(3),
    UnknownSentence: UnknownSentence(4),
    NoSentence: NoSentence(),
    NotYourSentence: NotYourSentence(),
    SentenceUnfit: SentenceUnfit(12, 400),
    AppealedBefore: AppealedBefore("declined"),
    TooManyAppeals: TooManyAppeals(10),
    UnknownAppeal: UnknownAppeal("7"),
    OwnAppeal: OwnAppeal(),
    NotAcceptable: NotAcceptable("it is too short"),
    SoundsWrong: SoundsWrong(7, "It always stays the same."),
    QuestionGone: QuestionGone(),
    ReasonTooLong: ReasonTooLong(240),
    NobodyNamed: NobodyNamed("Ada"),
    NoSuchAnswer: NoSuchAnswer("12"),
    OnlyInCommunity: OnlyInCommunity(),
    HostsOnly: HostsOnly(),
    UnclearPlanChoice: UnclearPlanChoice("days", "someday"),
    NoDailyPlan: NoDailyPlan(),
    NoSuchPost: NoSuchPost(),
    PostElsewhere: PostElsewhere(),
    NoResultsYet: NoResultsYet(),
    NoPrivateDiscussions: NoPrivateDiscussions(),
    NothingFits: NothingFits(),
    Undeliverable: Undeliverable("the channel is gone", permanent=True),
    NotConfirmed: NotConfirmed(),
    UnclearDate: UnclearDate("someday"),
    DateOutOfReach: DateOutOfReach(NOON.date()),
    NoQuestionsFit: NoQuestionsFit(),
    NoFeedback: NoFeedback(),
    NothingToRun: NothingToRun(("COACH_DISCORD__TOKEN to the token of your application",)),
    SettingUnusable: SettingUnusable("COACH_DISCORD__TOKEN_FILE", "there is no file token"),
    PlatformRefused: PlatformRefused("Discord", "the token", "Make a new one."),
    PlatformAway: PlatformAway("Discord", "it answers 503", "Check the connection."),
    FileNotWritten: FileNotWritten("/home/ada/me.json", "it exists already"),
    FileNotRead: FileNotRead("/home/ada/q.csv", "it is no file"),
    UnknownOwnQuestion: UnknownOwnQuestion("label-delay"),
    UnknownSuggestion: UnknownSuggestion("7"),
    SuggestedBefore: SuggestedBefore("What is a fleet?"),
    TooManyOwnQuestions: TooManyOwnQuestions(500),
    TooManySuggestions: TooManySuggestions(5, mine=True),
    GroupTooSmall: GroupTooSmall(5),
    UnknownCode: UnknownCode(),
    LinkToSelf: LinkToSelf(),
    TooManyTries: TooManyTries(NOON),
    StorageError: StorageError("/home/ada/coach.sqlite3", "The disk is odd."),
    DatabaseLocked: DatabaseLocked("/home/ada/coach.sqlite3"),
    DatabaseReadOnly: DatabaseReadOnly("/home/ada/coach.sqlite3"),
    DatabaseFull: DatabaseFull("/home/ada/coach.sqlite3"),
    DatabaseCorrupt: DatabaseCorrupt("/home/ada/coach.sqlite3"),
    SchemaMismatch: SchemaMismatch("/home/ada/coach.sqlite3"),
    SchemaOutdated: SchemaOutdated("/home/ada/coach.sqlite3", "it is of version 3"),
    AddressTaken: AddressTaken("127.0.0.1", 9100, "address already in use"),
    NotAMonth: NotAMonth("2026-13"),
    TooEarly: TooEarly(Month(2026, 11)),
    InvalidBank: InvalidBank((Fault("a.md", "prompt", "it is missing", "Add it"),)),
    UnknownQuestion: UnknownQuestion("a/b"),
    ModelUnavailable: ModelUnavailable("tiny", "no such file"),
    OpinionUnavailable: OpinionUnavailable(OpinionOutcome.FAILED, "refused"),
    GraderBusy: GraderBusy(128),
    GraderUnreachable: GraderUnreachable("no grade came in time"),
    InvalidRow: InvalidRow(3, "not JSON"),
}


ABSTRACT = {
    OperatorError,
    AnswerRejected,
    AppealRejected,
    FlagRejected,
    LinkFailed,
    PlanRejected,
    SettingRejected,
}


def kinds(base: type[Exception]) -> Iterator[type[Exception]]:
    for kind in base.__subclasses__():
        if not kind.__name__.startswith("_"):  # a private kind is told as the one it refines
            yield kind
        yield from kinds(kind)


def test_every_kind_of_error_has_an_example_here():
    found = (*kinds(CoachError), *kinds(GradingError), *kinds(KnowledgeError))
    known = {kind for kind in found if not kind.__module__.startswith("bot.platforms.")}

    assert known - ABSTRACT == set(EXAMPLES)


def test_each_kind_of_refusal_is_defined_once_and_has_a_sentence():
    known = tuple(kinds(CoachError))
    silent = {kind for kind in known if kind.sentence is CoachError.sentence}

    assert len({kind.__name__ for kind in known}) == len(known)
    assert silent == ABSTRACT


@pytest.mark.parametrize(
    "problem", [*EXAMPLES.values(), *USAGES[1:]], ids=lambda p: type(p).__name__
)
def test_every_error_has_one_line_that_is_a_sentence(problem: Exception):
    line = sentence_of(problem)

    assert line[0].isupper()
    assert line.endswith(".")
    assert "\n" not in line
    assert type(problem).__name__ not in line


def test_no_two_errors_have_the_same_words():
    lines = [sentence_of(problem) for problem in (*EXAMPLES.values(), *USAGES[1:])]

    assert len(set(lines)) == len(lines)


def test_an_unknown_topic_is_told_with_what_is_near():
    line = sentence_of(EXAMPLES[UnknownTopic])

    assert "pizza" in line
    assert "monitoring" in line
    assert "drift" in line


def test_a_long_unknown_topic_is_repeated_shortened():
    line = sentence_of(UnknownTopic("word " * 1000))

    assert len(line) < 200


def test_of_many_topics_the_nearest_few_are_named():
    topics = (*(f"subject-{n}" for n in range(90)), "computer-vision")
    line = sentence_of(UnknownTopic("computer visoin", topics))

    assert "computer-vision" in line
    assert line.count("subject-") == 3


@settings(max_examples=60, deadline=None)
@given(words=st.text(max_size=100))
def test_an_unknown_topic_stays_on_one_line_whatever_it_is(words: str):
    line = sentence_of(UnknownTopic(words))

    assert len(line.splitlines()) == 1


def test_a_long_answer_is_told_its_length_and_the_limit():
    line = sentence_of(EXAMPLES[AnswerTooLong])

    assert "4,001" in line
    assert "4,000" in line


def test_a_busy_grader_is_told_as_an_answer_that_is_saved():
    line = sentence_of(EXAMPLES[GradingBusy])

    assert "a lot of answers" in line
    assert "saved and its grade will follow" in line


def test_a_missing_file_is_named():
    line = sentence_of(FileNotFoundError(2, "No such file or directory", "answer.txt"))

    assert line == "answer.txt: No such file or directory"


def test_the_apology_carries_the_reference():
    assert "abc123" in unexpected("abc123")
