"""Bring what waits for hosts into their channel, each thing once.

What is brought is read from what is open, so that nothing is lost while the channel cannot be
reached, or before there was one.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Final, NamedTuple

from bot.core.appeals.decisions import AppealDecisions
from bot.core.communities.model import Community
from bot.core.deduplication import EventDeduplicator, Taken
from bot.core.errors import Undeliverable
from bot.core.hosts import words
from bot.core.own_questions.model import OwnState
from bot.core.ports import Address, Clock, Messenger
from bot.core.reply import Reply
from bot.core.rounds import PATIENCE, Rounds, Turn
from bot.core.shared_faults import SharedFaults
from bot.core.unit_of_work import UnitOfWork
from knowledge.bank import QuestionBank

MOST_AT_ONCE: Final = 5
"""Messages that a channel gets in one round; the rest follows in the next."""

MOST_LOOKED_AT: Final = 50
"""Open flags, the oldest first, among which what is new is looked for."""


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
        waiting = tuple(self._waiting(community))
        if not waiting:
            self._faults.well(community.id)
        for each in waiting:
            if self._once.begin(each.key) is not Taken.NEW:
                continue
            try:
                messenger.post(to, each.message, each.key)
            except Undeliverable as problem:
                self._faults.met(f"{community.platform}: {problem.reason}", community.id)
                return arrived  # its lease ends, and it is tried again
            self._once.finish(each.key)
            self._faults.well(community.id)
            arrived += 1
            if arrived == MOST_AT_ONCE:
                break
        return arrived

    def _waiting(self, community: Community) -> Iterator[_Waiting]:
        with self._unit_of_work() as uow:
            cases = self._decisions.cases(uow, community.id)
            flags = uow.flags.open_in(community.id, MOST_LOOKED_AT)
            suggested = uow.contributions.of_community(community.id, OwnState.SUGGESTED)
        for case in cases:
            yield _Waiting(f"hosts-a{case.appeal.id}", words.appeal_waits(case))
        for flag in flags:
            yield _Waiting(f"hosts-f{flag.id}", words.flag_waits(flag, self._bank))
        for each in suggested:
            yield _Waiting(f"hosts-q{each.id}", words.suggestion_waits(each))
