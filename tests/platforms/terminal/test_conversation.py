import logging

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.commands import Command, Parameter
from bot.core.errors import DatabaseLocked
from bot.core.reply import Paragraph, Quote, Reply
from bot.platforms.terminal.conversation import Conversation
from grading.errors import GraderBusy, ModelUnavailable
from knowledge.bank import QuestionBank
from tests.core.samples import ANSWER, DRIFT, Table, a_grade_of, text_of
from tests.fakes import FakeFinder, FakeGrader
from tests.platforms.desks import desk_of
from tests.platforms.terminal.conftest import Screen


class Drum:
    """A finder that fails in a way nobody thought of."""

    def find(self, *_: object) -> tuple[()]:
        raise RuntimeError("the drum has a hole")


def test_the_conversation_begins_with_a_welcome(conversation: Conversation, screen: Screen):
    conversation.begin()

    assert "Welcome to the interview coach" in screen.text
    assert screen.warm_ups == 0


def test_a_question_is_asked_answered_and_graded(
    conversation: Conversation, screen: Screen, table: Table
):
    conversation.handle("/ask drift")
    conversation.handle(ANSWER)

    assert table.bank.get(DRIFT).prompt in screen.text
    assert "Score: 70 %" in screen.text
    assert table.attempts[0].answer == ANSWER


@pytest.mark.parametrize("text", ["thanks, what does that mean?", "I will answer this later today"])
def test_small_talk_is_graded_only_when_its_author_says_so(
    conversation: Conversation, screen: Screen, table: Table, text: str
):
    conversation.handle("/ask drift")
    conversation.handle(text)

    assert "Shall I grade this" in screen.text
    assert table.attempts == []
    conversation.handle("/grade 1")
    assert [each.answer for each in table.attempts] == [text]


def test_thanks_for_a_grade_are_met_in_kind(
    conversation: Conversation, screen: Screen, table: Table
):
    conversation.handle("/ask drift")
    conversation.handle(ANSWER)
    conversation.handle("thank you so much!")

    assert "Happy to help" in screen.text
    assert "Shall I grade" not in screen.text
    assert len(table.attempts) == 1


def test_the_model_is_called_for_as_soon_as_a_question_is_up(
    conversation: Conversation, screen: Screen
):
    conversation.handle("/topics")
    assert screen.warm_ups == 0

    conversation.handle("/ask drift")
    assert screen.warm_ups == 1


def test_the_model_is_called_for_when_a_question_was_left_open(table: Table, screen: Screen):
    table.ask("drift")

    Conversation(desk_of(table), table.user, screen.show, screen.warm_up).begin()

    assert screen.warm_ups == 1


def test_every_command_does_what_the_coach_does(
    conversation: Conversation, screen: Screen, table: Table
):
    question = table.bank.get(DRIFT)
    replies = {
        "/ask drift": question.prompt,
        "/hint": "Say more",
        "/answer The relationship between inputs and target changes.": "good",
        "/reveal": question.reference_answers.short,
        "/topics": "Deep learning (deep-learning)",
        "/help": "What I can do",
        "/skip": "Skipped:",
    }

    for line, words in replies.items():
        assert conversation.handle(line)
        assert words in text_of(screen.shown[-1])
    assert {line[1:].split()[0] for line in replies} | {"quit"} == set(conversation.commands)


def test_the_help_names_every_command(conversation: Conversation, screen: Screen):
    conversation.handle("/help")

    assert all(f"/{command}" in screen.text for command in conversation.commands)


@pytest.mark.parametrize(
    "line", ["/ASK drift", "  /ask   drift  ", "/Ask\u00a0drift", "/ask\tdrift"]
)
def test_case_and_space_around_a_command_do_not_matter(
    conversation: Conversation, screen: Screen, table: Table, line: str
):
    conversation.handle(line)

    assert table.bank.get(DRIFT).prompt in screen.text


def test_an_unknown_command_is_named_and_help_is_offered(
    conversation: Conversation, screen: Screen, table: Table
):
    table.ask("drift")

    assert conversation.handle("/dance now")

    assert "/dance" in screen.text
    assert "/help" in screen.text
    assert table.attempts == []


@pytest.mark.parametrize(
    ("typed", "meant"), [("/revael", "/reveal"), ("/HNIT now", "/hint"), ("/qiut", "/quit")]
)
def test_a_mistyped_command_is_told_with_what_was_meant(
    conversation: Conversation, screen: Screen, typed: str, meant: str
):
    assert conversation.handle(typed)

    assert f"Did you mean {meant}?" in screen.text


def test_a_very_long_unknown_command_is_named_shortened(conversation: Conversation, screen: Screen):
    conversation.handle("/" + "a" * 100_000)

    assert len(screen.text) < 1000


def test_what_a_learner_types_begins_no_line_of_the_coach(
    conversation: Conversation, screen: Screen
):
    conversation.handle("/dance\nScore: 100 % strong")

    assert not [line for line in screen.text.splitlines() if line.startswith("Score")]


@pytest.mark.parametrize("line", ["/quit", "/exit", "/q", "quit", "exit", " QUIT \n"])
def test_words_of_farewell_end_the_conversation(conversation: Conversation, line: str):
    assert conversation.handle(line) is False


@pytest.mark.parametrize("line", ["", "   ", "\n", "\t"])
def test_an_empty_line_does_nothing(
    conversation: Conversation, screen: Screen, table: Table, line: str
):
    table.ask("drift")

    assert conversation.handle(line)

    assert screen.shown == []


