"""Write to those who asked for it, on a day with something to review: once, in the morning.

Who has practised today needs no reminder, and after the evening has begun nobody wants one.
"""

from collections.abc import Callable, Collection
from datetime import UTC, datetime, time
from typing import Final

from bot.core.accounts.model import Learner, days_of
from bot.core.calendar.days import zone_of
from bot.core.notifications.model import ReviewsDue
from bot.core.notifications.service import tell
from bot.core.ports import Clock
from bot.core.reviews.agenda import Agenda, agenda
from bot.core.unit_of_work import UnitOfWork
from knowledge.bank import QuestionBank

EARLIEST: Final = time(9)
LATEST: Final = time(20)
"""Between these, by the clock on the learner's wall, a message disturbs nobody's sleep."""


class Reminding:
    """Remind learners of what is due."""

    def __init__(
        self,
        bank: QuestionBank,
        unit_of_work: Callable[[], UnitOfWork],
        clock: Clock,
        platforms: Collection[str],
    ) -> None:
        """Wire the reminders; `platforms` are those by which a message can reach people."""
        self._bank = bank
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._platforms = platforms

    def remind(self) -> int:
        """Keep a notice for each learner whose time it is, and return how many there are."""
        now = self._clock.now()
        with self._unit_of_work() as uow:
            waiting = uow.reminders.wanted(self._platforms)
        awake = [learner for learner in waiting if _is_daytime(learner, now)]
        return sum(self._remind(learner, now) for learner in awake)

    def _remind(self, learner: Learner, now: datetime) -> bool:
        today = days_of(learner.settings)(now)
        with self._unit_of_work() as uow:
            if uow.reminders.latest(learner.id) == today:
                return False
            uow.reminders.note(learner.id, today)
            day = self._agenda(uow, learner, now)
            due = len(day.due)
            if due and not day.done:
                tell(uow, learner.id, ReviewsDue(count=due, on=today), now)
            uow.commit()
        return bool(due and not day.done)

    def _agenda(self, uow: UnitOfWork, learner: Learner, now: datetime) -> Agenda:
        cards = (c for c in uow.cards.of_learner(learner.id) if c.question_id in self._bank)
        return agenda(cards, learner.settings, now)


def _is_daytime(learner: Learner, now: datetime) -> bool:
    zone = zone_of(learner.settings.zone) if learner.settings.zone else UTC
    return EARLIEST <= now.astimezone(zone).time() < LATEST
