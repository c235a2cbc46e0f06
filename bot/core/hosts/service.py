"""Bring what waits for hosts into their channel, each thing once.

What is brought is read from what is open, so that nothing is lost while the channel cannot be
reached, or before there was one.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import islice
from typing import Final, NamedTuple

from bot.core.appeals.decisions import AppealDecisions
from bot.core.communities.model import Community
from bot.core.deduplication import EventDeduplicator, Taken, mark_done
from bot.core.errors import Undeliverable
from bot.core.hosts import words
from bot.core.notifications.model import HostsChannelShut
from bot.core.notifications.service import tell_host
from bot.core.own_questions.model import OwnState
from bot.core.ports import Address, Clock, Messenger
from bot.core.reply import Reply
from bot.core.rounds import PATIENCE, Rounds, Turn
from bot.core.shared_faults import SharedFaults
from bot.core.unit_of_work import UnitOfWork
from knowledge.bank import QuestionBank

MOST_AT_ONCE: Final = 5
"""Messages that a channel gets in one round; the rest follows in the next."""

A_PAGE: Final = 50
"""Flags that are read at a time."""


class _Waiting(NamedTuple):
    """A thing that waits for the hosts; its key names it in the place where it happened."""

    key: str
    message: Reply


class HostsChannels:
    """Tell hosts in the channel that they chose by /rules hosts."""

    def __init__(
        self,
        bank: QuestionBank,
        decisions: AppealDecisions,
        unit_of_work: Callable[[], UnitOfWork],
        clock: Clock,
        messengers: Mapping[str, Messenger],
        patience: float = PATIENCE,
    ) -> None:
        """Wire it; `patience` is how many seconds a round waits for what hangs."""
        self._bank = bank
        self._decisions = decisions
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._messengers = messengers
        self._rounds = Rounds[int]("what waits for hosts", patience)
        self._once = EventDeduplicator(unit_of_work, clock)
        self._faults = SharedFaults("channels of hosts")

    def deliver(self) -> int:
        """Post what is new in every channel of hosts; return how many messages arrived.

        One channel that cannot be reached, or hangs, keeps no other from its messages.
        """
        with self._unit_of_work() as uow:
            found = uow.communities.with_hosts_channel(tuple(self._messengers))
        self._faults.only({each.id for each in found})
        due = (Turn(each.id, str(each.id), partial(self._deliver_to, each)) for each in found)
        return sum(self._rounds.run(due))

    def _deliver_to(self, community: Community) -> int:
        messenger = self._messengers[community.platform]
        if not messenger.serves(community.external_id):
            return 0
        to = Address(community.platform, community.external_id, community.hosts_channel)
        arrived = 0
        waiting = self._waiting(community.id)
        if not waiting:
            self._faults.well(community.id)
        for each in waiting:
            if self._once.begin(each.key) is not Taken.NEW:
                continue
            try:
                messenger.post(to, each.message, each.key)
            except Undeliverable as problem:
                self._faults.met(f"{community.platform}: {problem.reason}", community.id)
                if problem.permanent:
                    self._tell_shut(community, problem.reason)
                return arrived  # its lease ends, and it is tried again
            self._once.finish(each.key)
            self._note_open(community)
            self._faults.well(community.id)
            arrived += 1
        return arrived

    def _tell_shut(self, community: Community, reason: str) -> None:
        """Tell a host once, by another way, that their channel takes nothing."""
        with self._unit_of_work() as uow:
            if self._once.look(uow, _shut(community)) is Taken.NEW:
                now = self._clock.now()
                tell_host(uow, None, HostsChannelShut(reason=reason), now, community.id)
                mark_done(uow, _shut(community), now)
                uow.commit()

    def _note_open(self, community: Community) -> None:
        with self._unit_of_work() as uow:
            uow.handled.forget(_shut(community))
            uow.commit()

    def _waiting(self, community_id: int) -> tuple[_Waiting, ...]:
        """Return what is new, however much has been told and not been seen to."""
        with self._unit_of_work() as uow:
            new = (
                each
                for each in self._open(uow, community_id)
                if self._once.look(uow, each.key) is Taken.NEW
            )
            return tuple(islice(new, MOST_AT_ONCE))

    def _open(self, uow: UnitOfWork, community_id: int) -> Iterator[_Waiting]:
        last = 0
        while cases := self._decisions.cases(uow, community_id, last):
            for case in cases:
                yield _Waiting(f"hosts-a{case.appeal.id}", words.appeal_waits(case))
            last = cases[-1].appeal.id
        last = 0
        while flags := uow.flags.open_in(community_id, A_PAGE, last):
            for flag in flags:
                yield _Waiting(f"hosts-f{flag.id}", words.flag_waits(flag, self._bank))
            last = flags[-1].id
        for each in uow.contributions.of_community(community_id, OwnState.SUGGESTED):
            yield _Waiting(f"hosts-q{each.id}", words.suggestion_waits(each))


def _shut(community: Community) -> str:
    """Return under which key it is noted that hosts know of their shut channel."""
    return f"hosts-shut-{community.id}-{community.hosts_channel}"
