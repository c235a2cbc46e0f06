"""Repositories of people and their accounts."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.core.learner import Learner, PlatformUser
from bot.storage.orm import IdentityRow, LearnerRow
from bot.storage.repositories.moments import utc


class SqlLearners:
    """The people and the accounts that lead to them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def find(self, user: PlatformUser) -> Learner | None:
        """Return the learner behind this account, or None."""
        row = self._row(user)
        return None if row is None else _learner(row)

    def register(self, user: PlatformUser, at: datetime) -> Learner:
        """Return the learner behind this account, created on the first call."""
        # Nobody can register between the look and the insert: the transaction is IMMEDIATE.
        row = self._row(user) or self._create(user, at)
        if user.display_name and row.display_name != user.display_name:
            row.display_name = user.display_name
            self._session.flush()
        return _learner(row)

    def _row(self, user: PlatformUser) -> LearnerRow | None:
        return self._session.scalar(
            select(LearnerRow)
            .join(IdentityRow, IdentityRow.learner_id == LearnerRow.id)
            .where(
                IdentityRow.platform == user.platform,
                IdentityRow.team == user.team,
                IdentityRow.external_id == user.external_id,
            )
        )

    def _create(self, user: PlatformUser, at: datetime) -> LearnerRow:
        row = LearnerRow(display_name=user.display_name, joined_at=at)
        self._session.add(row)
        self._session.flush()
        identity = IdentityRow(
            learner_id=row.id,
            platform=user.platform,
            team=user.team,
            external_id=user.external_id,
        )
        self._session.add(identity)
        self._session.flush()
        return row


def _learner(row: LearnerRow) -> Learner:
    return Learner(row.id, row.display_name, utc(row.joined_at))
