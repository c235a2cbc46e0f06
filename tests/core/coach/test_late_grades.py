"""Grades that are late still reach whoever gave the answer."""

import logging
from datetime import timedelta
from typing import Any

import pytest

from bot.core.accounts.model import PlatformUser
from bot.core.coach.errors import NoFeedback
from bot.core.coach.late_grades import IN_WORK, LateGrades
from bot.core.deduplication import mark_owed
from bot.core.errors import GraderAway, GradingUnavailable, StorageError, UsageError
from bot.core.notifications.service import Notices
from bot.core.practice.answering import LONGEST_PAUSE, Answering
from bot.core.reply import Score
from grading.errors import GraderUnreachable, ModelUnavailable
from grading.grade import Grade
from knowledge.bank import QuestionBank
from tests.builders import a_user
from tests.core.samples import ANSWER, DRIFT, a_grade_of, coach_of, text_of, typed
from tests.databases import MakeUnitOfWork
from tests.fakes import FakeGrader, FixedClock

ADA, GRACE = a_user("1"), a_user("2", display_name="Grace")


class House:
    """A coach whose model is away for the first answer, unless other outcomes are given."""

    def __init__(
        self, bank: QuestionBank, uow: MakeUnitOfWork, *outcomes: Grade | Exception
    ) -> None:
        self.clock = FixedClock()
        grade = a_grade_of(bank.get(DRIFT), score=0.7)
        given = outcomes or (ModelUnavailable("tiny", "no such file"), grade)
        grader = self.grader = FakeGrader(*given)
        answering = self.answering = Answering(bank, grader, uow, self.clock)
        self.coach = coach_of(bank, answering, uow, self.clock)
        self.owed = LateGrades(bank, answering, self.coach, uow, self.clock)
        self.notices = Notices(uow, self.clock)

    def answered_in_vain(self, user: PlatformUser = ADA) -> None:
        self.coach.ask(user, "drift")
        with pytest.raises(GradingUnavailable):
            self.coach.submit_answer(user, ANSWER)

    def heard(self, user: Any = ADA) -> str:
        return "\n".join(text_of(reply) for reply in self.notices.waiting(user))


@pytest.fixture
def house(bank: QuestionBank, unit_of_work: MakeUnitOfWork) -> House:
    return House(bank, unit_of_work)


def test_a_grade_that_was_owing_is_told_once(house: House):
    house.answered_in_vain()
    house.clock.pass_by(IN_WORK)

    assert house.owed.complete() == 1
    assert house.owed.complete() == 0

    heard = house.heard()
    assert "Your answer of 23 November 2026 to “What is concept drift" in heard
    assert house.heard() == ""


def test_while_a_cluster_is_away_answers_are_kept_and_only_one_is_tried(
    bank: QuestionBank, unit_of_work: MakeUnitOfWork
):
    away, grade = GraderUnreachable("nobody is there"), a_grade_of(bank.get(DRIFT), score=0.7)
    house = House(bank, unit_of_work, away, away, away, grade)
    for user in (ADA, GRACE):
        house.coach.ask(user, "drift")
        with pytest.raises(GraderAway, match="nobody is there") as told:
            house.coach.submit_answer(user, ANSWER)
        assert "it's saved and will be graded" in told.value.sentence

    assert house.owed.complete() == 0
    assert len(house.grader.graded) == 3  # of two that wait, one was tried
    assert house.owed.complete() == 2
    assert "Your answer" in house.heard(ADA)
    assert "Your answer" in house.heard(GRACE)


def test_an_answer_that_may_be_in_work_is_left_alone(house: House):
    house.coach.ask(ADA, "drift")
    house.coach.take_answer(ADA, ANSWER)
    house.clock.pass_by(IN_WORK - timedelta(seconds=1))

    assert house.owed.complete() == 0
    house.clock.pass_by(timedelta(seconds=1))
    assert house.owed.complete() == 0  # the model is away
    assert house.owed.complete() == 1


def test_an_answer_that_could_not_be_graded_is_graded_as_soon_as_it_can(house: House):
    house.answered_in_vain()

    assert house.owed.complete() == 1
    assert "What is concept drift" in house.heard()


def test_the_next_program_grades_at_once_what_the_last_one_left(
    bank: QuestionBank, unit_of_work: MakeUnitOfWork
):
    killed = House(bank, unit_of_work)
    for user in (ADA, GRACE):
        killed.coach.ask(user, "drift")
        killed.coach.take_answer(user, ANSWER)
    with unit_of_work() as uow:
        mark_owed(uow, "slack:event:1", "2 [a form]", killed.clock.now())
        uow.commit()

    house = House(bank, unit_of_work)
    house.clock.pass_by(timedelta(seconds=1))
    house.owed = LateGrades(bank, house.answering, house.coach, unit_of_work, house.clock)
    house.coach.ask(ADA, "lime")
    house.coach.take_answer(ADA, ANSWER)
    house.clock.pass_by(timedelta(seconds=1))

    assert house.owed.complete() == 0  # the model is away
    assert house.owed.complete() == 1
    assert house.owed.complete() == 0
    assert "What is concept drift" in house.heard()
    assert house.heard(GRACE) == ""  # her form shows it


