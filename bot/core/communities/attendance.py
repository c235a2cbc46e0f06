"""Notice who has left a community, by asking its platform; nobody tells of departures.

Whoever stands on a board is looked up before it is shown, and everybody in turn meanwhile. Where a
platform does not tell, nobody has left. Whoever is found again, or acts, is there again.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import timedelta
from itertools import groupby
from typing import Final

from cachetools import TTLCache

from bot.core.communities.model import Community
from bot.core.communities.ports import MemberLookup
from bot.core.errors import Undeliverable
from bot.core.ports import Clock
from bot.core.unit_of_work import UnitOfWork

BELIEVED: Final = timedelta(hours=1)
"""So long nobody is looked up again for a board."""

SILENT: Final = timedelta(minutes=1)
"""So long no board asks about a community whose platform did not tell."""

PATIENCE: Final = timedelta(seconds=2)
"""After so long no further look-up is begun for a board that somebody waits for."""

MOST_BELIEVED: Final = 50_000
MOST_IN_TURN: Final = 100
"""People looked up in one round; Discord and Slack let many more be asked about."""

ANEW: Final = (0, 0)

log = logging.getLogger(__name__)


class Attendance:
    """Look people up in their communities."""

    def __init__(
        self,
        unit_of_work: Callable[[], UnitOfWork],
        clock: Clock,
        lookups: dict[str, MemberLookup],
    ) -> None:
        """Wire it; `lookups` are the platforms that can be asked, by name, put in when served."""

        def seconds() -> float:
            return clock.now().timestamp()

        self._unit_of_work = unit_of_work
        self._clock = clock
        self.lookups = lookups
        self._believed: TTLCache[tuple[int, int], bool] = TTLCache(
            MOST_BELIEVED, BELIEVED.total_seconds(), seconds
        )
        self._silent: TTLCache[int, bool] = TTLCache(MOST_BELIEVED, SILENT.total_seconds(), seconds)
        self._reached = ANEW

    def see_off(self, community: Community, learner_ids: Iterable[int]) -> bool:
        """Look these people up, and note who has left; return whether anybody has.

        Raises:
            Undeliverable: the platform did not tell of one; who was found gone before is noted.
        """
        gone = [each for each in learner_ids if self._is_gone(community, each)]
        return bool(gone)

    def see_off_if_told(self, community: Community, learner_ids: Iterable[int]) -> bool:
        """Do the same for a board that somebody waits for, as far as the platform tells in time.

        Who was found within the last hour is not looked up again.
        """
        if community.platform not in self.lookups or community.id in self._silent:
            return False
        until, gone = self._clock.now() + PATIENCE, False
        for each in learner_ids:
            if (community.id, each) in self._believed:
                continue
            if self._clock.now() >= until:
                break
            try:
                gone = self._is_gone(community, each) or gone
            except Undeliverable as problem:
                log.info("community %d: nobody told who is there: %s", community.id, problem.reason)
                self._silent[community.id] = True
                break
        return gone

    def take_turn(self) -> None:
        """Look up the next people of all communities, also those who have left lately."""
        with self._unit_of_work() as uow:
            turn = uow.memberships.behind(self._reached, MOST_IN_TURN, self.lookups.keys())
            communities = {
                each.community_id: uow.communities.get(each.community_id) for each in turn
            }
        whole = len(turn) == MOST_IN_TURN
        self._reached = (turn[-1].community_id, turn[-1].learner_id) if whole else ANEW
        for community_id, members in groupby(turn, lambda each: each.community_id):
            community = communities[community_id]
            try:
                if community is not None:
                    self.see_off(community, [each.learner_id for each in members])
            except Undeliverable as problem:
                log.info("community %d: nobody told who is there: %s", community_id, problem.reason)

    def _is_gone(self, community: Community, learner_id: int) -> bool:
        """Look somebody up by every account they have there; without one they count as there."""
        here = community.platform, community.external_id
        with self._unit_of_work() as uow:
            accounts = uow.learners.accounts(learner_id, *here)
        look_up = self.lookups[community.platform].is_member
        is_there = not accounts or any(look_up(community.external_id, each) for each in accounts)
        self._note(community, learner_id, is_there=is_there)
        return not is_there

    def _note(self, community: Community, learner_id: int, *, is_there: bool) -> None:
        """Note a departure, or that somebody is back; nobody comes who was not a member."""
        now = self._clock.now()
        with self._unit_of_work() as uow:
            known = uow.memberships.get(community.id, learner_id)
            if known is not None and not is_there:
                uow.memberships.leave(community.id, learner_id, now)
            elif known is not None and known.left_at is not None:
                uow.memberships.join(community.id, learner_id, "", None, now)
            uow.commit()
        if is_there:
            self._believed[community.id, learner_id] = True
