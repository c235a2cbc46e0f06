from dataclasses import replace
from datetime import timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text, update

from bot.core.errors import StorageError
from bot.core.practice.model import Ask, AskState, Purpose
from bot.storage.orm import AttemptRow
from bot.storage.repositories.attempts import AT_A_TIME
from bot.storage.unit_of_work import SqlUnitOfWork
from grading.grade import Band, Flag, Grade
from tests.builders import NOON, a_grade, a_user, attempts_of
from tests.databases import MakeUnitOfWork

SHARED_DATABASE = settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def an_ask(uow: SqlUnitOfWork) -> Ask:
    learner = uow.learners.register(a_user(), NOON)
    return uow.asks.add(learner.id, "evaluation/precision", NOON)


def test_the_latest_ask_is_the_last_one_added(unit_of_work: MakeUnitOfWork) -> None:
    with unit_of_work() as uow:
        first = an_ask(uow)
        second = uow.asks.add(first.learner_id, "b/c", NOON - timedelta(days=1))
        assert uow.asks.latest(first.learner_id) == second
        assert uow.asks.latest(first.learner_id + 1) is None
    assert (second.state, second.hints) == (AskState.OPEN, 0)


@pytest.mark.parametrize("state", AskState)
def test_every_state_can_be_stored(unit_of_work: MakeUnitOfWork, state: AskState) -> None:
    with unit_of_work() as uow:
        ask = an_ask(uow)
        uow.asks.update(ask.id, state, hints=2)
        latest = uow.asks.latest(ask.learner_id)
    assert latest is not None
    assert (latest.state, latest.hints) == (state, 2)


def test_the_newest_answers_are_read_a_few_at_a_time(unit_of_work: MakeUnitOfWork) -> None:
    with unit_of_work() as uow:
        asks = [an_ask(uow) for _ in range(2 * AT_A_TIME + 3)]
        for ask in asks:
            answer = uow.attempts.add(ask, "It is a share.", NOON)
            uow.attempts.record_grade(answer.id, a_grade(ask.question_id), NOON)
        pending = uow.attempts.add(asks[0], "It waits.", NOON)
        other = uow.attempts.add(uow.asks.add(asks[0].learner_id, "b/c", NOON), "More.", NOON)
        graded = uow.attempts.record_grade(other.id, a_grade("b/c"), NOON)
        learner = asks[0].learner_id

        newest = list(uow.attempts.newest_graded(learner))

        assert newest[0] == graded
        assert [each.ask_id for each in newest[1:]] == [ask.id for ask in reversed(asks)]
        assert list(uow.attempts.newest_graded(learner + 1)) == []
        assert uow.attempts.last_graded(learner, "b/c") == graded
        assert uow.attempts.last_graded(learner, "b/c", before_id=other.id) is None
        assert uow.attempts.last_graded(learner, asks[0].question_id, pending.id) == newest[1]
        assert uow.attempts.owing(learner) == {asks[0].question_id}
        assert uow.attempts.answered(learner) == {asks[0].question_id, "b/c"}
        assert uow.attempts.owing(learner + 1) == uow.attempts.answered(learner + 1) == frozenset()


@pytest.mark.parametrize(("revealed", "assisted"), [(True, True), (False, False)])
def test_an_attempt_inherits_hints_and_reveal(
    unit_of_work: MakeUnitOfWork, *, revealed: bool, assisted: bool
) -> None:
    with unit_of_work() as uow:
        ask = an_ask(uow)
        state = AskState.REVEALED if revealed else AskState.OPEN
        uow.asks.update(ask.id, state, hints=3)
        ask = uow.asks.latest(ask.learner_id) or ask
        added = uow.attempts.add(ask, "It is a share.", NOON)
        uow.commit()
    with unit_of_work() as uow:
        attempt = uow.attempts.get(added.id)
        assert attempt is not None
        assert attempt == added
        assert attempts_of(uow, ask.learner_id) == (added,)
        assert uow.attempts.get(added.id + 1) is None
    assert (attempt.hints_used, attempt.assisted, attempt.is_pending) == (3, assisted, True)


@pytest.mark.parametrize("purpose", Purpose)
def test_why_a_question_was_asked_is_kept(unit_of_work: MakeUnitOfWork, purpose: Purpose) -> None:
    with unit_of_work() as uow:
        learner = uow.learners.register(a_user(), NOON)
        ask = uow.asks.add(learner.id, "a/b", NOON, purpose=purpose)
        uow.commit()
    with unit_of_work() as uow:
        assert uow.asks.get(ask.id) == ask
        assert uow.asks.get(ask.id + 1) is None
    assert ask.purpose is purpose


