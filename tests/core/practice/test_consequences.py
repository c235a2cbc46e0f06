"""Who plays, and when: the first unassisted answer, once, on real databases."""

import pytest

from bot.core.coach.service import Coach
from bot.core.communities.model import Place
from bot.core.errors import GradingBusy
from bot.core.practice.answering import Answering
from bot.core.practice.consequences import counted_by, update_ratings
from bot.core.practice.ratings import (
    CENTRE,
    NEW_DEVIATION,
    NEW_TOPIC_DEVIATION,
    Elo,
    question_prior,
    update,
)
from grading.errors import GraderBusy
from grading.grade import Band
from knowledge.bank import QuestionBank
from tests.builders import a_grade, a_user
from tests.core.samples import ANSWER, DRIFT, coach_of
from tests.databases import MakeUnitOfWork
from tests.fakes import FakeGrader, FixedClock
from tests.meter import RememberingMeter

ADA, BOB = a_user("A"), a_user("B")
LIME = "interpretability/lime"


class Hall:
    """A coach over a database that rates."""

    def __init__(self, bank: QuestionBank, unit_of_work: MakeUnitOfWork) -> None:
        self.bank = bank
        self.unit_of_work = unit_of_work
        self.meter = RememberingMeter()

    def coach(self, *outcomes: object) -> Coach:
        clock = FixedClock()
        grader = FakeGrader(*outcomes)
        follows = (update_ratings, counted_by(self.meter))
        answering = Answering(self.bank, grader, self.unit_of_work, clock, follows)
        return coach_of(self.bank, answering, self.unit_of_work, clock)

    def skills(self, learner_id: int = 1) -> dict[str, Elo]:
        with self.unit_of_work() as uow:
            return uow.elos.skills(learner_id)

    @property
    def difficulties(self) -> dict[str, Elo]:
        with self.unit_of_work() as uow:
            return uow.elos.difficulties()


@pytest.fixture
def hall(bank: QuestionBank, every_unit_of_work: MakeUnitOfWork) -> Hall:
    return Hall(bank, every_unit_of_work)


def answer(coach: Coach, about: str = "drift", user=ADA) -> None:
    coach.ask(user, about)
    coach.submit_answer(user, ANSWER)


def test_a_first_answer_moves_the_learner_and_the_question(hall: Hall):
    answer(hall.coach(a_grade(DRIFT, score=0.9)))

    prior = question_prior(hall.bank.get(DRIFT).difficulty)
    mine, theirs = update(Elo(), prior, 0.9)
    assert hall.skills() == {"monitoring": mine}
    assert hall.difficulties == {DRIFT: theirs}
    assert mine.value > CENTRE
    assert theirs.value < prior.value
    assert mine.deviation < NEW_DEVIATION


def test_later_answers_move_nothing(hall: Hall):
    coach = hall.coach(a_grade(DRIFT, score=0.2), a_grade(DRIFT, score=1.0))
    answer(coach)
    before = hall.skills(), hall.difficulties

    coach.submit_answer(ADA, ANSWER)
    answer(coach)

    assert (hall.skills(), hall.difficulties) == before


def test_an_answer_after_the_reference_moves_nothing(hall: Hall):
    coach = hall.coach()
    coach.ask(ADA, "drift")
    coach.reveal(ADA)

    coach.submit_answer(ADA, ANSWER)

    assert (hall.skills(), hall.difficulties) == ({}, {})


def test_a_question_meets_each_learner_where_the_others_left_it(hall: Hall):
    coach = hall.coach(a_grade(DRIFT, score=0.0))
    answer(coach)
    after_ada = hall.difficulties[DRIFT]

    answer(coach, user=BOB)

    _, after_bob = update(Elo(), after_ada, 0.0)
    assert hall.difficulties[DRIFT] == after_bob
    assert hall.skills(1) == {"monitoring": update(Elo(), question_prior(3), 0.0)[0]}


def test_a_new_topic_starts_from_the_skill_in_others(hall: Hall):
    coach = hall.coach(a_grade(DRIFT, score=1.0))
    answer(coach)
    strong = hall.skills()["monitoring"]

    answer(coach, "lime")

    assert hall.skills()["interpretability"].value > CENTRE
    assert hall.skills()["interpretability"].deviation < NEW_TOPIC_DEVIATION
    assert hall.skills()["monitoring"] == strong


def test_a_late_grade_plays_once(hall: Hall):
    coach = hall.coach(GraderBusy(128))
    coach.ask(ADA, "drift")
    with pytest.raises(GradingBusy):
        coach.submit_answer(ADA, ANSWER)
    assert hall.skills() == {}

    for _ in range(2):
        hall.coach(a_grade(DRIFT, score=0.9)).grade_pending(ADA)

    assert hall.skills() == {"monitoring": update(Elo(), question_prior(3), 0.9)[0]}


def test_every_grade_is_counted_once_where_it_was_given(hall: Hall):
    coach = hall.coach(a_grade(DRIFT, band=Band.WEAK), a_grade(DRIFT, band=Band.STRONG))
    coach.ask(ADA, "drift", Place("T1", "C1"))
    coach.submit_answer(ADA, ANSWER)
    answer(coach)

    assert hall.meter.grades == [("discord", "weak", 0.0), ("private", "strong", 0.0)]
