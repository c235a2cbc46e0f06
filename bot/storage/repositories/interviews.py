"""The repository of mock interviews."""

import json
from datetime import datetime

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session
from typing_extensions import override

from bot.core.interviews.model import Interview, InterviewState
from bot.core.interviews.ports import Interviews
from bot.storage.account_merge import Merge, moved
from bot.storage.engine import utc
from bot.storage.orm import InterviewRow

_UNFINISHED = InterviewRow.state.in_((InterviewState.RUNNING, InterviewState.PAUSED))


class SqlInterviews(Interviews):
    """The mock interviews of learners."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @override
    def add(self, learner_id: int, question_ids: tuple[str, ...], at: datetime) -> Interview:
        row = InterviewRow(
            learner_id=learner_id,
            question_ids=json.dumps(question_ids),
            started_at=at,
            state=InterviewState.RUNNING.value,
            position=0,
            follow_ups="[]",
            following=False,
            active_seconds=0.0,
        )
        self._session.add(row)
        self._session.flush()
        return _interview(row)

    @override
    def get(self, interview_id: int) -> Interview | None:
        row = self._session.get(InterviewRow, interview_id)
        return None if row is None else _interview(row)

    @override
    def latest(self, learner_id: int) -> Interview | None:
        return self._first(select(InterviewRow).where(InterviewRow.learner_id == learner_id))

    @override
    def unfinished(self, learner_id: int) -> Interview | None:
        theirs = select(InterviewRow).where(InterviewRow.learner_id == learner_id)
        return self._first(theirs.where(_UNFINISHED))

    @override
    def update(self, interview: Interview) -> None:
        self._session.execute(
            update(InterviewRow)
            .where(InterviewRow.id == interview.id)
            .values(
                state=interview.state.value,
                position=interview.position,
                follow_ups=json.dumps(interview.follow_ups),
                following=interview.following,
                active_seconds=interview.active_seconds,
                shown_at=interview.shown_at,
                finished_at=interview.finished_at,
            )
        )

    def _first(self, found: Select[InterviewRow]) -> Interview | None:
        row = self._session.scalar(found.order_by(InterviewRow.id.desc()).limit(1))
        return None if row is None else _interview(row)


def _interview(row: InterviewRow) -> Interview:
    return Interview(
        id=row.id,
        learner_id=row.learner_id,
        question_ids=tuple(json.loads(row.question_ids)),
        started_at=utc(row.started_at),
        state=InterviewState(row.state),
        position=row.position,
        follow_ups=tuple(json.loads(row.follow_ups)),
        following=row.following,
        active_seconds=row.active_seconds,
        shown_at=None if row.shown_at is None else utc(row.shown_at),
        finished_at=None if row.finished_at is None else utc(row.finished_at),
    )


def _move_interviews(session: Session, gone_id: int, kept_id: int) -> None:
    """Give the interviews over; a person is in one at most, so that a second one ends."""
    if SqlInterviews(session).unfinished(kept_id) is not None:
        last_seen = func.coalesce(InterviewRow.shown_at, InterviewRow.started_at)
        session.execute(
            update(InterviewRow)
            .where(InterviewRow.learner_id == gone_id, _UNFINISHED)
            .values(state=InterviewState.ABANDONED.value, finished_at=last_seen, shown_at=None)
            .execution_options(synchronize_session=False)
        )
    moved(InterviewRow.learner_id).rule(session, gone_id, kept_id)


MERGES = (Merge(InterviewRow.learner_id, _move_interviews),)
