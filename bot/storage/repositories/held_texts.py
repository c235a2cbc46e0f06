"""The repository of what may be an answer."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete
from sqlalchemy.orm import Session
from typing_extensions import override

from bot.core.practice.model import Ask, HeldText
from bot.core.practice.ports import HeldTexts
from bot.storage.account_merge import moved
from bot.storage.engine import utc
from bot.storage.orm import HeldTextRow

HELD_FOR: Final = timedelta(days=1)


class SqlHeldTexts(HeldTexts):
    """Texts that are neither graded nor forgotten yet."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @override
    def add(self, ask: Ask, text: str, at: datetime) -> HeldText:
        self._session.execute(delete(HeldTextRow).where(HeldTextRow.held_at < at - HELD_FOR))
        row = HeldTextRow(ask_id=ask.id, learner_id=ask.learner_id, text=text, held_at=at)
        self._session.add(row)
        self._session.flush()
        return _held(row)

    @override
    def take(self, held_id: int, learner_id: int) -> HeldText | None:
        row = self._session.get(HeldTextRow, held_id)
        if row is None or row.learner_id != learner_id:
            return None
        held = _held(row)
        self._session.delete(row)
        self._session.flush()
        return held


def _held(row: HeldTextRow) -> HeldText:
    return HeldText(row.id, row.ask_id, row.learner_id, row.text, utc(row.held_at))


MERGES = (moved(HeldTextRow.learner_id),)
