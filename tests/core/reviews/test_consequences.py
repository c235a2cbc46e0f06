"""What answers and reveals do to the cards, on real databases: one review an ask, exactly once."""

import threading
from datetime import timedelta

import pytest

from bot.core.accounts.model import LearnerSettings
from bot.core.coach.service import Coach
from bot.core.errors import GradingBusy
from bot.core.practice.answering import Answering
from bot.core.practice.model import AskState
from bot.core.reviews.consequences import lapse_card, update_card
from bot.core.reviews.model import Card, interval
from grading.errors import GraderBusy
from grading.grade import Band
from knowledge.bank import QuestionBank
from tests.builders import NOON, a_grade, a_user
from tests.core.samples import ANSWER, DRIFT, coach_of
from tests.databases import MakeUnitOfWork
from tests.fakes import FakeGrader, FixedClock

ADA = a_user()
STRONG, WEAK = (
    a_grade(DRIFT, score=0.95, band=Band.STRONG),
    a_grade(DRIFT, score=0.1, band=Band.WEAK),
)


class Desk:
    """A coach over a database that remembers."""

    def __init__(self, bank: QuestionBank, unit_of_work: MakeUnitOfWork) -> None:
        self.bank = bank
        self.unit_of_work = unit_of_work
        self.clock = FixedClock()

    def coach(self, *outcomes: object, grader: FakeGrader | None = None) -> Coach:
        grader = grader or FakeGrader(*outcomes)
        answering = Answering(self.bank, grader, self.unit_of_work, self.clock, (update_card,))
        return coach_of(self.bank, answering, self.unit_of_work, self.clock)

    @property
    def card(self) -> Card | None:
        with self.unit_of_work() as uow:
            return uow.cards.get(1, DRIFT)


@pytest.fixture
def desk(bank: QuestionBank, every_unit_of_work: MakeUnitOfWork) -> Desk:
    return Desk(bank, every_unit_of_work)


def test_an_answer_makes_a_card_and_a_better_one_comes_back_later(desk: Desk):
    coach = desk.coach(STRONG)
    coach.ask(ADA, "drift")
    assert desk.card is None

    coach.submit_answer(ADA, ANSWER)

    assert desk.card is not None
    assert (desk.card.reviews, desk.card.last_review) == (1, NOON)
    assert interval(desk.card) > 3


def test_only_the_first_answer_to_an_ask_is_a_review(desk: Desk):
    coach = desk.coach(WEAK, STRONG)
    coach.ask(ADA, "drift")
    coach.submit_answer(ADA, "No idea of it.")
    first = desk.card

    desk.clock.pass_by(timedelta(days=3))
    coach.submit_answer(ADA, ANSWER)

    assert desk.card == first


def test_a_new_ask_of_what_is_due_is_a_new_review(desk: Desk):
    coach = desk.coach(WEAK, STRONG)
    for _ in range(2):
        coach.ask(ADA, "drift")
        coach.submit_answer(ADA, ANSWER)
        desk.clock.pass_by(timedelta(days=2))

    assert desk.card is not None
    assert (desk.card.reviews, desk.card.last_review) == (2, NOON + timedelta(days=2))


def test_practice_ahead_of_schedule_moves_nothing_whatever_the_grade(desk: Desk):
    coach = desk.coach(STRONG, WEAK)
    coach.ask(ADA, "drift")
    coach.submit_answer(ADA, ANSWER)
    first = desk.card

    desk.clock.pass_by(timedelta(days=1))
    coach.ask(ADA, "drift")
    coach.submit_answer(ADA, "No idea of it.")
    coach.ask(ADA, "drift")
    coach.reveal(ADA)

    assert desk.card == first


def test_looking_it_up_without_an_answer_is_not_having_recalled(desk: Desk):
    coach = desk.coach(STRONG)
    coach.ask(ADA, "drift")
    coach.reveal(ADA)
    looked_up = desk.card

    coach.reveal(ADA)
    coach.submit_answer(ADA, ANSWER)

    assert looked_up is not None
    assert (looked_up.reviews, interval(looked_up)) == (1, 1)
    assert desk.card == looked_up


def test_looking_it_up_after_an_answer_changes_nothing(desk: Desk):
    coach = desk.coach(STRONG)
    coach.ask(ADA, "drift")
    coach.submit_answer(ADA, ANSWER)
    first = desk.card

    desk.clock.pass_by(timedelta(days=30))
    coach.reveal(ADA)
    coach.submit_answer(ADA, ANSWER)

    assert desk.card == first


def test_a_grade_that_comes_late_counts_for_the_day_of_the_answer(desk: Desk):
    coach = desk.coach(GraderBusy(128))
    coach.ask(ADA, "drift")
    with pytest.raises(GradingBusy):
        coach.submit_answer(ADA, ANSWER)
    coach.reveal(ADA)
    assert desk.card is None

    desk.clock.pass_by(timedelta(days=5))
    desk.coach(STRONG).grade_pending(ADA)

    assert desk.card is not None
    assert (desk.card.reviews, desk.card.last_review) == (1, NOON)


def test_days_are_those_of_the_learner(desk: Desk):
    """What is due on the 24th is due when the 24th begins in Auckland, still the 23rd in UTC."""
    with desk.unit_of_work() as uow:
        learner = uow.learners.register(ADA, NOON)
        uow.learners.set_settings(learner.id, LearnerSettings("Pacific/Auckland"))
        uow.commit()
    coach = desk.coach(WEAK, STRONG)
    coach.ask(ADA, "drift")
    coach.submit_answer(ADA, ANSWER)

    desk.clock.pass_by(timedelta(hours=4))
    coach.ask(ADA, "drift")
    coach.submit_answer(ADA, ANSWER)

    assert desk.card is not None
    assert desk.card.reviews == 2


def test_programs_that_grade_one_answer_at_once_review_it_once(desk: Desk):
    coach = desk.coach(GraderBusy(128))
    coach.ask(ADA, "drift")
    with pytest.raises(GradingBusy):
        coach.submit_answer(ADA, ANSWER)
    together = threading.Barrier(3)
    grader = FakeGrader(WEAK, meanwhile=lambda: together.wait(timeout=30))
    coaches = [desk.coach(grader=grader) for _ in range(3)]

    threads = [threading.Thread(target=each.grade_pending, args=(ADA,)) for each in coaches]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert desk.card is not None
    assert (desk.card.reviews, desk.card.lapses) == (1, 0)


@pytest.mark.parametrize("state", [AskState.ANSWERED, AskState.REVEALED])
def test_only_an_open_ask_can_be_looked_up(desk: Desk, state: AskState):
    with desk.unit_of_work() as uow:
        ask = uow.asks.add(uow.learners.register(ADA, NOON).id, DRIFT, NOON)
        uow.asks.update(ask.id, state, 0)
        stored = uow.asks.get(ask.id)
        assert stored is not None
        lapse_card(uow, stored, NOON)
        uow.commit()

    assert desk.card is None