def test_an_answer_of_several_lines_is_taken_whole(conversation: Conversation, table: Table):
    table.ask("drift")

    conversation.handle("the inputs change\n\n- and so does the target\n")

    assert table.attempts[0].answer == "the inputs change\n\n- and so does the target"


def test_an_answer_without_a_question_is_met_with_a_sentence(
    conversation: Conversation, screen: Screen
):
    assert conversation.handle(ANSWER)

    assert "You have no open question" in screen.text


def test_an_unknown_topic_is_met_with_the_nearest_ones(bank: QuestionBank, screen: Screen):
    table = Table(bank, finder=FakeFinder((DRIFT, 0.2)))
    conversation = Conversation(desk_of(table), table.user, screen.show, screen.warm_up)

    conversation.handle("/ask pizza")

    assert "pizza" in screen.text
    assert "monitoring" in screen.text


@pytest.mark.parametrize("text", ["🙂🙂", "word " * 1000])
def test_a_refused_answer_is_given_back_to_be_edited(
    conversation: Conversation, screen: Screen, table: Table, text: str
):
    table.ask("drift")

    conversation.handle(text)

    assert conversation.rejected == text
    assert Quote(text) in screen.shown[-1].blocks


def test_a_refused_answer_is_given_back_once(conversation: Conversation, table: Table):
    table.ask("drift")
    conversation.handle("🙂🙂")

    conversation.handle("/hint")

    assert conversation.rejected is None


def test_grading_that_is_unavailable_is_told_and_the_answer_kept(
    bank: QuestionBank, screen: Screen
):
    table = Table(bank, FakeGrader(ModelUnavailable("tiny", "no such file")))
    conversation = Conversation(desk_of(table), table.user, screen.show, screen.warm_up)
    conversation.handle("/ask drift")

    conversation.handle(ANSWER)

    assert "can't grade right now" in screen.text
    assert "no such file" in screen.text
    assert table.coach.has_pending()


def test_a_grade_left_owing_is_delivered_at_the_next_start(bank: QuestionBank, screen: Screen):
    grader = FakeGrader(ModelUnavailable("tiny", "gone"), a_grade_of(bank.get(DRIFT), score=0.6))
    table = Table(bank, grader)
    conversation = Conversation(desk_of(table), table.user, screen.show, screen.warm_up)
    conversation.handle("/ask drift")
    conversation.handle(ANSWER)
    screen.shown.clear()

    Conversation(desk_of(table), table.user, screen.show, screen.warm_up).begin()

    assert "graded now" in screen.text
    assert ANSWER in screen.text
    assert "Score: 60 %" in screen.text


def test_a_grade_of_a_busy_grader_follows_with_a_later_line(bank: QuestionBank, screen: Screen):
    busy, grade = GraderBusy(128), a_grade_of(bank.get(DRIFT), score=0.6)
    table = Table(bank, FakeGrader(busy, busy, grade))
    conversation = Conversation(desk_of(table), table.user, screen.show, screen.warm_up)
    conversation.handle("/ask drift")

    conversation.handle(ANSWER)
    assert "saved and its grade will follow" in screen.text

    conversation.handle("/topics")
    assert "graded now" not in screen.text

    conversation.handle("/topics")
    assert "graded now" in screen.text
    assert "Score: 60 %" in screen.text

    conversation.handle("/topics")
    assert len(table.grader.graded) == 3


def test_what_only_operators_can_mend_is_an_apology_and_gives_the_answer_back(
    bank: QuestionBank, screen: Screen
):
    table = Table(bank, FakeGrader(DatabaseLocked("/home/ada/coach.sqlite3")))
    conversation = Conversation(desk_of(table), table.user, screen.show, screen.warm_up)
    conversation.handle("/ask drift")

    assert conversation.handle(ANSWER)

    assert "Something went wrong on my side" in screen.text
    assert "/home/ada" not in screen.text
    assert ANSWER in screen.text


def test_an_unexpected_error_is_logged_with_the_reference_that_the_person_is_told(
    bank: QuestionBank, screen: Screen, caplog: pytest.LogCaptureFixture
):
    table = Table(bank, finder=Drum())
    conversation = Conversation(desk_of(table), table.user, screen.show, screen.warm_up)

    with caplog.at_level(logging.ERROR):
        assert conversation.handle("/ask pizza")

    (entry,) = caplog.records
    reference = entry.getMessage().split()[-1]
    assert reference in screen.text
    assert "Something went wrong on my side" in screen.text
    assert "drum" not in screen.text
    assert entry.exc_info is not None


@settings(max_examples=60, deadline=None)
@given(lines=st.lists(st.text(max_size=60), max_size=6))
def test_whatever_is_typed_the_conversation_neither_fails_nor_apologises(
    bank: QuestionBank, lines: list[str]
):
    table, screen = Table(bank), Screen()
    conversation = Conversation(desk_of(table), table.user, screen.show, screen.warm_up)
    conversation.handle("/ask drift")

    for line in lines:
        conversation.handle(line)

    assert "went wrong" not in screen.text


def test_a_command_of_the_table_runs_with_what_follows_its_name(table: Table, screen: Screen):
    said = []

    def run(request):
        said.append((request.user, request.place, request.text("days")))
        return Reply((Paragraph("Seven days."),))

    command = Command(
        "streak", "your streak", run, (Parameter("days", "Which days", usage="[why]"),)
    )
    conversation = Conversation(desk_of(table, command), table.user, screen.show, screen.warm_up)

    conversation.handle("/streak why not")
    conversation.handle("/help")

    assert said == [(table.user, None, "why not")]
    assert "streak" in conversation.commands
    assert "Seven days." in screen.text
    assert "/streak [why]: your streak" in screen.text
