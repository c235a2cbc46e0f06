from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.errors.accounts import (
    LinkFailed,
    LinkToSelf,
    TooManyTries,
    UnclearValue,
    UnknownCode,
    UnknownSetting,
)
from bot.core.errors.appeals import (
    AppealedBefore,
    AppealRejected,
    NotAcceptable,
    NothingToAppeal,
    NotYourSentence,
    OwnAppeal,
    PrivateAnswer,
    ReasonTooLong,
    SentenceUnfit,
    SoundsWrong,
    TooManyAppeals,
    UnclearAppeal,
    UnknownAppeal,
    UnknownPoint,
    UnknownSentence,
)
from bot.core.errors.base import (
    AnswerRejected,
    CoachError,
    DatabaseCorrupt,
    DatabaseFull,
    DatabaseLocked,
    DatabaseReadOnly,
    DeliveredBefore,
    FileNotRead,
    FileNotWritten,
    GradingBusy,
    GradingUnavailable,
    HostsOnly,
    NothingToRun,
    OnlyInCommunity,
    OperatorError,
    OutOfRange,
    PainterBusy,
    PictureUnavailable,
    PlatformRefused,
    QuestionGone,
    SchemaMismatch,
    SettingRejected,
    StorageError,
    TranslationsRejected,
    Undeliverable,
    UnknownZone,
)
from bot.core.errors.coach import NoFeedback
from bot.core.errors.communities import UnclearRule
from bot.core.errors.daily import (
    NoDailyPlan,
    NoPrivateDiscussions,
    NoResultsYet,
    NoSuchPost,
    NothingFits,
    UnclearPlanChoice,
    UnknownPlanChoice,
)
from bot.core.errors.flags import (
    FlagRejected,
    FlagTooLong,
    NothingToFlag,
    TooManyFlags,
    UnclearFlag,
    UnknownFlag,
)
from bot.core.errors.insights import GroupTooSmall
from bot.core.errors.interviews import (
    FollowUpTooLong,
    InterviewPaused,
    InterviewRunning,
    NoHelpInInterview,
    NoInterview,
    ReportNotReady,
)
from bot.core.errors.leaderboard import NobodyNamed, NoSuchAnswer, UnknownBoard, UnknownVisibility
from bot.core.errors.own_questions import (
    SuggestedBefore,
    TooManyOwnQuestions,
    TooManySuggestions,
    UnclearQuestionsOrder,
    UnknownSuggestion,
)
from bot.core.errors.practice import AnswerTooLong, EmptyAnswer, NoOpenQuestion
from bot.core.errors.privacy import NotConfirmed
from bot.core.errors.questions import UnknownOwnQuestion, UnknownTopic
from bot.core.errors.reviews import UnknownReview
from bot.core.errors.streaks import UnclearDays
from bot.core.reply import Action, Reply
from bot.core.wording import feedback as feedback_words
from bot.core.wording import questions as questions_words
from bot.core.wording.errors import sentence_of, unexpected
from grading.errors import GraderBusy, GradingError, InvalidRow, ModelUnavailable
from grading.grade import Band, Flag, MisconceptionHit, PointStatus
from knowledge.bank import QuestionBank
from knowledge.errors import Fault, InvalidBank, KnowledgeError, UnknownQuestion
from knowledge.question import Question
from tests.builders import NOON
from tests.core.samples import ANSWER, DRIFT, a_grade_of, an_attempt, text_of

