"""Answers that are stored in a moment and graded later."""

import pytest

from bot.core.errors.base import DeliveredBefore, GradingBusy
from bot.core.practice.errors import EmptyAnswer, NoOpenQuestion
from bot.core.practice.model import AskState
from grading.errors import GraderBusy
from tests.core.samples import ANSWER, DRIFT, Table, text_of
from tests.fakes import FakeGrader


def test_a_taken_answer_is_stored_before_it_is_graded(table: Table) -> None:
    asked = table.ask(DRIFT)
    grade = table.coach.take_answer(table.user, ANSWER, asked.ask_id)
    (attempt,) = table.attempts
    assert attempt.is_pending
    assert table.database.asks[attempt.ask_id].state is AskState.ANSWERED
    assert table.grader.graded == []

    reply = grade()
    assert "0.7" in str(reply.blocks[0])
    assert reply.ask_id == asked.ask_id
    assert [each.is_pending for each in table.attempts] == [False]


def test_grading_an_answer_graded_meanwhile_shows_that_grade(table: Table) -> None:
    table.ask(DRIFT)
    grade = table.coach.take_answer(table.user, ANSWER)
    first = grade()
    assert text_of(grade()) == text_of(first)
    assert len(table.attempts) == 1


def test_what_cannot_be_graded_is_not_taken(table: Table) -> None:
    with pytest.raises(NoOpenQuestion):
        table.coach.take_answer(table.user, ANSWER)
    table.ask(DRIFT)
    with pytest.raises(EmptyAnswer):
        table.coach.take_answer(table.user, "🙂")
    assert table.attempts == []


def test_an_answer_that_a_busy_grader_left_stays_stored(table: Table) -> None:
    table.grader = FakeGrader(GraderBusy(1), *FakeGrader().outcomes)
    table.ask(DRIFT)
    grade = table.coach.take_answer(table.user, ANSWER)
    with pytest.raises(GradingBusy):
        grade()
    assert [each.answer for each in table.attempts] == [ANSWER]


def test_an_answer_that_is_delivered_twice_is_stored_once(table: Table) -> None:
    table.ask(DRIFT)
    table.coach.take_answer(table.user, ANSWER, delivery="a platform:1")
    with pytest.raises(DeliveredBefore):
        table.coach.take_answer(table.user, ANSWER, delivery="a platform:1")
    table.coach.take_answer(table.user, ANSWER, delivery="a platform:2")
    assert len(table.attempts) == 2


def test_a_delivery_that_was_refused_may_come_again(table: Table) -> None:
    with pytest.raises(NoOpenQuestion):
        table.coach.take_answer(table.user, ANSWER, delivery="a platform:1")
    table.ask(DRIFT)
    table.coach.take_answer(table.user, ANSWER, delivery="a platform:1")
    assert len(table.attempts) == 1
