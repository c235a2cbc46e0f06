"""The repository of champions."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, or_, select, update
from sqlalchemy.orm import Session
from typing_extensions import override

from bot.core.champions.model import Champion, ChampionPlan, Holding
from bot.core.champions.ports import Champions
from bot.core.communities.model import Visibility
from bot.storage.account_merge import moved, moved_unless_there
from bot.storage.orm import (
    ChampionPlanRow,
    ChampionRow,
    CommunityRow,
    ExclusionRow,
    MembershipRow,
)


class SqlChampions(Champions):
    """What communities chose for their champions, and who they are."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @override
    def plan(self, community_id: int) -> ChampionPlan | None:
        row = self._session.get(ChampionPlanRow, community_id)
        return None if row is None else _plan(row)

    @override
    def put(self, plan: ChampionPlan) -> None:
        self._session.merge(ChampionPlanRow(**asdict(plan)))
        self._session.flush()

    @override
    def plans(self, platforms: Collection[str]) -> tuple[ChampionPlan, ...]:
        there = (CommunityRow.left_at.is_(None), CommunityRow.platform.in_(platforms))
        rows = select(ChampionPlanRow).join(CommunityRow).where(*there)
        return tuple(map(_plan, self._session.scalars(rows.order_by(ChampionPlanRow.community_id))))

    @override
    def add(self, champion: Champion) -> None:
        key = (champion.community_id, champion.month, champion.learner_id)
        if self._session.get(ChampionRow, key) is None:
            self._session.add(ChampionRow(**_values(champion)))
            self._session.flush()

    @override
    def move(self, champion: Champion, holding: Holding) -> bool:
        known = [getattr(ChampionRow, name) == value for name, value in _values(champion).items()]
        changed = update(ChampionRow).where(*known).values(holding=holding.value)
        moved_to = self._session.execute(changed.returning(ChampionRow.learner_id)).all()
        return bool(moved_to)

    @override
    def holding(
        self, community_id: int, holdings: Collection[Holding], most: int
    ) -> tuple[Champion, ...]:
        theirs = select(ChampionRow).where(
            ChampionRow.community_id == community_id, ChampionRow.holding.in_(holdings)
        )
        leaves = (ChampionRow.holding == Holding.LEAVING.value).desc()
        ordered = theirs.order_by(leaves, ChampionRow.month, ChampionRow.learner_id)
        return tuple(map(_champion, self._session.scalars(ordered.limit(most))))

    @override
    def uncovered(self, community_id: int) -> tuple[Champion, ...]:
        theirs = (
            select(ChampionRow)
            .outerjoin(MembershipRow, _membership())
            .where(
                ChampionRow.community_id == community_id,
                ChampionRow.holding.in_((Holding.DUE, Holding.HELD)),
                or_(MembershipRow.learner_id.is_(None), ~_is_named()),
            )
        )
        return tuple(map(_champion, self._session.scalars(theirs)))

    @override
    def names(self, community_id: int, month: date) -> tuple[str, ...]:
        named = (
            select(MembershipRow.display_name)
            .join(ChampionRow, _membership())
            .where(
                ChampionRow.community_id == community_id, ChampionRow.month == month, _is_named()
            )
        )
        return tuple(self._session.scalars(named.order_by(MembershipRow.learner_id)))


def _membership() -> ColumnElement[bool]:
    return and_(
        MembershipRow.community_id == ChampionRow.community_id,
        MembershipRow.learner_id == ChampionRow.learner_id,
    )


def _is_named() -> ColumnElement[bool]:
    excluded = exists().where(
        ExclusionRow.community_id == MembershipRow.community_id,
        ExclusionRow.learner_id == MembershipRow.learner_id,
    )
    named = MembershipRow.visibility == Visibility.NAMED.value
    return and_(named, MembershipRow.left_at.is_(None), ~excluded)


def _values(champion: Champion) -> dict[str, object]:
    return asdict(champion) | {"holding": champion.holding.value}


def _plan(row: ChampionPlanRow) -> ChampionPlan:
    return ChampionPlan(
        community_id=row.community_id,
        role=row.role,
        since=row.since,
        host_learner_id=row.host_learner_id,
        settled=row.settled,
        trouble=row.trouble,
    )


def _champion(row: ChampionRow) -> Champion:
    return Champion(row.community_id, row.month, row.learner_id, row.role, Holding(row.holding))


MERGES = (
    moved(ChampionPlanRow.host_learner_id),
    moved_unless_there(ChampionRow.learner_id, ChampionRow.community_id, ChampionRow.month),
)
