"""The repository of exclusions: whom hosts took off the boards of their community."""

from datetime import datetime

from sqlalchemy import Select, and_, delete, func, or_, select
from sqlalchemy.orm import Session
from typing_extensions import override

from bot.core.communities.model import MOST_DETAIL
from bot.core.leaderboard.ports import Exclusion, Exclusions, Named
from bot.storage.account_merge import moved, moved_unless_there
from bot.storage.engine import utc
from bot.storage.orm import ExclusionRow, MembershipRow
from bot.storage.repositories.board_filters import update_shown
from grading.text import storable


class SqlExclusions(Exclusions):
    """Whom hosts took off the boards of their community."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @override
    def put(
        self, community_id: int, learner_id: int, by_id: int, reason: str, at: datetime
    ) -> None:
        row = ExclusionRow(
            community_id=community_id,
            learner_id=learner_id,
            by_learner_id=by_id,
            reason=storable(reason)[:MOST_DETAIL],
            at=at,
        )
        self._session.merge(row)
        self._session.flush()
        update_shown(self._session, community_id, learner_id)

    @override
    def remove(self, community_id: int, learner_id: int) -> bool:
        theirs = (ExclusionRow.community_id == community_id, ExclusionRow.learner_id == learner_id)
        gone = delete(ExclusionRow).where(*theirs).returning(ExclusionRow.learner_id)
        was_excluded = self._session.scalar(gone) is not None
        update_shown(self._session, community_id, learner_id)
        return was_excluded

    @override
    def get(self, community_id: int, learner_id: int) -> Exclusion | None:
        theirs = _exclusions(community_id).where(ExclusionRow.learner_id == learner_id)
        found = self._session.execute(theirs).one_or_none()
        return None if found is None else _exclusion(*found)

    @override
    def of_community(self, community_id: int, most: int) -> tuple[Exclusion, ...]:
        newest = _exclusions(community_id).order_by(ExclusionRow.at.desc(), ExclusionRow.learner_id)
        return tuple(_exclusion(*found) for found in self._session.execute(newest.limit(most)))

    @override
    def named(self, community_id: int, name: str, most: int) -> tuple[Named, ...]:
        member = MembershipRow
        # SQLite folds the case of ASCII letters only; other letters match as they are written.
        same = or_(member.display_name == name, func.lower(member.display_name) == name.lower())
        rows = self._session.execute(
            select(member.learner_id, member.display_name)
            .where(member.community_id == community_id, same)
            .order_by(member.learner_id)
            .limit(most)
        )
        return tuple(Named(learner_id, found) for learner_id, found in rows)


def _exclusions(community_id: int) -> Select[ExclusionRow, str]:
    member = and_(
        MembershipRow.community_id == ExclusionRow.community_id,
        MembershipRow.learner_id == ExclusionRow.learner_id,
    )
    return (
        select(ExclusionRow, MembershipRow.display_name)
        .outerjoin(MembershipRow, member)
        .where(ExclusionRow.community_id == community_id)
    )


def _exclusion(row: ExclusionRow, name: str | None) -> Exclusion:
    return Exclusion(row.learner_id, name or "", row.reason, utc(row.at))


MERGES = (
    moved_unless_there(ExclusionRow.learner_id, ExclusionRow.community_id),
    moved(ExclusionRow.by_learner_id),
)
