"""Where the figures of reviews due come from: the cards."""

from dataclasses import dataclass
from datetime import datetime

from bot.core.accounts.model import Learner, days_of
from bot.core.figures import DueForecast
from bot.core.reviews.model import forecast
from bot.core.unit_of_work import UnitOfWork
from knowledge.bank import QuestionBank


@dataclass(frozen=True)
class Sources:
    """The sources of a learner's `Standing` that know the bank."""

    bank: QuestionBank

    def forecast(self, uow: UnitOfWork, learner: Learner, now: datetime) -> tuple[DueForecast, ...]:
        """Return how many reviews fall due on each of the next days; what is overdue, today."""
        day_of = days_of(learner.settings)
        cards = [c for c in uow.cards.of_learner(learner.id) if self.bank.asks(c.question_id)]
        counts = forecast(cards, day_of(now), day_of)
        return tuple(DueForecast(day, count) for day, count in counts)