def test_only_the_first_attempt_at_a_question_is_the_first(unit_of_work: MakeUnitOfWork) -> None:
    with unit_of_work() as uow:
        ask = an_ask(uow)
        other = uow.learners.register(a_user("43"), NOON)
        asks = [
            ask,
            ask,
            uow.asks.add(ask.learner_id, ask.question_id, NOON),
            uow.asks.add(ask.learner_id, "a/b", NOON),
            uow.asks.add(other.id, ask.question_id, NOON),
        ]
        attempts = [uow.attempts.add(each, "answer", NOON) for each in asks]
        uow.commit()
    assert [attempt.first for attempt in attempts] == [True, False, False, True, True]


def test_after_the_reference_was_shown_no_attempt_is_the_first(
    unit_of_work: MakeUnitOfWork,
) -> None:
    with unit_of_work() as uow:
        ask = an_ask(uow)
        shown = replace(ask, state=AskState.REVEALED)
        assert not uow.attempts.add(shown, "copied", NOON).first
        assert not uow.attempts.add(ask, "own words", NOON).first


def no_try(flag: Flag = Flag.OFF_TOPIC) -> Grade:
    grade = a_grade(score=0.0, band=Band.NONE)
    return grade.model_copy(update={"flags": (flag,)})


def test_what_was_no_try_counts_nowhere_and_leaves_being_first_to_the_next(
    unit_of_work: MakeUnitOfWork,
) -> None:
    with unit_of_work() as uow:
        ask = an_ask(uow)
        talk = uow.attempts.add(ask, "hello there", NOON)
        waiting = uow.attempts.add(ask, "an answer", NOON)
        assert (talk.first, waiting.first) == (True, False)
        graded = uow.attempts.record_grade(talk.id, no_try(), NOON)
        assert graded is not None
        assert (graded.first, graded.counts) == (False, False)
        answer = uow.attempts.get(waiting.id)
        assert answer is not None
        assert (answer.first, answer.counts) == (True, True)
        assert uow.attempts.graded(ask.id) == 0
        assert uow.attempts.last_graded(ask.learner_id, ask.question_id) is None
        assert [line.score for line in uow.history.lines(ask.learner_id)] == [None]
        assert uow.history.latest_grades(ask.learner_id, 9) == ()


def test_an_answer_after_one_that_was_no_try_is_the_first(unit_of_work: MakeUnitOfWork) -> None:
    with unit_of_work() as uow:
        ask = an_ask(uow)
        talk = uow.attempts.add(ask, "x x x", NOON)
        uow.attempts.record_grade(talk.id, no_try(Flag.TOO_SHORT), NOON)
        assert uow.attempts.answered(ask.learner_id) == frozenset()
        assert uow.attempts.add(ask, "an answer", NOON).first


def test_a_copy_of_the_reference_uses_up_the_first_answer(unit_of_work: MakeUnitOfWork) -> None:
    with unit_of_work() as uow:
        ask = an_ask(uow)
        copy = uow.attempts.add(ask, "the reference", NOON)
        uow.attempts.record_grade(copy.id, no_try(Flag.COPIED_REFERENCE), NOON)
        assert not uow.attempts.add(ask, "an answer", NOON).first


def test_a_held_text_is_taken_once_by_its_author_within_a_day(
    unit_of_work: MakeUnitOfWork,
) -> None:
    with unit_of_work() as uow:
        ask = an_ask(uow)
        held = uow.held.add(ask, "hello", NOON)
        assert uow.held.take(held.id, ask.learner_id + 1) is None
        assert uow.held.take(held.id, ask.learner_id) == held
        assert uow.held.take(held.id, ask.learner_id) is None
        old = uow.held.add(ask, "hello", NOON)
        uow.held.add(ask, "hello again", NOON + timedelta(days=1, seconds=1))
        assert uow.held.take(old.id, ask.learner_id) is None


def test_an_attempt_is_pending_until_it_is_graded(unit_of_work: MakeUnitOfWork) -> None:
    with unit_of_work() as uow:
        ask = an_ask(uow)
        first, second = (uow.attempts.add(ask, answer, NOON) for answer in "ab")
        assert uow.attempts.pending() == (first, second)
        graded = uow.attempts.record_grade(first.id, a_grade(), NOON)
        assert uow.attempts.pending() == (second,)
        uow.commit()
    with unit_of_work() as uow:
        assert uow.attempts.get(first.id) == graded
    assert graded is not None
    assert (graded.grade, graded.graded_at) == (a_grade(), NOON)


def test_the_first_grade_wins(unit_of_work: MakeUnitOfWork) -> None:
    with unit_of_work() as uow:
        attempt = uow.attempts.add(an_ask(uow), "answer", NOON)
        assert uow.attempts.record_grade(attempt.id, a_grade(score=0.7), NOON)
        uow.commit()
    with unit_of_work() as uow:
        later = a_grade(score=0.1, band=Band.WEAK)
        assert not uow.attempts.record_grade(attempt.id, later, NOON + timedelta(hours=1))
        uow.commit()
    with unit_of_work() as uow:
        assert not uow.attempts.record_grade(attempt.id + 1, later, NOON)
        (stored,) = attempts_of(uow, attempt.learner_id)
    assert (stored.grade, stored.graded_at) == (a_grade(score=0.7), NOON)