def test_of_what_is_owed_everybody_has_their_first_before_anybody_has_their_second(
    bank: QuestionBank, unit_of_work: MakeUnitOfWork
):
    killed = House(bank, unit_of_work, a_grade_of(bank.get(DRIFT), score=0.7))
    for user, answers in ((ADA, 3), (GRACE, 1)):
        for _ in range(answers):
            killed.coach.ask(user, "drift")
            killed.coach.take_answer(user, f"{user.external_id}: {ANSWER}")
    house = House(bank, unit_of_work, a_grade_of(bank.get(DRIFT), score=0.7))

    assert house.owed.complete(timedelta()) == 4

    assert [text.partition(":")[0] for _, text in house.grader.graded] == ["1", "2", "1", "1"]


def test_the_feedback_can_be_read_again(house: House):
    house.answered_in_vain()
    house.owed.complete(timedelta())
    (told,) = house.notices.waiting(ADA)
    (choice,) = told.choices
    name, number = choice.words.split()

    for words in ("", number):
        reply = typed(house.owed.commands(), f"feedback {words}", ADA)
        assert any(isinstance(block, Score) and block.value == 0.7 for block in reply.blocks)
        assert reply.question_id == DRIFT
    assert name == house.owed.commands()[0].name


@pytest.mark.parametrize("words", ["", "1", "99"])
def test_nobody_reads_what_is_said_to_somebody_else(house: House, words: str):
    house.answered_in_vain()
    house.owed.complete(timedelta())
    house.coach.ask(GRACE)

    with pytest.raises(NoFeedback):
        typed(house.owed.commands(), f"feedback {words}", GRACE)
    assert house.heard(GRACE) == ""


def test_feedback_is_named_by_a_number(house: House):
    with pytest.raises(UsageError, match=r"NUMBER"):
        typed(house.owed.commands(), "feedback drift", GRACE)


def test_a_grade_that_could_not_be_shown_waits_for_the_learner(house: House):
    house.answered_in_vain()
    asked = house.coach.ask(ADA, "drift").ask_id
    house.coach.submit_answer(ADA, ANSWER, asked)

    house.owed.not_shown(ADA, asked)

    assert "has its grade" in house.heard()


def test_a_grade_that_an_outage_kept_from_being_stored_comes_with_the_next_look(
    bank: QuestionBank, unit_of_work: MakeUnitOfWork
):
    outage = iter(())

    def beginning() -> Any:
        if next(outage, False):
            raise StorageError("postgresql://…", "the connection is closed")
        return unit_of_work()

    clock = FixedClock()
    answering = Answering(bank, FakeGrader(), beginning, clock, storing=unit_of_work)
    coach = coach_of(bank, answering, unit_of_work, clock)
    owed = LateGrades(bank, answering, coach, unit_of_work, clock)
    coach.ask(ADA, "drift")
    outage = iter((True, True))
    with pytest.raises(StorageError):
        coach.submit_answer(ADA, ANSWER)

    assert owed.complete() == 0  # it goes on
    assert owed.complete() == 1
    assert owed.complete() == 0
    assert len(Notices(unit_of_work, clock).waiting(ADA)) == 1


def test_an_answer_that_nothing_can_grade_is_said_once_and_tried_more_and_more_seldom(
    house: House, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.WARNING, "bot")
    house.answered_in_vain()
    house.grader.outcomes = (OverflowError("no such piece"),)
    tries = []
    for _ in range(24 * 60):
        before = len(house.grader.graded)
        house.owed.complete(timedelta())
        tries.append(len(house.grader.graded) - before)
        house.clock.pass_by(timedelta(minutes=1))
    during = list(caplog.messages)
    house.grader.outcomes = ()
    house.clock.pass_by(LONGEST_PAUSE)

    assert sum(tries[:60]) < 10
    assert sum(tries[-12 * 60 :]) == 12
    assert during == ["fault: grades owing: an answer cannot be graded (OverflowError)"]
    assert house.owed.complete(timedelta()) == 1
    assert caplog.messages[1].startswith("fault over: grades owing: ")


def test_an_answer_that_nothing_can_grade_keeps_nobody_else_waiting(
    bank: QuestionBank, unit_of_work: MakeUnitOfWork
):
    away, poison = ModelUnavailable("tiny", "no such file"), OverflowError("no such piece")
    house = House(bank, unit_of_work, away, poison, away, a_grade_of(bank.get(DRIFT), score=0.7))
    house.answered_in_vain()
    house.owed.complete(timedelta())
    house.answered_in_vain(GRACE)

    assert house.owed.complete(timedelta()) == 1
    assert "has its grade" in house.heard(GRACE)
