"""Where the figures of skill and of reviews due come from: the ratings and the cards."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from bot.core.accounts.model import Learner, days_of
from bot.core.figures import DueForecast, SkillByTopic
from bot.core.practice.ratings import skill
from bot.core.practice.selection import skill_in
from bot.core.reviews.model import forecast
from bot.core.unit_of_work import UnitOfWork
from knowledge.bank import QuestionBank


@dataclass(frozen=True)
class Sources:
    """The sources of a learner's `Standing` that know the bank."""

    bank: QuestionBank

    def skills(self, uow: UnitOfWork, learner: Learner, _now: datetime) -> tuple[SkillByTopic, ...]:
        """Return the estimate in each topic; none for somebody who was never rated."""
        ratings = uow.elos.skills(learner.id)
        if not ratings:
            return ()
        lines = uow.history.lines(learner.id)
        answered = {line.question_id for line in lines if line.question_id in self.bank}
        listed = {question.id for question in self.bank}
        mine = Counter(self.bank.get(question_id).topic for question_id in answered)
        every = Counter(self.bank.get(question_id).topic for question_id in answered | listed)
        return tuple(
            SkillByTopic(
                topic.title,
                estimate.share,
                estimate.low,
                estimate.high,
                answered=mine[topic.id],
                total=every[topic.id],
            )
            for topic in self.bank.topics
            for estimate in (skill(skill_in(topic.id, ratings)),)
        )

    def forecast(self, uow: UnitOfWork, learner: Learner, now: datetime) -> tuple[DueForecast, ...]:
        """Return how many reviews fall due on each of the next days; what is overdue, today."""
        day_of = days_of(learner.settings)
        cards = [c for c in uow.cards.of_learner(learner.id) if self.bank.asks(c.question_id)]
        counts = forecast(cards, day_of(now), day_of)
        return tuple(DueForecast(day, count) for day, count in counts)
