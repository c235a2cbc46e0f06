"""The repository of first answers by their time."""

from datetime import datetime

from sqlalchemy import ColumnElement, Engine, func, select
from sqlalchemy.orm import Session
from typing_extensions import override

from bot.core.communities.model import Role
from bot.core.drift.model import Answered
from bot.core.drift.ports import AnswersInTime
from bot.storage.engine import utc
from bot.storage.orm import AttemptRow, MembershipRow
from bot.storage.reading import READING


class SqlAnswersInTime(AnswersInTime):
    """First graded answers without help; nobody waits while they are read."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine.execution_options(**{READING: True})

    @override
    def begin(self, community_id: int | None = None) -> datetime | None:
        first = select(func.min(AttemptRow.submitted_at)).where(*_counted(community_id))
        with Session(self._engine) as session:
            found = session.scalar(first)
        return None if found is None else utc(found)

    @override
    def between(
        self, start: datetime, end: datetime, most: int, community_id: int | None = None
    ) -> tuple[Answered, ...]:
        columns = (
            AttemptRow.learner_id,
            AttemptRow.question_id,
            AttemptRow.score,
            AttemptRow.answer,
            AttemptRow.grader_version,
        )
        found = (
            select(*columns)
            .where(
                *_counted(community_id),
                AttemptRow.submitted_at >= start,
                AttemptRow.submitted_at < end,
            )
            .order_by(AttemptRow.id.desc())
            .limit(most)
        )
        with Session(self._engine) as session:
            rows = session.execute(found).all()
        return tuple(
            Answered(learner, question, float(score or 0.0), text, grader or "")
            for learner, question, score, text, grader in reversed(rows)
        )


def _counted(community_id: int | None) -> tuple[ColumnElement[bool], ...]:
    tries = AttemptRow.first.is_(True), AttemptRow.counts.is_(True)
    counted = (*tries, AttemptRow.graded_at.is_not(None))
    if community_id is None:
        return counted
    members = select(MembershipRow.learner_id).where(
        MembershipRow.community_id == community_id,
        MembershipRow.left_at.is_(None),
        MembershipRow.role != Role.BOT.value,
    )
    return (*counted, AttemptRow.community_id == community_id, AttemptRow.learner_id.in_(members))