def test_what_reports_need_of_a_grade_has_columns(
    engine: Engine, unit_of_work: MakeUnitOfWork
) -> None:
    with unit_of_work() as uow:
        attempt = uow.attempts.add(an_ask(uow), "answer", NOON)
        uow.attempts.record_grade(attempt.id, a_grade(), NOON)
        uow.commit()
    with engine.connect() as connection:
        query = text("SELECT score, band, grader_version, model FROM attempts")
        assert connection.execute(query).one() == (0.7, "good", "1", "all-MiniLM-L6-v2")


def test_a_grade_of_before_second_opinions_is_read(
    engine: Engine, unit_of_work: MakeUnitOfWork
) -> None:
    with unit_of_work() as uow:
        attempt = uow.attempts.add(an_ask(uow), "answer", NOON)
        uow.attempts.record_grade(attempt.id, a_grade(), NOON)
        uow.commit()
    with engine.begin() as connection:
        grade = a_grade().model_dump_json().replace(',"second_opinion":null', "")
        connection.execute(update(AttemptRow).values(grade=grade))
    assert "second_opinion" not in grade
    with unit_of_work() as uow:
        old = uow.attempts.get(attempt.id)
    assert old is not None
    assert old.grade == a_grade()


def test_an_unreadable_old_grade_is_a_storage_error(
    engine: Engine, unit_of_work: MakeUnitOfWork
) -> None:
    with unit_of_work() as uow:
        attempt = uow.attempts.add(an_ask(uow), "answer", NOON)
        uow.attempts.record_grade(attempt.id, a_grade(), NOON)
        uow.commit()
    with engine.begin() as connection:
        connection.execute(update(AttemptRow).values(grade="{}"))
    with unit_of_work() as uow, pytest.raises(StorageError) as caught:
        uow.attempts.get(attempt.id)
    assert f"attempt {attempt.id}" in caught.value.reason


def test_every_datetime_comes_back_in_utc(unit_of_work: MakeUnitOfWork) -> None:
    tokyo_noon = NOON.astimezone(timezone(timedelta(hours=9)))
    with unit_of_work() as uow:
        learner = uow.learners.register(a_user(), tokyo_noon)
        ask = uow.asks.add(learner.id, "a/b", tokyo_noon)
        attempt = uow.attempts.add(ask, "answer", tokyo_noon)
        uow.attempts.record_grade(attempt.id, a_grade(), tokyo_noon)
        written = [learner.joined_at, ask.asked_at, attempt.submitted_at]
        uow.commit()
    with unit_of_work() as uow:
        (read,) = attempts_of(uow, learner.id)
    assert read.graded_at is not None
    for moment in (*written, read.submitted_at, read.graded_at):
        assert moment.isoformat() == NOON.isoformat()


def test_what_no_foreign_key_allows_is_a_storage_error(unit_of_work: MakeUnitOfWork) -> None:
    with unit_of_work() as uow, pytest.raises(StorageError, match=r"(?i)foreign key"):
        uow.asks.add(99, "a/b", NOON)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE asks SET state = 'lost'",
        "UPDATE asks SET hints = -1",
        "UPDATE attempts SET hints_used = -1",
        "UPDATE attempts SET score = 1.01",
        "UPDATE attempts SET score = -0.01",
        "UPDATE attempts SET graded_at = '2026-11-23 12:00:00'",
    ],
)
def test_the_database_refuses_impossible_values(
    engine: Engine, unit_of_work: MakeUnitOfWork, change: str
) -> None:
    with unit_of_work() as uow:
        uow.attempts.add(an_ask(uow), "answer", NOON)
        uow.commit()
    with engine.begin() as connection, pytest.raises(StorageError, match=r"(?i)check constraint"):
        connection.execute(text(change))


def test_a_learner_leaves_with_everything_and_no_id_returns(
    engine: Engine, unit_of_work: MakeUnitOfWork
) -> None:
    with unit_of_work() as uow:
        attempt = uow.attempts.add(an_ask(uow), "answer", NOON)
        uow.commit()
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM learners"))
    with unit_of_work() as uow:
        assert uow.attempts.get(attempt.id) is None
        assert uow.attempts.add(an_ask(uow), "answer", NOON).id > attempt.id


@given(answer=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
@SHARED_DATABASE
def test_any_answer_comes_back_as_it_was(unit_of_work: MakeUnitOfWork, answer: str) -> None:
    assert stored(unit_of_work, answer) == answer


def stored(unit_of_work: MakeUnitOfWork, answer: str) -> str:
    with unit_of_work() as uow:
        attempt = uow.attempts.add(an_ask(uow), answer, NOON)
        uow.commit()
    with unit_of_work() as uow:
        found = uow.attempts.get(attempt.id)
    assert found is not None
    return found.answer
