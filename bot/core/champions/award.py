"""After a month has closed, find its champions and move the role; each community by itself.

Who they are is decided in one transaction. A role is moved outside of any and noted afterwards;
moving it may be repeated, so whoever dies in between leaves it to the next to do again.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from itertools import count

from bot.core.calendar.days import local_day, zone_of
from bot.core.calendar.periods import Period
from bot.core.champions.model import (
    Champion,
    ChampionPlan,
    Holding,
    awaits_champion,
    first_named,
    succeeded,
)
from bot.core.champions.ports import RoleKeeper
from bot.core.communities.attendance import Attendance
from bot.core.communities.model import Community
from bot.core.daily.post import CLOSE_WITHIN
from bot.core.errors import Undeliverable
from bot.core.leaderboard.model import SINCE_EVER, BoardKey, Row, last_closed_period
from bot.core.notifications.model import RoleNotMoved
from bot.core.notifications.service import for_each_account, tell_host
from bot.core.ports import Clock
from bot.core.rounds import PATIENCE, Rounds, Turn
from bot.core.shared_faults import SharedFaults
from bot.core.unit_of_work import UnitOfWork

MOST_AT_ONCE = 50
"""Roles moved in a community within one poll; the next poll moves the others."""

ROWS = 100

log = logging.getLogger(__name__)


class ChampionAward:
    """Give the role of the champion and take it back."""

    def __init__(
        self,
        unit_of_work: Callable[[], UnitOfWork],
        clock: Clock,
        keepers: Mapping[str, RoleKeeper],
        attendance: Attendance,
        patience: float = PATIENCE,
    ) -> None:
        """Wire it.

        Args:
            unit_of_work: makes a transaction.
            clock: the time.
            keepers: the platforms with roles that this program serves, by name.
            attendance: notices who has left.
            patience: seconds for which a round waits for what hangs.
        """
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._keepers = keepers
        self._attendance = attendance
        self._rounds = Rounds[None]("champions", patience)
        self._faults = SharedFaults("champions")

    def crown(self) -> None:
        """Do what is due everywhere; call it as often as you like. One community stops no other."""
        with self._unit_of_work() as uow:
            plans = uow.champions.plans(self._keepers.keys())
        ids = [plan.community_id for plan in plans]
        self._faults.only(ids)
        self._rounds.run(Turn(each, str(each), partial(self._crown, each)) for each in ids)

    def _crown(self, community_id: int) -> None:
        now, moving = self._clock.now(), {Holding.LEAVING, Holding.DUE}
        with self._unit_of_work() as uow:
            community = uow.communities.get(community_id)
            plan = uow.champions.plan(community_id)
            if community is None or plan is None:
                return
        if not self._keepers[community.platform].serves(community.external_id):
            return
        try:
            self._see_off(plan, community)
        except Undeliverable as problem:
            self._faults.met(f"{community.platform}: {problem.reason}", community_id)
            return
        with self._unit_of_work() as uow:
            for champion in uow.champions.uncovered(community_id):
                uow.champions.move(champion, Holding.LEAVING)
            _decide(uow, plan, now)
            waiting = uow.champions.holding(community_id, moving, MOST_AT_ONCE)
            uow.commit()
        moved = [self._move(champion, community) for champion in waiting]
        if all(moved):
            self._faults.well(community_id)

    def _see_off(self, plan: ChampionPlan, community: Community) -> None:
        """Take off the board that is about to be final whoever has left the community meanwhile.

        Nobody tells of departures, so whoever would be first is looked up, until all are there.

        Raises:
            Undeliverable: the platform could not be asked; nothing is decided before it was.
        """
        now = self._clock.now()
        while True:
            with self._unit_of_work() as uow:
                key = _due(uow, plan, now)
                first = [row.learner_id for row in first_named(_rows(uow, key))] if key else []
            if not self._attendance.see_off(community, first):
                return

    def _move(self, champion: Champion, community: Community) -> bool:
        """Move a role; return whether that is settled, or else is tried again."""
        with self._unit_of_work() as uow:
            accounts = uow.learners.accounts(
                champion.learner_id, community.platform, community.external_id
            )
        gives, keeper = champion.holding is Holding.DUE, self._keepers[community.platform]
        method = keeper.grant_role if gives else keeper.revoke_role
        act = partial(method, community.external_id, role=champion.role)
        trouble = ""
        try:
            for_each_account(accounts, act)
        except Undeliverable as problem:
            if not problem.permanent:
                self._faults.met(f"{community.platform}: {problem.reason}", community.id)
                return False
            log.warning("community %d: a role was not moved: %s", community.id, problem.reason)
            trouble = problem.reason
        self._note(champion, gives=gives, trouble=trouble)
        return True

    def _note(self, champion: Champion, *, gives: bool, trouble: str) -> None:
        """Note what became of the role, and tell the host of a trouble once."""
        done = Holding.HELD if gives else Holding.GONE
        with self._unit_of_work() as uow:
            plan = uow.champions.plan(champion.community_id)
            uow.champions.move(champion, Holding.REFUSED if trouble else done)
            if plan is not None and plan.trouble != trouble:
                uow.champions.put(replace(plan, trouble=trouble))
                if trouble:
                    news, now = RoleNotMoved(reason=trouble), self._clock.now()
                    tell_host(uow, plan.host_learner_id, news, now, champion.community_id)
            uow.commit()


def today_in(uow: UnitOfWork, community_id: int, now: datetime) -> date:
    """Return the local day of a community: that of its first daily question, else of UTC."""
    plans = uow.plans.of_community(community_id)
    return local_day(now, zone_of(plans[0].schedule.zone if plans else "UTC"))


def _decide(uow: UnitOfWork, plan: ChampionPlan, now: datetime) -> None:
    """Note the champions of the month that has closed, once all of its questions have."""
    key = _due(uow, plan, now)
    if key is None:
        return
    month = key.start
    champions = [row.learner_id for row in first_named(_rows(uow, key))]
    held = {Holding.DUE, Holding.HELD, Holding.LEAVING}
    for earlier in uow.champions.holding(plan.community_id, held, MOST_AT_ONCE):
        uow.champions.move(earlier, succeeded(earlier, champions, plan.role).holding)
    for learner_id in champions:
        uow.champions.add(Champion(plan.community_id, month, learner_id, plan.role))
    uow.champions.put(replace(plan, settled=month))


def _due(uow: UnitOfWork, plan: ChampionPlan, now: datetime) -> BoardKey | None:
    """Return the board of the month whose champions are to be noted now, None for none."""
    days = last_closed_period(today_in(uow, plan.community_id, now), Period.MONTH)
    month, after = days.start or SINCE_EVER, days.end or date.max
    if not awaits_champion(plan, month):
        return None
    if uow.posts.any_open(plan.community_id, after, now - CLOSE_WITHIN):
        return None
    return BoardKey(plan.community_id, None, Period.MONTH, month)


def _rows(uow: UnitOfWork, key: BoardKey) -> Iterator[Row]:
    """Yield the rows of a board, the best first."""
    for number in count(1):
        excerpt = uow.boards.page(key, number, ROWS, learner_id=0)
        yield from excerpt.rows
        if number * ROWS >= excerpt.of:
            return
