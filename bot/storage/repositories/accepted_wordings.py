"""Repositories of what communities accept, and of what is graded again for it."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bot.core.appeals.model import AcceptedWording
from bot.core.appeals.ports import Regrade
from bot.storage.engine import utc
from bot.storage.orm import AcceptedParaphraseRow, CommunityRow, RegradeRow


class SqlAcceptedWordings:
    """What communities accept as wordings of key points."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(
        self,
        community_id: int,
        question_id: str,
        point_id: str,
        text: str,
        at: datetime,
        appeal_id: int | None = None,
    ) -> AcceptedWording:
        """Keep a wording; the same one of the same point is kept once."""
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

    def of_question(self, community_id: int, question_id: str) -> tuple[AcceptedWording, ...]:
        """Return what a community accepts for a question, the oldest first."""
        there = select(AcceptedParaphraseRow).where(
            AcceptedParaphraseRow.community_id == community_id,
            AcceptedParaphraseRow.question_id == question_id,
        )
        rows = self._session.scalars(there.order_by(AcceptedParaphraseRow.id))
        return tuple(map(_wording, rows))

    def every(self, community_id: int | None = None) -> tuple[AcceptedWording, ...]:
        """Return what communities accept, or one of them, by question and age."""
        query = select(AcceptedParaphraseRow)
        if community_id is not None:
            query = query.where(AcceptedParaphraseRow.community_id == community_id)
        order = (AcceptedParaphraseRow.question_id, AcceptedParaphraseRow.id)
        return tuple(map(_wording, self._session.scalars(query.order_by(*order))))

    def community_names(self) -> Mapping[int, str]:
        """Return the names of the communities that accept anything, by id."""
        rows = self._session.execute(
            select(CommunityRow.id, CommunityRow.name).where(
                CommunityRow.id.in_(select(AcceptedParaphraseRow.community_id))
            )
        )
        return {row.id: row.name for row in rows}


class SqlRegrades:
    """What is still to be graded again."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, community_id: int, question_id: str, at: datetime) -> Regrade:
        """Order that all answers in a community to a question are graded again."""
        row = RegradeRow(
            community_id=community_id, question_id=question_id, last_attempt_id=0, ordered_at=at
        )
        self._session.add(row)
        self._session.flush()
        return _regrade(row)

    def get(self, regrade_id: int) -> Regrade | None:
        """Return the order as it stands, or None when it is done or its community has gone."""
        row = self._session.get(RegradeRow, regrade_id)
        return None if row is None else _regrade(row)

    def pending(self) -> tuple[Regrade, ...]:
        """Return all orders, the oldest first."""
        rows = self._session.scalars(select(RegradeRow).order_by(RegradeRow.id))
        return tuple(map(_regrade, rows))

    def advance(self, regrade: Regrade, attempt_id: int) -> bool:
        """Note that an attempt is done; return False when the order no longer stands as given."""
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

    def finish(self, regrade: Regrade) -> None:
        """Remove an order, unless it no longer stands as given."""
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
