"""A message that was sent earlier says which question it is about: its buttons work on that one."""

import pytest

from bot.core.accounts.model import PlatformUser
from bot.core.practice.errors import NoOpenQuestion
from bot.core.practice.model import AskState
from bot.core.reply import Reply
from tests.builders import a_user
from tests.core.samples import ANSWER, DRIFT, Table


def asked(reply: Reply) -> int:
    assert reply.ask_id is not None
    return reply.ask_id


def test_an_answer_goes_to_the_ask_that_it_names(table: Table):
    first = asked(table.ask("drift"))
    second = asked(table.ask("deployment"))

    reply = table.coach.submit_answer(table.user, ANSWER, first)

    (attempt,) = table.attempts
    assert (attempt.ask_id, attempt.question_id) == (first, DRIFT)
    assert (reply.ask_id, reply.question_id) == (first, DRIFT)
    assert table.database.asks[second].state is AskState.OPEN


def test_help_is_about_the_ask_that_it_names(table: Table):
    first = asked(table.ask("drift"))
    second = asked(table.ask("deployment"))

    hint = table.coach.hint(table.user, first)
    reveal = table.coach.reveal(table.user, first)

    assert (hint.ask_id, reveal.ask_id) == (first, first)
    assert (hint.question_id, reveal.question_id) == (DRIFT, DRIFT)
    assert table.database.asks[first].hints == 1
    assert table.database.asks[second].hints == 0


def test_an_earlier_ask_can_be_skipped_and_takes_no_more_answers(table: Table):
    first = asked(table.ask("drift"))
    second = asked(table.ask("deployment"))

    table.coach.skip(table.user, first)

    assert table.database.asks[second].state is AskState.OPEN
    with pytest.raises(NoOpenQuestion):
        table.coach.submit_answer(table.user, ANSWER, first)


@pytest.mark.parametrize("stranger", [a_user("43", display_name="Grace"), a_user("44")])
def test_nobody_answers_for_somebody_else(table: Table, stranger: PlatformUser):
    first = asked(table.ask("drift"))
    table.coach.ask(stranger)

    with pytest.raises(NoOpenQuestion):
        table.coach.submit_answer(stranger, ANSWER, first)
    with pytest.raises(NoOpenQuestion):
        table.coach.reveal(stranger, first)

    assert table.attempts == []


def test_the_question_that_was_left_open_is_named_in_the_welcome(table: Table):
    first = asked(table.ask("drift"))

    assert table.coach.welcome(table.user).ask_id == first
