"""What follows from a grade, on a real database: in one transaction, and exactly once."""

import threading
from collections.abc import Sequence
from datetime import datetime

import pytest

from bot.core.errors import GradingUnavailable
from bot.core.practice.answering import Answering, Consequence
from bot.core.practice.errors import NoOpenQuestion
from bot.core.practice.model import Attempt
from bot.core.unit_of_work import UnitOfWork
from grading.errors import ModelUnavailable
from knowledge.bank import QuestionBank
from knowledge.question import Question
from tests.builders import NOON, a_user
from tests.core.samples import ANSWER, DRIFT, taken
from tests.databases import MakeUnitOfWork
from tests.fakes import FakeGrader, FixedClock


class Remember:
    """Ask the learner once more, so that the database shows whether it happened."""

    def __init__(self) -> None:
        self.seen: list[tuple[Attempt, str, datetime]] = []

    def __call__(
        self, uow: UnitOfWork, attempt: Attempt, question: Question, now: datetime
    ) -> None:
        self.seen.append((attempt, question.id, now))
        uow.asks.add(attempt.learner_id, f"after/{attempt.id}", now)


def crash(uow: UnitOfWork, attempt: Attempt, question: Question, now: datetime) -> None:
    raise RuntimeError("bug")


@pytest.fixture
def unit_of_work(every_unit_of_work: MakeUnitOfWork) -> MakeUnitOfWork:
    return every_unit_of_work


def answering(
    bank: QuestionBank,
    unit_of_work: MakeUnitOfWork,
    consequences: Sequence[Consequence],
    grader: FakeGrader | None = None,
) -> Answering:
    return Answering(bank, grader or FakeGrader(), unit_of_work, FixedClock(), consequences)


@pytest.fixture
def asked(unit_of_work: MakeUnitOfWork) -> MakeUnitOfWork:
    """A database in which somebody was asked about drift."""
    with unit_of_work() as uow:
        uow.asks.add(uow.learners.register(a_user(), NOON).id, DRIFT, NOON)
        uow.commit()
    return unit_of_work


def questions(unit_of_work: MakeUnitOfWork) -> list[str]:
    with unit_of_work() as uow:
        return [asked.question_id for asked in uow.asks.asked(1)]


def test_a_grade_has_its_consequences_in_their_order(bank: QuestionBank, asked: MakeUnitOfWork):
    first, second = Remember(), Remember()

    attempt = taken(answering(bank, asked, [first, second]), a_user(), ANSWER)

    assert attempt.grade is not None
    assert first.seen == second.seen == [(attempt, DRIFT, NOON)]
    assert questions(asked) == [DRIFT, "after/1", "after/1"]


def test_a_crash_in_a_consequence_stores_nothing_and_the_grade_follows_later(
    bank: QuestionBank, asked: MakeUnitOfWork
):
    with pytest.raises(RuntimeError, match="bug"):
        taken(answering(bank, asked, [Remember(), crash]), a_user(), ANSWER)

    with asked() as uow:
        (attempt,) = uow.attempts.pending()
    assert attempt.answer == ANSWER
    assert questions(asked) == [DRIFT]

    (graded,) = answering(bank, asked, [Remember()]).grade_pending()

    assert (graded.id, graded.is_pending) == (attempt.id, False)
    assert questions(asked) == [DRIFT, "after/1"]


def test_no_grade_has_no_consequence(bank: QuestionBank, asked: MakeUnitOfWork):
    remember, unavailable = Remember(), FakeGrader(ModelUnavailable("tiny", "no such file"))

    with pytest.raises(GradingUnavailable):
        taken(answering(bank, asked, [remember], unavailable), a_user(), ANSWER)

    assert remember.seen == []


def test_threads_that_grade_one_attempt_at_once_have_its_consequences_once(
    bank: QuestionBank, asked: MakeUnitOfWork
):
    with pytest.raises(RuntimeError):
        taken(answering(bank, asked, [crash]), a_user(), ANSWER)
    remember, together = Remember(), threading.Barrier(3)
    grader = FakeGrader(meanwhile=lambda: together.wait(timeout=30))
    results: list[Attempt] = []

    def grade() -> None:
        results.extend(answering(bank, asked, [remember], grader).grade_pending())

    threads = [threading.Thread(target=grade) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(remember.seen) == 1
    assert questions(asked) == [DRIFT, "after/1"]
    assert len(set(results)) == 1
    assert len(results) == 3


def test_an_answer_goes_to_the_ask_that_is_named(bank: QuestionBank, asked: MakeUnitOfWork):
    with asked() as uow:
        mine = uow.asks.add(1, "interpretability/lime", NOON)
        theirs = uow.asks.add(uow.learners.register(a_user("43"), NOON).id, DRIFT, NOON)
        uow.commit()

    attempt = taken(answering(bank, asked, []), a_user(), ANSWER, ask_id=1)

    assert (attempt.ask_id, attempt.question_id) == (1, DRIFT)
    for ask_id in (theirs.id, mine.id + 99):
        with pytest.raises(NoOpenQuestion):
            taken(answering(bank, asked, []), a_user(), ANSWER, ask_id=ask_id)
