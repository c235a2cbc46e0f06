"""The use case of notices: what a learner should hear of, told at the next occasion.

There are two occasions: the learner comes by, or a platform writes to them. A platform takes a
lease on what it is going to send, so that of two programs only one does; whoever dies before it
says `delivered` leaves the notice to the next. So a notice is told at least once.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from bot.core.accounts.model import PlatformUser
from bot.core.notice import Delivery, News
from bot.core.ports.surroundings import Clock
from bot.core.ports.unit_of_work import UnitOfWork
from bot.core.reply import Reply
from bot.core.wording import notices as notices_words

MOST_AT_ONCE: Final = 10
"""Notices shown before anything else is; the others follow at the next occasion."""

LEASE: Final = timedelta(minutes=5)
"""So long a program may take to send what it took; platforms answer within seconds."""

SENT_WITHIN: Final = timedelta(days=7)
"""Older news are not worth a message of their own: they wait until the learner comes by. So an
account that takes no messages is tried for a week, and not for ever."""


def tell(
    uow: UnitOfWork, learner_id: int, news: News, at: datetime, community_id: int | None = None
) -> None:
    """Keep news for a learner, in the transaction that makes them true.

    Nobody is told who has gone meanwhile.
    """
    if uow.learners.get(learner_id) is not None:
        uow.notices.add(learner_id, news, at, community_id)


class Notices:
    """Tell learners what happened meanwhile."""

    def __init__(self, unit_of_work: Callable[[], UnitOfWork], clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    def waiting(self, user: PlatformUser) -> tuple[Reply, ...]:
        """Return what waits for the learner, the oldest first, and mark it as delivered."""
        now = self._clock.now()
        with self._unit_of_work() as uow:
            learner = uow.learners.find(user)
            if learner is None:
                return ()
            notices = uow.notices.waiting(learner.id, now, MOST_AT_ONCE)
            if notices:
                uow.notices.delivered([notice.id for notice in notices], now)
                uow.commit()
        return tuple(notices_words.notice(notice.news) for notice in notices)

    def undelivered(self, platform: str, limit: int = MOST_AT_ONCE) -> tuple[Delivery, ...]:
        """Take up to `limit` notices for accounts of a platform, to be sent within LEASE.

        News of a community go through its own platform only.
        """
        now = self._clock.now()
        with self._unit_of_work() as uow:
            taken = uow.notices.lease(platform, now, now + LEASE, now - SENT_WITHIN, limit)
            uow.commit()
        return tuple(
            Delivery(
                each.notice.id, each.user, each.community, notices_words.notice(each.notice.news)
            )
            for each in taken
        )

    def delivered(self, notice_id: int) -> None:
        """Note that a notice has reached its learner."""
        with self._unit_of_work() as uow:
            uow.notices.delivered([notice_id], self._clock.now())
            uow.commit()
