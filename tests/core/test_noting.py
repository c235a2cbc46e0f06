"""Answers that are stored in a moment and graded later."""

import pytest

from bot.core.attempt import AskState
from bot.core.errors import EmptyAnswer, GradingBusy, NoOpenQuestion
from grading.errors import GraderBusy
from tests.core.samples import ANSWER, DRIFT, Table, text_of
from tests.fakes import FakeGrader


def test_a_noted_answer_is_stored_before_it_is_graded(table: Table) -> None:
    asked = table.ask(DRIFT)
    attempt = table.coach.note_answer(table.user, ANSWER, asked.ask_id)
    assert attempt is not None
    assert [each.is_pending for each in table.attempts] == [True]
    assert table.database.asks[attempt.ask_id].state is AskState.ANSWERED
    assert table.grader.graded == []

    reply = table.coach.grade_noted(attempt)
    assert "0.7" in str(reply.blocks[0])
    assert reply.ask_id == asked.ask_id
    assert [each.is_pending for each in table.attempts] == [False]


def test_grade_noted_an_answer_graded_meanwhile_is_on_that_grade(table: Table) -> None:
    table.ask(DRIFT)
    attempt = table.coach.note_answer(table.user, ANSWER)
    assert attempt is not None
    first = table.coach.grade_noted(attempt)
    assert text_of(table.coach.grade_noted(attempt)) == text_of(first)
    assert len(table.attempts) == 1


def test_what_cannot_be_graded_is_not_noted(table: Table) -> None:
    with pytest.raises(NoOpenQuestion):
        table.coach.note_answer(table.user, ANSWER)
    table.ask(DRIFT)
    with pytest.raises(EmptyAnswer):
        table.coach.note_answer(table.user, "🙂")
    assert table.attempts == []


def test_an_answer_that_a_busy_grader_left_stays_noted(table: Table) -> None:
    table.grader = FakeGrader(GraderBusy(1), *FakeGrader().outcomes)
    table.ask(DRIFT)
    attempt = table.coach.note_answer(table.user, ANSWER)
    assert attempt is not None
    with pytest.raises(GradingBusy):
        table.coach.grade_noted(attempt)
    assert [each.answer for each in table.attempts] == [ANSWER]