EXAMPLES = {
    UnknownTopic: UnknownTopic("pizza", ("monitoring",), ("drift",)),
    NoOpenQuestion: NoOpenQuestion(),
    DeliveredBefore: DeliveredBefore(),
    EmptyAnswer: EmptyAnswer("🙂"),
    AnswerTooLong: AnswerTooLong("x" * 4001),
    GradingUnavailable: GradingUnavailable("the model is gone"),
    GradingBusy: GradingBusy("128 requests wait"),
    PictureUnavailable: PictureUnavailable("drawing took longer than 10 s"),
    PainterBusy: PainterBusy("32 pictures wait"),
    UnknownZone: UnknownZone("Berln", ("Europe/Berlin",)),
    OutOfRange: OutOfRange("day_starts", 13, 0, 12),
    UnknownSetting: UnknownSetting("colour blue"),
    UnclearValue: UnclearValue("reminders", "perhaps"),
    FollowUpTooLong: FollowUpTooLong("x" * 1200, 1100),
    InterviewPaused: InterviewPaused("my answer"),
    InterviewRunning: InterviewRunning(),
    NoHelpInInterview: NoHelpInInterview(),
    NoInterview: NoInterview(),
    ReportNotReady: ReportNotReady(2),
    UnknownReview: UnknownReview("drift"),
    UnclearFlag: UnclearFlag(),
    FlagTooLong: FlagTooLong(1200, 500),
    NothingToFlag: NothingToFlag(),
    TooManyFlags: TooManyFlags(20),
    UnknownFlag: UnknownFlag("7"),
    NothingToAppeal: NothingToAppeal(),
    PrivateAnswer: PrivateAnswer(),
    UnclearAppeal: UnclearAppeal("perhaps"),
    UnknownPoint: UnknownPoint(3),
    UnknownSentence: UnknownSentence(4),
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
    UnclearDays: UnclearDays("yesterday"),
    UnknownVisibility: UnknownVisibility("everybody"),
    UnknownBoard: UnknownBoard("year"),
    NobodyNamed: NobodyNamed("Ada"),
    NoSuchAnswer: NoSuchAnswer("12"),
    OnlyInCommunity: OnlyInCommunity(),
    HostsOnly: HostsOnly(),
    UnknownPlanChoice: UnknownPlanChoice("colour blue"),
    UnclearPlanChoice: UnclearPlanChoice("days", "someday"),
    UnclearRule: UnclearRule("music on"),
    NoDailyPlan: NoDailyPlan(),
    NoSuchPost: NoSuchPost(),
    NoResultsYet: NoResultsYet(),
    NoPrivateDiscussions: NoPrivateDiscussions(),
    NothingFits: NothingFits(),
    Undeliverable: Undeliverable("the channel is gone", permanent=True),
    NotConfirmed: NotConfirmed(),
    NoFeedback: NoFeedback(),
    NothingToRun: NothingToRun(),
    TranslationsRejected: TranslationsRejected(
        (Fault("de.yaml", "ask.name", "'Frage' does not do as a name", "Use small letters"),)
    ),
    PlatformRefused: PlatformRefused("Discord", "the token", "Make a new one."),
    FileNotWritten: FileNotWritten("/home/ada/me.json", "it exists already"),
    FileNotRead: FileNotRead("/home/ada/q.csv", "it is no file"),
    UnknownOwnQuestion: UnknownOwnQuestion("label-delay"),
    UnknownSuggestion: UnknownSuggestion("7"),
    SuggestedBefore: SuggestedBefore("What is a fleet?"),
    TooManyOwnQuestions: TooManyOwnQuestions(500),
    TooManySuggestions: TooManySuggestions(5, mine=True),
    UnclearQuestionsOrder: UnclearQuestionsOrder("burn"),
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
    InvalidBank: InvalidBank((Fault("a.md", "prompt", "it is missing", "Add it"),)),
    UnknownQuestion: UnknownQuestion("a/b"),
    ModelUnavailable: ModelUnavailable("tiny", "no such file"),
    GraderBusy: GraderBusy(128),
    InvalidRow: InvalidRow(3, "not JSON"),
}

ABSTRACT = {
    OperatorError,
    AnswerRejected,
    AppealRejected,
    FlagRejected,
    LinkFailed,
    SettingRejected,
}


def kinds(base: type[Exception]) -> Iterator[type[Exception]]:
    for kind in base.__subclasses__():
        if not kind.__name__.startswith("_"):  # a private kind is told as the one it refines
            yield kind
        yield from kinds(kind)


def feedback(bank: QuestionBank, question: Question, **grade: object) -> Reply:
    attempt = an_attempt(question.id)
    graded = type(attempt)(**{**vars(attempt), "grade": a_grade_of(question, **grade)})
    return feedback_words.feedback(question, bank, graded, None)


def test_every_kind_of_error_has_an_example_here():
    known = {*kinds(CoachError), *kinds(GradingError), *kinds(KnowledgeError)}

    assert known - ABSTRACT == set(EXAMPLES)


@pytest.mark.parametrize("problem", EXAMPLES.values(), ids=lambda p: type(p).__name__)
def test_every_error_has_one_line_that_is_a_sentence(problem: Exception):
    line = sentence_of(problem)

    assert line[0].isupper()
    assert line.endswith(".")
    assert "\n" not in line
    assert type(problem).__name__ not in line


def test_no_two_errors_have_the_same_words():
    lines = [sentence_of(problem) for problem in EXAMPLES.values()]

    assert len(set(lines)) == len(lines)


def test_an_unknown_topic_is_told_with_what_is_near():
    line = sentence_of(EXAMPLES[UnknownTopic])

    assert "pizza" in line
    assert "monitoring" in line
    assert "drift" in line


def test_a_long_unknown_topic_is_repeated_shortened():
    line = sentence_of(UnknownTopic("word " * 1000))

    assert len(line) < 200


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

    assert "busy" in line
    assert "saved and its grade follows" in line


def test_a_missing_file_is_named():
    line = sentence_of(FileNotFoundError(2, "No such file or directory", "answer.txt"))

    assert line == "answer.txt: No such file or directory"


def test_the_apology_carries_the_reference():
    assert "abc123" in unexpected("abc123")


@pytest.mark.parametrize("flag", Flag)
def test_every_flag_has_a_remark_of_its_own(bank: QuestionBank, flag: Flag):
    question = bank.get(DRIFT)
    plain = text_of(feedback(bank, question, score=0, band=Band.NONE))

    flagged = text_of(feedback(bank, question, score=0, band=Band.NONE, flags=(flag,)))

    others = {
        text_of(feedback(bank, question, score=0, band=Band.NONE, flags=(other,)))
        for other in Flag
        if other is not flag
    }
    assert flagged != plain
    assert flagged not in others


