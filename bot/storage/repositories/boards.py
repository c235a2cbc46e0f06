"""The repository of boards: each is one range of an index in which its rows lie in order.

The index holds only who is shown (see `bot.storage.repositories.board_filters`). Ranks and
positions are counted in it, which for 50,000 learners takes a few milliseconds; `coach bench --only
store` tells.

`ranked` of `tests.core.leaderboard.oracle` says what a board is; a test holds these queries to it.
"""

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session
from typing_extensions import override

from bot.core.communities.model import Visibility
from bot.core.leaderboard.model import BoardKey, OwnRank, Row
from bot.core.leaderboard.ports import Boards, Excerpt
from bot.storage.orm import MembershipRow, PointsRow
from bot.storage.repositories.leaderboard import WHOLE_COMMUNITY


class SqlBoards(Boards):
    """Who stands where."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @override
    def around(self, key: BoardKey, learner_id: int, top: int, around: int) -> Excerpt:
        of = self._count(key)
        own = self._own(key, learner_id, of)
        rows = self._rows(key, range(top))
        if own is not None and own.of == of:
            same = and_(PointsRow.points == own.points, PointsRow.learner_id < learner_id)
            place = own.rank - 1 + self._count(key, same)
            rows += self._rows(key, range(max(0, place - around), place + around + 1))
        once = {row.position: row for row in rows}
        return Excerpt(tuple(once[position] for position in sorted(once)), of, own)

    @override
    def page(self, key: BoardKey, number: int, size: int, learner_id: int) -> Excerpt:
        of = self._count(key)
        first = (min(max(number, 1), max(1, -(-of // size))) - 1) * size
        rows = self._rows(key, range(first, first + size))
        return Excerpt(tuple(rows), of, self._own(key, learner_id, of))

    def _count(self, key: BoardKey, *where: ColumnElement[bool]) -> int:
        """Return how many stand on the board, or those of them with such points."""
        counted = select(func.count()).select_from(PointsRow).where(*_range(key), PointsRow.shown)
        return self._session.scalar(counted.where(*where)) or 0

    def _own(self, key: BoardKey, learner_id: int, of: int) -> OwnRank | None:
        mine = self._session.execute(
            select(PointsRow.points, PointsRow.shown).where(
                *_range(key), PointsRow.learner_id == learner_id
            )
        ).one_or_none()
        if mine is None:
            return None
        better = self._count(key, PointsRow.points > mine.points)
        return OwnRank(better + 1, mine.points, of + (not mine.shown))

    def _rows(self, key: BoardKey, places: range) -> list[Row]:
        """Return the rows at consecutive places, counted from 0, as far as the board goes."""
        part = (
            select(PointsRow.learner_id, PointsRow.points)
            .where(*_range(key), PointsRow.shown)
            .order_by(PointsRow.points.desc(), PointsRow.learner_id)
            .limit(len(places))
            .offset(places.start)
            .subquery()
        )
        member = MembershipRow
        theirs = (member.community_id == key.community_id, member.learner_id == part.c.learner_id)
        found = self._session.execute(
            select(part.c.points, part.c.learner_id, member.display_name, member.visibility).join(
                member, and_(*theirs)
            )
        ).all()
        rows: list[Row] = []
        for points, learner, name, seen in sorted(found, key=lambda row: (-row[0], row[1])):
            position = places.start + len(rows) + 1
            if not rows:
                rank = self._count(key, PointsRow.points > points) + 1
            elif points != rows[-1].points:
                rank = position
            named = seen == Visibility.NAMED.value
            rows.append(Row(position, rank, learner, points, name if named else None))
        return rows


def _range(key: BoardKey) -> tuple[ColumnElement[bool], ...]:
    channel = WHOLE_COMMUNITY if key.channel_id is None else key.channel_id
    return (
        PointsRow.community_id == key.community_id,
        PointsRow.channel_id == channel,
        PointsRow.period == key.period.value,
        PointsRow.start == key.start,
    )
