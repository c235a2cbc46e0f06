"""The repository of flags."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session, aliased
from typing_extensions import override

from bot.core.flags.model import FlagKind, QuestionFlag
from bot.core.flags.ports import Flags
from bot.storage.account_merge import Merge, moved
from bot.storage.engine import utc
from bot.storage.orm import FlagRow


class SqlFlags(Flags):
    """The flags on questions."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @override
    def put(
        self,
        learner_id: int,
        question_id: str,
        kind: FlagKind,
        words: str,
        at: datetime,
        community_id: int | None = None,
    ) -> QuestionFlag:
        row = self._open_row(learner_id, question_id)
        if row is None:
            row = FlagRow(learner_id=learner_id, question_id=question_id, created_at=at)
            self._session.add(row)
        row.kind, row.words, row.community_id = kind.value, words, community_id
        self._session.flush()
        return _flag(row)

    @override
    def get(self, flag_id: int) -> QuestionFlag | None:
        row = self._session.get(FlagRow, flag_id)
        return None if row is None else _flag(row)

    @override
    def open_one(self, learner_id: int, question_id: str) -> QuestionFlag | None:
        row = self._open_row(learner_id, question_id)
        return None if row is None else _flag(row)

    @override
    def count(self, learner_id: int, since: datetime) -> int:
        theirs = (FlagRow.learner_id == learner_id, FlagRow.created_at > since)
        return self._session.scalar(select(func.count()).where(*theirs)) or 0

    @override
    def open_in(
        self, community_id: int | None, most: int, after_id: int = 0
    ) -> tuple[QuestionFlag, ...]:
        opened = FlagRow.handled_at.is_(None), FlagRow.id > after_id
        there = (FlagRow.community_id == community_id, *opened)
        rows = self._session.scalars(select(FlagRow).where(*there).order_by(FlagRow.id).limit(most))
        return tuple(_flag(row) for row in rows)

    @override
    def by_question(self) -> Mapping[str, int]:
        found = select(FlagRow.question_id, func.count()).where(FlagRow.handled_at.is_(None))
        rows = self._session.execute(found.group_by(FlagRow.question_id))
        return {question_id: count for question_id, count in rows}  # noqa: C416 rows are tuples

    @override
    def handle(self, flag_id: int, by_learner_id: int | None, at: datetime) -> None:
        row = self._session.get_one(FlagRow, flag_id)
        row.handled_at, row.handler_learner_id = at, by_learner_id
        self._session.flush()

    def _open_row(self, learner_id: int, question_id: str) -> FlagRow | None:
        theirs = (FlagRow.learner_id == learner_id, FlagRow.question_id == question_id)
        return self._session.scalar(select(FlagRow).where(*theirs, FlagRow.handled_at.is_(None)))


def _flag(row: FlagRow) -> QuestionFlag:
    return QuestionFlag(
        id=row.id,
        learner_id=row.learner_id,
        question_id=row.question_id,
        kind=FlagKind(row.kind),
        words=row.words,
        created_at=utc(row.created_at),
        community_id=row.community_id,
        handled_at=None if row.handled_at is None else utc(row.handled_at),
    )


def _move_flags(session: Session, gone_id: int, kept_id: int) -> None:
    """Give the flags over; of two open ones on one question the kept learner's stays."""
    theirs = aliased(FlagRow)
    open_there = select(theirs.question_id).where(
        theirs.learner_id == kept_id, theirs.handled_at.is_(None)
    )
    session.execute(
        delete(FlagRow)
        .where(
            FlagRow.learner_id == gone_id,
            FlagRow.handled_at.is_(None),
            FlagRow.question_id.in_(open_there),
        )
        .execution_options(synchronize_session=False)
    )
    session.execute(update(FlagRow).where(FlagRow.learner_id == gone_id).values(learner_id=kept_id))


MERGES = (Merge(FlagRow.learner_id, _move_flags), moved(FlagRow.handler_learner_id))
