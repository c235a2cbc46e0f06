"""The front desk: errors become words there, the same for all platforms."""

import logging
from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.core.accounts.model import PlatformUser
from bot.core.commands import Request
from bot.core.communities.model import Place
from bot.core.errors import (
    CoachError,
    DatabaseFull,
    DeliveredBefore,
    GradingBusy,
    GradingUnavailable,
    HostsOnly,
)
from bot.core.practice.answering import EmptyAnswer
from bot.core.rate_limits.errors import AnswersTooFast
from bot.core.rate_limits.model import Cost, Rate
from bot.core.rate_limits.service import RateLimits
from bot.core.reply import Action, Paragraph, Quote, Reply
from bot.platforms.front_desk import About, FrontDesk, Outcome, refused, sentence_for
from knowledge.bank import QuestionBank
from knowledge.errors import InvalidBank, UnknownQuestion
from tests.builders import a_user
from tests.core.samples import ANSWER, DRIFT, Table, text_of, typed
from tests.platforms.desks import desk_of

PLACE = "/srv/coach/coach.sqlite3"


@pytest.fixture
def table(bank: QuestionBank) -> Table:
    return Table(bank)


@pytest.fixture
def desk(table: Table) -> FrontDesk:
    return desk_of(table)


def raising(problem: Exception) -> Callable[[], Reply]:
    def act() -> Reply:
        raise problem

    return act


def test_a_refusal_is_its_own_sentence(desk: FrontDesk) -> None:
    outcome = desk.outcome(raising(HostsOnly()))
    assert outcome == Outcome(Reply((Paragraph(HostsOnly().sentence),)))


@pytest.mark.parametrize(
    "problem",
    [DatabaseFull(PLACE), InvalidBank(()), RuntimeError(f"no {PLACE}"), OSError(2, "no", PLACE)],
    ids=lambda problem: type(problem).__name__,
)
def test_what_only_operators_can_mend_is_an_apology_that_the_log_explains(
    desk: FrontDesk, problem: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        said = text_of(desk.outcome(raising(problem)).reply)
    (entry,) = caplog.records
    assert entry.getMessage().split()[-1] in said
    assert entry.exc_info is not None
    assert entry.exc_info[1] is problem
    assert "Something went wrong on my side" in said
    assert PLACE not in said


def test_a_question_that_has_gone_is_said_to_have(desk: FrontDesk) -> None:
    said = sentence_for(UnknownQuestion("monitoring/gone"))
    assert "coach knowledge" not in said
    assert said == sentence_for(UnknownQuestion("another/one"))


@pytest.mark.parametrize("problem", [HostsOnly(), DatabaseFull(PLACE), RuntimeError("drum")])
def test_an_answer_that_is_not_stored_is_given_back(problem: Exception) -> None:
    outcome = refused(problem, ANSWER)
    assert outcome.reply.blocks[-1] == Quote(ANSWER)
    assert (outcome.draft, outcome.stored) == (ANSWER, False)


@pytest.mark.parametrize("problem", [GradingUnavailable("no model"), GradingBusy("1")])
def test_an_answer_that_is_stored_is_not_given_back(problem: CoachError) -> None:
    outcome = refused(problem, ANSWER)
    assert outcome.reply.blocks == (Paragraph(problem.sentence),)
    assert (outcome.draft, outcome.stored) == (None, True)


def test_a_rejected_answer_is_given_back_as_it_was_written() -> None:
    outcome = refused(EmptyAnswer("🙂"))
    assert (outcome.reply.blocks[-1], outcome.draft) == (Quote("🙂"), "🙂")


def test_who_answers_somebody_elses_question_is_asked_it(desk: FrontDesk, table: Table) -> None:
    asked = table.ask(DRIFT)
    grade = desk.take(a_user("bob"), None, About(asked.ask_id, None, DRIFT), ANSWER, "one")
    assert "Good answer" in text_of(grade())
    with pytest.raises(DeliveredBefore):
        desk.take(a_user("bob"), None, About(asked.ask_id, None, DRIFT), ANSWER, "one")
    assert [attempt.question_id for attempt in table.attempts] == [DRIFT]


def test_buttons_act_on_what_they_are_about(desk: FrontDesk, table: Table) -> None:
    first = table.ask(DRIFT)
    table.ask("interpretability/lime")
    reply = desk.act(Action.REVEAL, table.user, None, About(first.ask_id))
    assert reply.ask_id == first.ask_id
    assert table.bank.get(DRIFT).reference_answers.short in text_of(reply)


def test_topics_are_those_of_the_place(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    desk, asked = desk_of(table), []

    def topics(_user: PlatformUser, place: Place | None = None, _words: str = "") -> Reply:
        asked.append(place)
        return Reply(())

    monkeypatch.setattr(desk.coach, "topics", topics)
    here = Place("T1", "C1")
    desk.act(Action.TOPICS, table.user, here, About())
    typed(desk.commands.values(), "topics", table.user, here)
    assert asked == [here, here]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Help, please", "What I can do"),
        ("a hint?", "hint"),
        ("next question", ""),
        ("skip", "Skipped"),
        ("Stop!", "The question stays open"),
    ],
)
def test_a_wish_is_granted_and_never_graded(
    desk: FrontDesk, table: Table, said: str, told: str
) -> None:
    table.ask("drift")
    reply = desk.hear(table.user, None, About(), said, f"delivery of {said}")()
    assert told.casefold() in text_of(reply).casefold()
    assert table.attempts == []
    with pytest.raises(DeliveredBefore):
        desk.hear(table.user, None, About(), said, f"delivery of {said}")


