"""The repository of reminders."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import exists, select
from sqlalchemy.orm import Session
from typing_extensions import override

from bot.core.accounts.model import Learner
from bot.core.reviews.ports import Reminders
from bot.storage.account_merge import moved_unless_there
from bot.storage.orm import IdentityRow, LearnerRow, ReminderRow
from bot.storage.repositories.accounts import learner_of


class SqlReminders(Reminders):
    """The reminders of learners."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @override
    def wanted(self, platforms: Collection[str]) -> tuple[Learner, ...]:
        account = exists().where(
            IdentityRow.learner_id == LearnerRow.id, IdentityRow.platform.in_(platforms)
        )
        rows = select(LearnerRow).where(LearnerRow.reminders, account).order_by(LearnerRow.id)
        return tuple(map(learner_of, self._session.scalars(rows)))

    @override
    def latest(self, learner_id: int) -> date | None:
        row = self._session.get(ReminderRow, learner_id)
        return None if row is None else row.day

    @override
    def note(self, learner_id: int, day: date) -> None:
        self._session.merge(ReminderRow(learner_id=learner_id, day=day))
        self._session.flush()


MERGES = (moved_unless_there(ReminderRow.learner_id),)
