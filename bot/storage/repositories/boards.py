"""The repository of boards: each is one query over one range of the sums.

It brings learners and points of the whole board in order, and ranks are looked up in them.
`coach bench --only store` tells what that takes.

`ranked` of `bot.core.leaderboard` says what a board is; a test holds these queries to it.
"""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal_column, or_, select
from sqlalchemy.orm import Session

from bot.core.community import Role, Visibility
from bot.core.leaderboard import OwnRank, Row
from bot.core.ports.points import Excerpt
from bot.core.scored import BoardKey
from bot.storage.orm import CommunityRow, ExclusionRow, MembershipRow, PointsRow, ScoredRow
from bot.storage.repositories.points import WHOLE_COMMUNITY

Rung = tuple[int, int]
"""A learner and their points."""


class SqlBoards:
    """Who stands where."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def around(self, key: BoardKey, learner_id: int, top: int, around: int) -> Excerpt:
        """Return the top of a board and the rows around the learner's own."""
        ladder = self._ladder(key)
        own = next((at for at, rung in enumerate(ladder) if rung[0] == learner_id), None)
        places = set(range(min(top, len(ladder))))
        if own is not None:
            places.update(range(max(0, own - around), min(own + around + 1, len(ladder))))
        return self._excerpt(key, ladder, sorted(places), learner_id)

    def page(self, key: BoardKey, number: int, size: int, learner_id: int) -> Excerpt:
        """Return one page, counted from 1; beyond either end it is the page at that end."""
        ladder = self._ladder(key)
        first = (min(max(number, 1), max(1, -(-len(ladder) // size))) - 1) * size
        places = range(first, min(first + size, len(ladder)))
        return self._excerpt(key, ladder, places, learner_id)

    def last_day(self, community_id: int, channel_id: int | None) -> date | None:
        """Return the last day with points, or None."""
        where = [ScoredRow.community_id == community_id]
        if channel_id is not None:
            where.append(ScoredRow.channel_id == channel_id)
        return self._session.scalar(select(func.max(ScoredRow.day)).where(*where))

    def _ladder(self, key: BoardKey) -> Sequence[Rung]:
        """Return learners and points of the whole board, the best first."""
        order = (PointsRow.points.desc(), PointsRow.learner_id)
        return self._session.execute(_shown(key).order_by(*order)).all()

    def _excerpt(
        self, key: BoardKey, ladder: Sequence[Rung], places: Sequence[int], learner_id: int
    ) -> Excerpt:
        names = self._names(key.community_id, [ladder[place][0] for place in places])
        rows = tuple(
            Row(place + 1, _rank(ladder, points), learner, points, names[learner])
            for place in places
            for learner, points in (ladder[place],)
        )
        return Excerpt(rows, len(ladder), self._own(key, ladder, learner_id))

    def _names(self, community_id: int, learner_ids: list[int]) -> dict[int, str | None]:
        """Return the names of those who are named, None for the anonymous."""
        member = MembershipRow
        rows = self._session.execute(
            select(member.learner_id, member.display_name, member.visibility).where(
                member.community_id == community_id, member.learner_id.in_(learner_ids)
            )
        )
        named = Visibility.NAMED.value
        return {learner: name if seen == named else None for learner, name, seen in rows}

    def _own(self, key: BoardKey, ladder: Sequence[Rung], learner_id: int) -> OwnRank | None:
        mine = select(PointsRow.points).where(*_range(key), PointsRow.learner_id == learner_id)
        points = self._session.scalar(mine)
        if points is None:
            return None
        shown = any(rung[0] == learner_id for rung in ladder)
        return OwnRank(_rank(ladder, points), points, len(ladder) + (not shown))


def _rank(ladder: Sequence[Rung], points: int) -> int:
    """Return the rank of somebody with these points: one more than the number of the better."""
    return bisect_left(ladder, -points, key=lambda rung: -rung[1]) + 1


def _shown(key: BoardKey) -> Select[*tuple[Any, ...]]:
    """Return learners and points of everybody who stands on the board."""
    member = MembershipRow
    excluded = exists().where(
        ExclusionRow.community_id == key.community_id,
        ExclusionRow.learner_id == PointsRow.learner_id,
    )
    staff_ranked = (
        select(CommunityRow.staff_ranked)
        .where(CommunityRow.id == key.community_id)
        .scalar_subquery()
    )
    return (
        select(PointsRow.learner_id, PointsRow.points)
        .join(
            member,
            and_(
                member.community_id == PointsRow.community_id,
                member.learner_id == PointsRow.learner_id,
            ),
        )
        .where(*_range(key), *_may_show(member), or_(member.role != Role.STAFF.value, staff_ranked))
        .where(~excluded)
    )


def _range(key: BoardKey) -> tuple[ColumnElement[bool], ...]:
    channel = WHOLE_COMMUNITY if key.channel_id is None else key.channel_id
    return (
        PointsRow.community_id == key.community_id,
        PointsRow.channel_id == channel,
        PointsRow.period == key.period.value,
        PointsRow.start == key.start,
    )


def _may_show(member: type[MembershipRow]) -> tuple[ColumnElement[bool], ...]:
    # In the words of the partial index, or SQLite would not use it.
    return (
        member.left_at.is_(None),
        literal_column("memberships.visibility IN ('named', 'anonymous')"),
        literal_column("memberships.role <> 'bot'"),
    )
