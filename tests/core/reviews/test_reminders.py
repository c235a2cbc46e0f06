"""Reminders of what is due, on real databases."""

from datetime import UTC, datetime, timedelta

import pytest
from fsrs import Rating

from bot.core.accounts.model import LearnerSettings, PlatformUser
from bot.core.notifications.service import Notices
from bot.core.reviews.model import review
from bot.core.reviews.reminders import Reminding
from knowledge.bank import QuestionBank
from tests.builders import NOON, a_user
from tests.core.samples import DRIFT, text_of
from tests.databases import MakeUnitOfWork
from tests.fakes import FixedClock

ADA = a_user("ada")
LATER = NOON + timedelta(days=20)
"""At noon in London, when what was answered badly has long been due."""


class Desk:
    def __init__(self, bank: QuestionBank, unit_of_work: MakeUnitOfWork) -> None:
        self.unit_of_work = unit_of_work
        self.clock = FixedClock(LATER)
        self.reminding = Reminding(bank, unit_of_work, self.clock, {"discord", "slack"})

    def add(
        self, user: PlatformUser = ADA, zone: str | None = None, *, reminders: bool = True
    ) -> int:
        with self.unit_of_work() as uow:
            learner = uow.learners.register(user, NOON)
            settings = LearnerSettings(zone=zone, reminders=reminders)
            uow.learners.set_settings(learner.id, settings)
            uow.cards.put(learner.id, review(None, DRIFT, Rating.Again, NOON))
            uow.commit()
        return learner.id

    def heard(self, user: PlatformUser = ADA) -> list[str]:
        return [text_of(each) for each in Notices(self.unit_of_work, self.clock).waiting(user)]


@pytest.fixture
def desk(bank: QuestionBank, every_unit_of_work: MakeUnitOfWork) -> Desk:
    return Desk(bank, every_unit_of_work)


def test_who_wants_it_is_reminded_once_a_day(desk: Desk):
    desk.add()
    assert [desk.reminding.remind() for _ in range(3)] == [1, 0, 0]
    (told,) = desk.heard()
    assert "1 review is due on 13 Dec 2026" in told
    assert "/review" in told

    desk.clock.pass_by(timedelta(days=1))
    assert desk.reminding.remind() == 1


def test_who_does_not_want_it_or_cannot_be_reached_is_left_alone(desk: Desk):
    desk.add(reminders=False)
    desk.add(a_user("bob", platform="terminal"))
    assert desk.reminding.remind() == 0


def test_nothing_due_is_no_reason_to_write(desk: Desk):
    with desk.unit_of_work() as uow:
        learner = uow.learners.register(ADA, NOON)
        uow.learners.set_settings(learner.id, LearnerSettings(reminders=True))
        uow.commit()
    assert desk.reminding.remind() == 0
    assert desk.heard() == []


def test_who_has_reviewed_today_needs_no_reminder(desk: Desk):
    learner_id = desk.add()
    with desk.unit_of_work() as uow:
        card = review(None, "interpretability/lime", Rating.Again, NOON)
        uow.cards.put(learner_id, review(card, card.question_id, Rating.Good, LATER))
        uow.commit()
    assert desk.reminding.remind() == 0


@pytest.mark.parametrize(("zone", "reminded"), [("Asia/Tokyo", 0), ("Pacific/Honolulu", 0)])
def test_nobody_is_woken(desk: Desk, zone: str, reminded: int):
    desk.add(zone=zone)
    assert desk.reminding.remind() == reminded
    desk.clock.at = datetime(2026, 12, 14, 0, 30, tzinfo=UTC)  # morning in Tokyo, afternoon there
    assert desk.reminding.remind() == 1


def test_a_question_that_has_gone_is_not_due(bank: QuestionBank, every_unit_of_work):
    without = QuestionBank(bank.topics, [each for each in bank if each.id != DRIFT])
    desk = Desk(without, every_unit_of_work)
    desk.add()
    assert desk.reminding.remind() == 0
