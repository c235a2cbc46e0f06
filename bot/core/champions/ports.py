"""The ports of champions: who was first in a month, and the role that they get for it."""

from collections.abc import Collection
from datetime import date
from typing import Protocol

from bot.core.champions.model import Champion, ChampionPlan, Holding


class RoleKeeper(Protocol):
    """A platform with roles; each method but `serves` raises Undeliverable, and may be repeated."""

    def serves(self, community: str) -> bool:
        """Tell whether this program is the one to act in a community."""
        ...

    def grant_role(self, community: str, person: str, role: str) -> None:
        """Give a person a role; nothing happens where they have it."""
        ...

    def revoke_role(self, community: str, person: str, role: str) -> None:
        """Take a role from a person; nothing happens where there is none to take."""
        ...


class Champions(Protocol):
    """What communities chose for their champions, and who they are."""

    def plan(self, community_id: int) -> ChampionPlan | None:
        """Return what a community chose, or None."""
        ...

    def put(self, plan: ChampionPlan) -> None:
        """Store what it chose, in place of anything earlier."""
        ...

    def plans(self, platforms: Collection[str]) -> tuple[ChampionPlan, ...]:
        """Return what communities on these platforms chose, where the coach still is."""
        ...

    def add(self, champion: Champion) -> None:
        """Note who was first; nothing is noted twice."""
        ...

    def move(self, champion: Champion, holding: Holding) -> bool:
        """Note what became of the role; return whether it was still as it is in `champion`."""
        ...

    def holding(
        self, community_id: int, holdings: Collection[Holding], most: int
    ) -> tuple[Champion, ...]:
        """Return the champions of a community whose role stands so, who loses one first."""
        ...

    def uncovered(self, community_id: int) -> tuple[Champion, ...]:
        """Return who has or gets a role and does not show their name there any more."""
        ...

    def names(self, community_id: int, month: date) -> tuple[str, ...]:
        """Return the names of the champions of a month, of those who still show them there."""
        ...
