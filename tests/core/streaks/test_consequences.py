"""Which answers make a day an answered one, on real databases."""

from datetime import date, timedelta

import pytest

from bot.core.accounts.model import LearnerSettings
from bot.core.accounts.service import Accounts
from bot.core.coach.service import Coach
from bot.core.errors import GradingBusy
from bot.core.practice.answering import Answering
from bot.core.practice.model import NO_TRIES, Purpose, is_try
from bot.core.streaks.consequences import record_active_day
from grading.errors import GraderBusy
from grading.grade import Band, Flag, Grade
from knowledge.bank import QuestionBank
from tests.builders import NOON, a_grade, a_user
from tests.core.samples import ANSWER, DRIFT, coach_of, taken
from tests.databases import MakeUnitOfWork
from tests.fakes import FakeGrader, FixedClock

ADA = a_user()
MONDAY = date(2026, 11, 23)
WRONG = a_grade(DRIFT, score=0.0, band=Band.NONE)


def flagged(*flags: Flag) -> Grade:
    return WRONG.model_copy(update={"flags": flags})


class Desk:
    """A coach that keeps streaks only."""

    def __init__(self, bank: QuestionBank, unit_of_work: MakeUnitOfWork) -> None:
        self.bank = bank
        self.unit_of_work = unit_of_work
        self.clock = FixedClock()

    def answering(self, *outcomes: Grade | Exception) -> Answering:
        grader = FakeGrader(*outcomes)
        return Answering(self.bank, grader, self.unit_of_work, self.clock, (record_active_day,))

    def coach(self, *outcomes: Grade | Exception) -> Coach:
        return coach_of(self.bank, self.answering(*outcomes), self.unit_of_work, self.clock)

    def answer(self, *outcomes: Grade | Exception) -> None:
        coach = self.coach(*outcomes)
        coach.ask(ADA, "drift")
        coach.submit_answer(ADA, ANSWER)

    def live_in(self, zone: str, day_starts: int = 4) -> None:
        with self.unit_of_work() as uow:
            learner = uow.learners.register(ADA, NOON)
            uow.learners.set_settings(learner.id, LearnerSettings(zone, day_starts))
            uow.commit()

    @property
    def days(self) -> dict[date, int | None]:
        with self.unit_of_work() as uow:
            return uow.activity_days.of_learner(1)


@pytest.fixture
def desk(bank: QuestionBank, every_unit_of_work: MakeUnitOfWork) -> Desk:
    return Desk(bank, every_unit_of_work)


def test_a_wrong_answer_is_a_try(desk: Desk):
    desk.answer(WRONG)

    assert desk.days == {MONDAY: 1}


@pytest.mark.parametrize("flag", Flag)
def test_what_answers_nothing_leaves_the_day_open_for_a_try(desk: Desk, flag: Flag):
    desk.answer(flagged(flag))
    assert desk.days == ({} if flag in NO_TRIES else {MONDAY: 1})

    desk.answer(a_grade(DRIFT))
    assert desk.days == {MONDAY: 2 if flag in NO_TRIES else 1}


def test_one_flag_among_others_is_enough():
    assert not is_try(flagged(Flag.NOT_ENGLISH, Flag.ECHO))


def test_the_first_try_of_a_day_is_its_answer(desk: Desk):
    for _ in range(3):
        desk.answer(a_grade(DRIFT))
        desk.clock.pass_by(timedelta(hours=7))

    assert desk.days == {MONDAY: 1}


def test_an_answer_in_ones_own_words_counts_after_the_reveal_too(desk: Desk):
    coach = desk.coach()
    coach.ask(ADA, "drift")
    coach.reveal(ADA)
    coach.submit_answer(ADA, ANSWER)

    assert desk.days == {MONDAY: 1}


@pytest.mark.parametrize("purpose", Purpose)
def test_whatever_the_question_was_asked_for_counts(desk: Desk, purpose: Purpose):
    with desk.unit_of_work() as uow:
        learner = uow.learners.register(ADA, NOON)
        ask = uow.asks.add(learner.id, DRIFT, NOON, purpose=purpose)
        uow.commit()
    taken(desk.answering(), ADA, ANSWER, ask.id)

    assert list(desk.days) == [MONDAY]


def test_a_late_grade_counts_for_the_day_of_the_answer(desk: Desk):
    with pytest.raises(GradingBusy):
        desk.answer(GraderBusy(128))
    assert desk.days == {}

    desk.clock.pass_by(timedelta(days=5))
    desk.coach().grade_pending(ADA)

    assert desk.days == {MONDAY: 1}


def test_a_move_before_a_late_grade_moves_no_day(desk: Desk):
    accounts = Accounts(desk.unit_of_work, desk.clock)
    with pytest.raises(GradingBusy):
        desk.answer(GraderBusy(128))

    desk.clock.pass_by(timedelta(hours=1))
    accounts.change_settings(ADA, zone="Pacific/Kiritimati", day_starts=0)
    desk.coach().grade_pending(ADA)

    assert desk.days == {MONDAY: 1}


@pytest.mark.parametrize(
    ("zone", "day_starts", "day"),
    [
        ("Pacific/Kiritimati", 4, MONDAY),  # 2 h of the 24th, fourteen hours ahead
        ("Pacific/Kiritimati", 2, MONDAY + timedelta(days=1)),
        ("Pacific/Honolulu", 4, MONDAY - timedelta(days=1)),  # 2 h of the 23rd
        ("Pacific/Honolulu", 0, MONDAY),
    ],
)
def test_the_day_is_the_learners_own(desk: Desk, zone: str, day_starts: int, day: date):
    desk.live_in(zone, day_starts)
    desk.answer()

    assert list(desk.days) == [day]


def test_another_zone_later_rewrites_no_day(desk: Desk):
    desk.answer()
    desk.live_in("Pacific/Kiritimati", 0)
    desk.answer()

    assert list(desk.days) == [MONDAY, MONDAY + timedelta(days=1)]
