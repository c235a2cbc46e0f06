"""Keep what learners should hear of, and tell or send it.

There are two occasions: the learner comes by, or a platform writes to them. A platform takes a
lease on what it is going to send, so that of two programs only one does; whoever dies before it
says `delivered` leaves the notice to the next. So a notice is told at least once.
"""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Final, NamedTuple

from bot.core.accounts.model import PlatformUser
from bot.core.errors import Undeliverable
from bot.core.notifications import words
from bot.core.notifications.model import FOR_HOSTS, Addressed, Delivery, News, Portion
from bot.core.ports import Address, Clock, Messenger
from bot.core.reply import Reply
from bot.core.rounds import PATIENCE, Rounds, Turn
from bot.core.unit_of_work import UnitOfWork

MOST_AT_ONCE: Final = 10
"""Notices shown before anything else is; the others follow at the next occasion."""

PORTION: Final = Portion(200, MOST_AT_ONCE)
"""Notices sent side by side, and how many of them in one community."""

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


def tell_host(
    uow: UnitOfWork, host_id: int | None, news: News, at: datetime, community_id: int
) -> None:
    """Keep news for whoever set something up, or has gone, for another who manages the community.

    Nobody is told where none is known.
    """
    membership = None if host_id is None else uow.memberships.get(community_id, host_id)
    if membership is None or membership.left_at is not None:
        host_id = uow.memberships.staff(community_id) or host_id
    if host_id is not None:
        tell(uow, host_id, news, at, community_id)


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
        return tuple(words.notice(notice.news) for notice in notices)

    def undelivered(
        self, platform: str, serves: Callable[[str], bool] = lambda _: True
    ) -> tuple[Delivery, ...]:
        """Take a portion of the notices for accounts of a platform, to be sent within LEASE.

        Of each community there are at most MOST_AT_ONCE, so that each has some in it.
        News of a community go through its own platform only, by a program that `serves` it.
        """
        now = self._clock.now()
        since = now - SENT_WITHIN
        with self._unit_of_work() as uow:
            found = uow.notices.communities_waiting(platform, now, since)
            others = [number for number, name in found if not serves(name)]
            taken = uow.notices.lease(platform, now, now + LEASE, since, PORTION, others)
            uow.commit()
        return tuple(map(_delivery, taken))

    def delivered(self, notice_id: int) -> None:
        """Note that a notice has reached its learner."""
        with self._unit_of_work() as uow:
            uow.notices.delivered([notice_id], self._clock.now())
            uow.commit()


NO_ACCOUNT = "they have no account there"


def for_each_account(accounts: Iterable[str], act: Callable[[str], None]) -> None:
    """Do it for every account; an account that is refused for good matters where no other is left.

    Raises:
        Undeliverable: it may go well for an account another time, or was refused for all for good.
    """
    reached, problems = False, [Undeliverable(NO_ACCOUNT, permanent=True)]
    for account in accounts:
        try:
            act(account)
        except Undeliverable as problem:
            problems.append(problem)
        else:
            reached = True
    passing = [problem for problem in problems if not problem.permanent]
    if passing or not reached:
        raise (passing or problems)[-1]


log = logging.getLogger(__name__)


class NoticeSender:
    """Send what waits, on the platforms served here, each community by itself."""

    def __init__(
        self, notices: Notices, messengers: Mapping[str, Messenger], patience: float = PATIENCE
    ) -> None:
        """Wire it; `patience` is how many seconds a round waits for what hangs."""
        self._notices = notices
        self._messengers = messengers
        self._rounds = Rounds[_Done | None]("news", patience)

    def send(self) -> int:
        """Send what waits, one portion after the other; return how many arrived.

        What does not arrive is tried again when its lease ends, or told when the person comes by.
        A community that does not answer is left alone until the next time.
        """
        arrived, silent = 0, set[str]()
        while done := self._portion(silent):
            arrived += sum(each.arrived for each in done)
        return arrived

    def _portion(self, silent: set[str]) -> Sequence["_Done"]:
        """Send a portion; add to those who are silent."""

        def asks(messenger: Messenger, community: str) -> bool:
            return community not in silent and messenger.serves(community)

        taken = [
            (messenger, each)
            for platform, messenger in self._messengers.items()
            for each in self._notices.undelivered(platform, partial(asks, messenger))
        ]
        ran = self._rounds.run(
            Turn(each.id, each.community or each.user.team, partial(self._sent, by, each))
            for by, each in taken
        )
        done = [each for each in ran if each is not None]
        ended = {each.id for each in done}
        silent.update(each.community for _, each in taken if each.id not in ended)
        return done

    def _sent(self, messenger: Messenger, delivery: Delivery) -> "_Done | None":
        """Return whether it arrived, None where that may be another time."""
        try:
            _send(messenger, delivery)
        except Undeliverable as problem:
            log.info("notice %d did not arrive: %s", delivery.id, problem.reason)
            return _Done(delivery.id, arrived=False) if problem.permanent else None
        self._notices.delivered(delivery.id)
        return _Done(delivery.id, arrived=True)


class _Done(NamedTuple):
    """A notice that was sent, or never will be."""

    id: int
    arrived: bool


def _delivery(taken: Addressed) -> Delivery:
    notice = taken.notice
    channel = taken.hosts_channel if isinstance(notice.news, FOR_HOSTS) else ""
    return Delivery(notice.id, taken.user, taken.community, words.notice(notice.news), channel)


def _send(messenger: Messenger, delivery: Delivery) -> None:
    """Send a message to the channel of hosts, else, or where that fails, to the person."""
    if delivery.hosts_channel:
        to = Address(delivery.user.platform, delivery.community, delivery.hosts_channel)
        try:
            messenger.post(to, delivery.message, f"notice-{delivery.id}")
        except Undeliverable as problem:
            log.info("notice %d goes to its host alone: %s", delivery.id, problem.reason)
        else:
            return
    messenger.tell(delivery.community, delivery.user.external_id, delivery.message)
