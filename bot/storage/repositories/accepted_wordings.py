"""Repositories of what communities accept, and of what is graded again for it."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session
from typing_extensions import override

from bot.core.appeals.model import AcceptedWording
from bot.core.appeals.ports import AcceptedWordings, Regrade, Regrades
from bot.storage.engine import utc
from bot.storage.orm import AcceptedParaphraseRow, CommunityRow, RegradeRow


class SqlAcceptedWordings(AcceptedWordings):
    """What communities accept as wordings of key points."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @override
    def add(
        self,
        community_id: int,
        question_id: str,
        point_id: str,
        text: str,
        at: datetime,
        appeal_id: int | None = None,
    ) -> AcceptedWording:
        row = self._session.scalar(
            select(AcceptedParaphraseRow).where(
                AcceptedParaphraseRow.community_id == community_id,
                AcceptedParaphraseRow.question_id == question_id,
                AcceptedParaphraseRow.point_id == point_id,
                AcceptedParaphraseRow.text == text,
            )
        )
        if row is None:
            row = AcceptedParaphraseRow(
                community_id=community_id,
                question_id=question_id,
                point_id=point_id,
                text=text,
                accepted_at=at,
                appeal_id=appeal_id,
            )
            self._session.add(row)
            self._session.flush()
        return _wording(row)

    @override
    def of_question(self, community_id: int, question_id: str) -> tuple[AcceptedWording, ...]:
        there = select(AcceptedParaphraseRow).where(
            AcceptedParaphraseRow.community_id == community_id,
            AcceptedParaphraseRow.question_id == question_id,
        )
        rows = self._session.scalars(there.order_by(AcceptedParaphraseRow.id))
        return tuple(map(_wording, rows))

    @override
    def every(self, community_id: int | None = None) -> tuple[AcceptedWording, ...]:
        query = select(AcceptedParaphraseRow)
        if community_id is not None:
            query = query.where(AcceptedParaphraseRow.community_id == community_id)
        order = (AcceptedParaphraseRow.question_id, AcceptedParaphraseRow.id)
        return tuple(map(_wording, self._session.scalars(query.order_by(*order))))

    @override
    def community_names(self) -> Mapping[int, str]:
        rows = self._session.execute(
            select(CommunityRow.id, CommunityRow.name).where(
                CommunityRow.id.in_(select(AcceptedParaphraseRow.community_id))
            )
        )
        return {row.id: row.name for row in rows}


class SqlRegrades(Regrades):
    """What is still to be graded again."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @override
    def add(self, community_id: int, question_id: str, at: datetime) -> Regrade:
        row = RegradeRow(
            community_id=community_id, question_id=question_id, last_attempt_id=0, ordered_at=at
        )
        self._session.add(row)
        self._session.flush()
        return _regrade(row)

    @override
    def get(self, regrade_id: int) -> Regrade | None:
        row = self._session.get(RegradeRow, regrade_id)
        return None if row is None else _regrade(row)

    @override
    def pending(self) -> tuple[Regrade, ...]:
        rows = self._session.scalars(select(RegradeRow).order_by(RegradeRow.id))
        return tuple(map(_regrade, rows))

    @override
    def advance(self, regrade: Regrade, attempt_id: int) -> bool:
        moved_on = self._session.scalar(
            update(RegradeRow)
            .where(
                RegradeRow.id == regrade.id,
                RegradeRow.last_attempt_id == regrade.last_attempt_id,
            )
            .values(last_attempt_id=attempt_id)
            .returning(RegradeRow.id)
        )
        return moved_on is not None

    @override
    def finish(self, regrade: Regrade) -> None:
        self._session.execute(
            delete(RegradeRow).where(
                RegradeRow.id == regrade.id,
                RegradeRow.last_attempt_id == regrade.last_attempt_id,
            )
        )


def _wording(row: AcceptedParaphraseRow) -> AcceptedWording:
    return AcceptedWording(
        id=row.id,
        community_id=row.community_id,
        question_id=row.question_id,
        point_id=row.point_id,
        text=row.text,
        accepted_at=utc(row.accepted_at),
    )


def _regrade(row: RegradeRow) -> Regrade:
    return Regrade(row.id, row.community_id, row.question_id, row.last_attempt_id)
