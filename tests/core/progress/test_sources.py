"""Reviews due as figures, from cards on real databases."""

from datetime import timedelta

import pytest
from fsrs import Rating

from bot.core.accounts.model import Learner, LearnerSettings
from bot.core.progress.sources import Sources
from bot.core.reviews.model import review
from knowledge.bank import QuestionBank
from tests.builders import NOON, a_user
from tests.core.samples import DRIFT
from tests.databases import MakeUnitOfWork

LIME = "interpretability/lime"


@pytest.fixture
def unit_of_work(every_unit_of_work: MakeUnitOfWork) -> MakeUnitOfWork:
    return every_unit_of_work


def test_reviews_fall_due_on_the_learners_days(bank: QuestionBank, unit_of_work: MakeUnitOfWork):
    with unit_of_work() as uow:
        known = uow.learners.register(a_user(), NOON)
        ahead = LearnerSettings("Pacific/Kiritimati", day_starts=0)
        learner = Learner(known.id, known.display_name, known.joined_at, ahead)
        for question, days_ago in ((DRIFT, 0), (LIME, 30), ("gone/since", 0)):
            at = NOON - timedelta(days=days_ago)
            uow.cards.put(learner.id, review(None, question, Rating.Good, at))
        rows = Sources(bank).forecast(uow, learner, NOON)

    # It is two in the morning of the 24th there: the overdue one is today's.
    due = [(row.date.day, row.count) for row in rows if row.count]
    assert (rows[0].date.day, due) == (24, [(24, 1), (26, 1)])
