"""The repository of boards: each is one query over one range of the sums.

`ranked` of `bot.core.leaderboard` says what a board is; a test holds these queries to it.
"""

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


class SqlBoards:
    """Who stands where."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def around(self, key: BoardKey, learner_id: int, top: int, around: int) -> Excerpt:
        """Return the top of a board and the rows around the learner's own."""
        board = _board(key).cte()
        own = select(board.c.position).where(board.c.learner_id == learner_id).scalar_subquery()
        near = board.c.position.between(own - around, own + around)
        return self._excerpt(key, board, or_(board.c.position <= top, near))

    def page(self, key: BoardKey, number: int, size: int) -> Excerpt:
        """Return one page, counted from 1; beyond the end it is the last one."""
        board = _board(key).cte()
        first = (number - 1) * size + 1
        excerpt = self._excerpt(key, board, board.c.position.between(first, first + size - 1))
        if excerpt.rows or number <= 1:
            return excerpt
        of = self._session.scalar(select(func.count()).select_from(_board(key).subquery())) or 0
        return self.page(key, max(1, -(-of // size)), size)

    def own(self, key: BoardKey, learner_id: int) -> OwnRank | None:
        """Return where a learner stands or would stand; None without an answer that counts."""
        mine = select(PointsRow.points).where(*_range(key), PointsRow.learner_id == learner_id)
        points = self._session.scalar(mine)
        if points is None:
            return None
        others = _shown(key).where(PointsRow.learner_id != learner_id).subquery()
        better = func.count().filter(others.c.points > points)
        ahead, of = self._session.execute(select(better, func.count()).select_from(others)).one()
        return OwnRank(ahead + 1, points, of + 1)

    def last_day(self, community_id: int, channel_id: int | None) -> date | None:
        """Return the last day with points, or None."""
        where = [ScoredRow.community_id == community_id]
        if channel_id is not None:
            where.append(ScoredRow.channel_id == channel_id)
        return self._session.scalar(select(func.max(ScoredRow.day)).where(*where))

    def _excerpt(self, key: BoardKey, board: Any, wanted: ColumnElement[bool]) -> Excerpt:
        member = MembershipRow
        of = select(func.count()).select_from(board).scalar_subquery()
        rows = self._session.execute(
            select(board, member.display_name, member.visibility, of)
            .join(
                member,
                and_(
                    member.community_id == key.community_id,
                    member.learner_id == board.c.learner_id,
                ),
            )
            .where(wanted)
            .order_by(board.c.position)
        ).all()
        return Excerpt(tuple(_row(*row[:-1]) for row in rows), rows[0][-1] if rows else 0)


def _board(key: BoardKey) -> Select[*tuple[Any, ...]]:
    """Return the whole board: position, rank, learner and points."""
    shown = _shown(key).subquery()
    order = (shown.c.points.desc(), shown.c.learner_id)
    return select(
        func.row_number().over(order_by=order).label("position"),
        func.rank().over(order_by=shown.c.points.desc()).label("rank"),
        shown.c.learner_id,
        shown.c.points,
    )


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


def _row(position: int, rank: int, learner_id: int, points: int, name: str, visibility: str) -> Row:
    named = Visibility(visibility) is Visibility.NAMED
    return Row(position, rank, learner_id, points, name if named else None)
