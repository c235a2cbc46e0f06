"""Who was first on a community's board of a month, and what becomes of the role for it. Pure.

A champion's role goes due → held → leaving → gone. What the platform refuses for good is refused;
what it refuses for now is tried again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.core.leaderboard.model import Row


class Holding(StrEnum):
    """What has become of the role of a champion."""

    DUE = "due"
    HELD = "held"
    LEAVING = "leaving"
    GONE = "gone"
    REFUSED = "refused"


@dataclass(frozen=True)
class ChampionPlan:
    """What the hosts of a community chose for its champions.

    Attributes:
        role: the platform's id of the role to give; empty for none.
        since: the first day of the first month that has a champion.
        host_learner_id: who is told when a role cannot be moved; None when they are gone.
        settled: the first day of the last month whose champions are known; None before any.
        trouble: what the host was told last; empty once a role was moved again.
    """

    community_id: int
    role: str
    since: date
    host_learner_id: int | None = None
    settled: date | None = None
    trouble: str = ""


@dataclass(frozen=True)
class Champion:
    """Somebody who was first in a month, with the role that they were to have for it."""

    community_id: int
    month: date
    learner_id: int
    role: str
    holding: Holding = Holding.DUE


def first_named(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return those who stand first among the rows with a name, and have earned something.

    Args:
        rows: of a board, the best first; no more of them are taken than it needs.
    """
    first: list[Row] = []
    for row in rows:
        if row.points <= 0 or (first and row.points < first[0].points):
            break
        if row.name is not None:
            first.append(row)
    return tuple(first)


def awaits_champion(plan: ChampionPlan, month: date) -> bool:
    """Whether the champions of a closed month, given by its first day, are still to be found."""
    settled = plan.settled is not None and month <= plan.settled
    return bool(plan.role) and month >= plan.since and not settled


def succeeded(held: Champion, champions: Iterable[int], role: str) -> Champion:
    """Return an earlier champion once others are found; who is first again keeps the role."""
    again = held.learner_id in set(champions) and held.role == role
    return Champion(
        held.community_id,
        held.month,
        held.learner_id,
        held.role,
        Holding.GONE if again else Holding.LEAVING,
    )
