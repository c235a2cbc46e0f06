from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.interviews.model import Interview, InterviewState
from bot.core.practice.model import Purpose
from tests.builders import NOON, a_grade, a_user
from tests.databases import MakeUnitOfWork

LATER = NOON + timedelta(minutes=3)


def test_an_interview_comes_back_as_it_was_kept(unit_of_work: MakeUnitOfWork) -> None:
    with unit_of_work() as uow:
        learner = uow.learners.register(a_user(), NOON).id
        new = uow.interviews.add(learner, ("a/b", "a/c"), NOON)
        assert new == Interview(new.id, learner, ("a/b", "a/c"), NOON)
        going = replace(
            new, position=1, follow_ups=("Why “so”?",), following=True, active_seconds=61.25
        )
        uow.interviews.update(replace(going, shown_at=LATER))
        uow.commit()
    with unit_of_work() as uow:
        assert uow.interviews.get(new.id) == replace(going, shown_at=LATER)
        assert uow.interviews.get(new.id + 1) is None


@pytest.mark.parametrize("state", InterviewState)
def test_running_and_paused_ones_are_unfinished(
    unit_of_work: MakeUnitOfWork, state: InterviewState
) -> None:
    with unit_of_work() as uow:
        learner = uow.learners.register(a_user(), NOON).id
        uow.interviews.add(uow.learners.register(a_user("other"), NOON).id, ("a/b",), NOON)
        interview = replace(uow.interviews.add(learner, ("a/b",), NOON), state=state)
        uow.interviews.update(interview)
        uow.commit()
    with unit_of_work() as uow:
        assert uow.interviews.unfinished(learner) == (None if interview.is_over else interview)
        assert uow.interviews.latest(learner) == interview
        assert uow.interviews.latest(learner + 9) is None


def test_asks_and_answers_of_an_interview_are_found(unit_of_work: MakeUnitOfWork) -> None:
    with unit_of_work() as uow:
        learner = uow.learners.register(a_user(), NOON).id
        interview = uow.interviews.add(learner, ("a/b", "a/c"), NOON)
        asks = [
            uow.asks.add(learner, name, NOON, purpose=Purpose.INTERVIEW, interview_id=interview.id)
            for name in interview.question_ids
        ]
        other = uow.asks.add(learner, "a/b", NOON)
        said = [uow.attempts.add(asks[0], text, NOON) for text in ("first", "second")]
        uow.attempts.add(other, "elsewhere", NOON)
        graded = uow.attempts.record_grade(said[0].id, a_grade("a/b"), NOON)
        uow.commit()
    with unit_of_work() as uow:
        assert uow.asks.of_interview(interview.id) == tuple(asks)
        assert uow.attempts.of_ask(asks[0].id) == (graded, said[1])
        assert uow.attempts.of_ask(asks[1].id) == ()
        assert (asks[0].interview_id, other.interview_id) == (interview.id, None)


def test_two_accounts_that_join_are_in_one_interview_at_most(unit_of_work: MakeUnitOfWork) -> None:
    with unit_of_work() as uow:
        kept, gone = (uow.learners.register(a_user(name), NOON).id for name in ("kept", "gone"))
        ours = uow.interviews.add(kept, ("a/b",), NOON)
        theirs = replace(uow.interviews.add(gone, ("a/c",), NOON), shown_at=LATER)
        uow.interviews.update(theirs)
        uow.learners.merge(gone, kept)
        uow.commit()
    with unit_of_work() as uow:
        assert uow.interviews.unfinished(kept) == ours
        ended = uow.interviews.get(theirs.id)
    assert ended is not None
    assert (ended.learner_id, ended.state) == (kept, InterviewState.ABANDONED)
    assert (ended.finished_at, ended.shown_at) == (LATER, None)


def test_an_interview_goes_on_with_the_account_that_stays(unit_of_work: MakeUnitOfWork) -> None:
    with unit_of_work() as uow:
        kept, gone = (uow.learners.register(a_user(name), NOON).id for name in ("kept", "gone"))
        theirs = uow.interviews.add(gone, ("a/c",), NOON)
        uow.learners.merge(gone, kept)
        uow.commit()
    with unit_of_work() as uow:
        assert uow.interviews.unfinished(kept) == replace(theirs, learner_id=kept)