def test_not_knowing_is_met_with_a_hint(bank: QuestionBank):
    question = bank.get(DRIFT)

    reply = text_of(feedback(bank, question, score=0, band=Band.NONE, flags=(Flag.DONT_KNOW,)))

    assert question.key_points[0].hint in reply


def test_an_answer_to_another_question_is_told_which(bank: QuestionBank):
    question = bank.get(DRIFT)
    other = bank.get("interpretability/lime")

    reply = text_of(
        feedback(bank, question, score=0, band=Band.NONE, flags=(Flag.OFF_TOPIC,), closest=other.id)
    )

    assert other.prompt in reply
    assert f"/ask {other.slug}" in reply


def test_a_covered_point_shows_its_statement_and_the_learners_sentence(bank: QuestionBank):
    question = bank.get(DRIFT)
    covered = {"retrain": PointStatus.COVERED}

    reply = text_of(feedback(bank, question, statuses=covered))

    assert question.point("retrain").statement in reply
    assert "what I said about retrain" in reply


def test_a_partly_made_point_shows_the_sentence_and_asks_for_precision(bank: QuestionBank):
    question = bank.get(DRIFT)

    reply = text_of(feedback(bank, question, statuses={"retrain": PointStatus.PARTIAL}))

    assert "what I said about retrain" in reply
    assert "Be more precise." in reply


@pytest.mark.parametrize(("score", "band"), [(0, Band.NONE), (0.4, Band.PARTIAL)])
def test_a_contradicted_point_shows_the_sentence_and_the_truth(
    bank: QuestionBank, score: float, band: Band
):
    question = bank.get(DRIFT)
    statuses = {"retrain": PointStatus.CONTRADICTED}

    reply = text_of(feedback(bank, question, statuses=statuses, score=score, band=band))

    assert "what I said about retrain" in reply
    assert question.point("retrain").statement in reply
    assert "opposite" in reply


def test_a_misconception_shows_the_sentence_and_the_correction(bank: QuestionBank):
    question = bank.get(DRIFT)
    hit = MisconceptionHit(text="It is recall.", correction="It is not.", evidence="It is recall")

    reply = text_of(feedback(bank, question, misconceptions=(hit,)))

    assert "It is recall" in reply
    assert "It is not." in reply


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_missed_point_is_told_as_a_hint_and_never_by_its_statement(
    bank: QuestionBank, data: st.DataObject
):
    question = data.draw(st.sampled_from(tuple(bank)))
    statuses = {p.id: data.draw(st.sampled_from(PointStatus)) for p in question.key_points}

    reply = text_of(feedback(bank, question, statuses=statuses))

    for point in question.key_points:
        missed = statuses[point.id] is PointStatus.MISSED
        assert (point.statement in reply) is not missed
        assert not missed or point.hint in reply
        assert missed or f"what I said about {point.id}" in reply


def test_the_one_improvement_named_is_the_weightiest_lost_point(bank: QuestionBank):
    question = bank.get(DRIFT)
    statuses = {"changed-relationship": PointStatus.COVERED}

    reply = text_of(feedback(bank, question, statuses=statuses))

    assert f"Improve first: add a sentence on “{question.point('retrain').hint}”" in reply
    asked_next = next(f.ask for f in question.follow_ups if f.point == "retrain")
    assert asked_next in reply


def test_a_full_answer_has_nothing_to_improve(bank: QuestionBank):
    question = bank.get(DRIFT)
    statuses = {point.id: PointStatus.COVERED for point in question.key_points}

    reply = text_of(feedback(bank, question, statuses=statuses, score=1, band=Band.STRONG))

    assert "Improve first" not in reply
    assert "Strong answer" in reply


def test_feedback_names_something_to_read(bank: QuestionBank):
    for question in bank:
        reply = text_of(feedback(bank, question))

        assert question.sources[0].title in reply


def test_feedback_offers_what_to_do_next(bank: QuestionBank):
    reply = feedback(bank, bank.get(DRIFT))

    assert {Action.RETRY, Action.REVEAL, Action.ASK} <= set(reply.actions)


def test_the_same_input_gets_the_same_words(bank: QuestionBank):
    for question in bank:
        once = (
            feedback(bank, question),
            questions_words.reveal(question),
            questions_words.first_welcome(bank),
        )
        again = (
            feedback(bank, question),
            questions_words.reveal(question),
            questions_words.first_welcome(bank),
        )

        assert once == again


def test_late_feedback_repeats_the_question_and_the_answer(bank: QuestionBank):
    question = bank.get(DRIFT)
    attempt = an_attempt(DRIFT)
    graded = type(attempt)(**{**vars(attempt), "grade": a_grade_of(question)})

    reply = text_of(feedback_words.feedback(question, bank, graded, None, late=True))

    assert question.prompt in reply
    assert ANSWER in reply


def test_help_explains_every_command():
    reply = text_of(questions_words.help_for())

    for command in ("/ask", "/hint", "/reveal", "/skip", "/progress", "/topics", "/help", "/quit"):
        assert command in reply