def test_small_talk_is_asked_about_and_graded_only_when_its_author_says_so(
    desk: FrontDesk, table: Table
) -> None:
    table.ask("drift")
    reply = desk.hear(table.user, None, About(), "thanks, what does that mean?")()
    assert "Shall I grade this as your answer" in text_of(reply)
    assert table.attempts == []

    table.ask("lime")  # the button stays about the question that was open when it was written
    yes, no = (choice.words for choice in reply.choices)
    graded = pressed(desk, table.user, yes)
    (attempt,) = table.attempts
    assert (attempt.answer, attempt.question_id) == ("thanks, what does that mean?", DRIFT)
    assert graded.ask_id == attempt.ask_id == reply.ask_id
    for line in (yes, no):
        assert "I don't have that text any more" in text_of(pressed(desk, table.user, line))


def test_what_is_no_answer_is_forgotten_and_the_question_stays_open(
    desk: FrontDesk, table: Table
) -> None:
    table.ask("drift")
    held = desk.hear(table.user, None, About(), "hello")()
    reply = pressed(desk, table.user, held.choices[1].words)
    assert "Forgotten" in text_of(reply)
    assert Action.ANSWER in reply.actions
    assert table.database.held == {}
    assert table.attempts == []


def test_nobody_grades_what_somebody_else_wrote(desk: FrontDesk, table: Table) -> None:
    table.ask("drift")
    held = desk.hear(table.user, None, About(), "hello")()
    told = pressed(desk, a_user("somebody else"), held.choices[0].words)
    assert "I don't have that text any more" in text_of(told)
    assert len(table.database.held) == 1


def test_an_answer_that_is_said_is_graded_at_once(desk: FrontDesk, table: Table) -> None:
    table.ask("drift")
    desk.hear(table.user, None, About(), ANSWER)()
    assert [attempt.answer for attempt in table.attempts] == [ANSWER]


def test_what_comes_by_a_form_is_graded_as_it_is(desk: FrontDesk, table: Table) -> None:
    table.ask("drift")
    desk.take(table.user, None, About(), "hello")()
    assert [attempt.answer for attempt in table.attempts] == ["hello"]


def pressed(desk: FrontDesk, user: PlatformUser, line: str) -> Reply:
    """What a press of a button comes to."""

    def act() -> Reply:
        asked = desk.ordered(line, user, None)
        assert asked is not None
        return asked[0].run(asked[1])

    return desk.outcome(act).reply


def test_an_answer_too_many_comes_back_and_is_taken_later(table: Table) -> None:
    seconds = [0.0]
    limits = RateLimits(table.clock, {Cost.ANSWER: Rate(person=1)}, seconds=lambda: seconds[0])
    desk = FrontDesk(replace(desk_of(table).services, rate_limits=limits))
    table.coach.ask(table.user, DRIFT)
    desk.take(table.user, None, About(), ANSWER, "first")

    with pytest.raises(AnswersTooFast) as met:
        desk.take(table.user, None, About(), "Another one.", "second")
    outcome = refused(met.value)
    assert outcome.reply.blocks[-1] == Quote("Another one.")
    assert "That was a lot at once" in text_of(outcome.reply)
    with pytest.raises(DeliveredBefore):
        desk.take(table.user, None, About(), ANSWER, "first")
    with pytest.raises(AnswersTooFast):
        desk.commands["answer"].run(Request(table.user, None, {"text": "A third."}))

    seconds[0] = 60.0
    desk.take(table.user, None, About(), "Another one.", "second")


def test_a_wish_is_no_answer_and_has_no_limit(table: Table) -> None:
    limits = RateLimits(table.clock, {Cost.ANSWER: Rate(person=1)})
    desk = FrontDesk(replace(desk_of(table).services, rate_limits=limits))
    table.coach.ask(table.user, DRIFT)
    for number in range(5):
        assert text_of(desk.hear(table.user, None, About(), "hint", str(number))())


@pytest.mark.parametrize(
    ("line", "waits"),
    [
        ("ask why do models get worse", True),
        ("ask drift", False),
        ("ask", False),
        ("grade 4", True),
        ("grader", False),
        ("appeals accept 3", True),
        ("appeals", False),
        ("questions add", True),
        ("questions", False),
        ("hint", False),
    ],
)
def test_what_may_wait_for_the_model_is_known_by_its_line(table: Table, line: str, waits: bool):
    assert desk_of(table).needs_model(line) is waits
