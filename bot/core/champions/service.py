"""The use case of hosts: give a role to whoever was first in a month, or stop that."""

from collections.abc import Callable
from dataclasses import replace

from bot.core.accounts.model import PlatformUser
from bot.core.calendar.periods import Period
from bot.core.champions import words
from bot.core.champions.award import MOST_AT_ONCE, today_in
from bot.core.champions.model import ChampionPlan, Holding
from bot.core.communities.model import Place, as_host
from bot.core.communities.presence import register_presence
from bot.core.errors import OnlyInCommunity
from bot.core.leaderboard.model import start_of_period
from bot.core.ports import Clock
from bot.core.reply import Reply
from bot.core.unit_of_work import UnitOfWork


class Champions:
    """Choose the role of champions."""

    def __init__(self, unit_of_work: Callable[[], UnitOfWork], clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    def choose(self, user: PlatformUser, place: Place | None, role: str, name: str = "") -> Reply:
        """Give this role to the champions from the month under way on; without one, to nobody.

        Who got another one loses it. Where it is the same, what was refused is tried again.

        Raises:
            OnlyInCommunity: it was asked in private.
            HostsOnly: the person may not manage the community.
        """
        now = self._clock.now()
        with self._unit_of_work() as uow:
            here = register_presence(uow, user, as_host(place), now)
            if here.community is None:
                raise OnlyInCommunity
            known = uow.champions.plan(here.community.id)
            if known is not None and known.role == role:
                _try_again(uow, known)
                plan = replace(known, trouble="")
            else:
                _dismiss(uow, here.community.id)
                month = start_of_period(today_in(uow, here.community.id, now), Period.MONTH)
                plan = ChampionPlan(here.community.id, role, month)
            uow.champions.put(replace(plan, host_learner_id=here.learner.id))
            uow.audit.add(here.community.id, here.learner.id, "choose champion role", name, now)
            uow.commit()
        return words.champion_role(name) if role else words.no_champion_role()


def _try_again(uow: UnitOfWork, plan: ChampionPlan) -> None:
    """Let the last champions have the role that was refused, and the earlier ones lose it."""
    refused = uow.champions.holding(plan.community_id, {Holding.REFUSED}, MOST_AT_ONCE)
    for champion in refused:
        is_last = champion.month == plan.settled and champion.role == plan.role
        uow.champions.move(champion, Holding.DUE if is_last else Holding.LEAVING)


def _dismiss(uow: UnitOfWork, community_id: int) -> None:
    while found := uow.champions.holding(community_id, {Holding.DUE, Holding.HELD}, MOST_AT_ONCE):
        for champion in found:
            uow.champions.move(champion, Holding.LEAVING)
