"""The repository of the points that learners say they made."""

from datetime import datetime

from sqlalchemy.orm import Session
from typing_extensions import override

from bot.core.practice.model import Attempt
from bot.core.practice.ports import OwnViewsKept
from bot.storage.account_merge import moved
from bot.storage.orm import OwnViewRow


class SqlOwnViews(OwnViewsKept):
    """What learners say of their answers, beside the grades."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @override
    def turn(self, attempt: Attempt, point_id: str, at: datetime) -> bool:
        row = self._session.get(OwnViewRow, (attempt.id, point_id))
        if row is not None:
            self._session.delete(row)
        else:
            mine = attempt.learner_id
            self._session.add(
                OwnViewRow(attempt_id=attempt.id, point_id=point_id, learner_id=mine, said_at=at)
            )
        self._session.flush()
        return row is None


MERGES = (moved(OwnViewRow.learner_id),)
