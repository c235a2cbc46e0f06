"""The repository of appeals."""

from datetime import datetime

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session
from typing_extensions import override

from bot.core.appeals.model import Appeal, AppealState
from bot.core.appeals.ports import Appeals
from bot.core.communities.model import Role
from bot.storage.account_merge import moved
from bot.storage.engine import utc
from bot.storage.orm import AppealRow, MembershipRow

_OPEN = AppealRow.state == AppealState.OPEN.value


class SqlAppeals(Appeals):
    """The appeals of learners."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @override
    def add(
        self,
        learner_id: int,
        attempt_id: int,
        community_id: int,
        question_id: str,
        point_id: str,
        sentence: str,
        at: datetime,
    ) -> Appeal:
        row = AppealRow(
            learner_id=learner_id,
            attempt_id=attempt_id,
            community_id=community_id,
            question_id=question_id,
            point_id=point_id,
            sentence=sentence,
            made_at=at,
            state=AppealState.OPEN.value,
            reason="",
        )
        self._session.add(row)
        self._session.flush()
        return _appeal(row)

    @override
    def get(self, appeal_id: int) -> Appeal | None:
        row = self._session.get(AppealRow, appeal_id)
        return None if row is None else _appeal(row)

    @override
    def standing(self, attempt_id: int, point_id: str) -> Appeal | None:
        row = self._session.scalar(
            select(AppealRow).where(
                AppealRow.attempt_id == attempt_id,
                AppealRow.point_id == point_id,
                AppealRow.state != AppealState.WITHDRAWN.value,
            )
        )
        return None if row is None else _appeal(row)

    @override
    def open_of(self, learner_id: int) -> tuple[Appeal, ...]:
        theirs = select(AppealRow).where(AppealRow.learner_id == learner_id, _OPEN)
        return tuple(map(_appeal, self._session.scalars(theirs.order_by(AppealRow.id))))

    @override
    def open_in(self, community_id: int, most: int, after_id: int = 0) -> tuple[Appeal, ...]:
        there = AppealRow.community_id == community_id, _OPEN, AppealRow.id > after_id
        found = select(AppealRow).where(*there).order_by(AppealRow.id)
        rows = self._session.scalars(found.limit(most))
        return tuple(map(_appeal, rows))

    @override
    def decide(
        self,
        appeal_id: int,
        state: AppealState,
        at: datetime,
        by_learner_id: int | None = None,
        reason: str = "",
    ) -> bool:
        decided = self._session.scalar(
            update(AppealRow)
            .where(AppealRow.id == appeal_id, _OPEN)
            .values(
                state=state.value, decided_at=at, decider_learner_id=by_learner_id, reason=reason
            )
            .returning(AppealRow.id)
        )
        return decided is not None

    @override
    def has_other_staff(self, community_id: int, learner_id: int) -> bool:
        there = exists().where(
            MembershipRow.community_id == community_id,
            MembershipRow.learner_id != learner_id,
            MembershipRow.role == Role.STAFF.value,
            MembershipRow.left_at.is_(None),
        )
        return bool(self._session.scalar(select(there)))


def _appeal(row: AppealRow) -> Appeal:
    return Appeal(
        id=row.id,
        learner_id=row.learner_id,
        attempt_id=row.attempt_id,
        community_id=row.community_id,
        question_id=row.question_id,
        point_id=row.point_id,
        sentence=row.sentence,
        made_at=utc(row.made_at),
        state=AppealState(row.state),
        decided_at=None if row.decided_at is None else utc(row.decided_at),
        decided_by=row.decider_learner_id,
        reason=row.reason,
    )


MERGES = (moved(AppealRow.learner_id), moved(AppealRow.decider_learner_id))
