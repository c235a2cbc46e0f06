"""The repository of admissions to private discussions."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import and_, bindparam, or_, select
from sqlalchemy.orm import Session
from typing_extensions import override

from bot.core.daily.ports import Admissions
from bot.core.daily.post import RETRY_AFTER, PostState, Thread
from bot.core.daily.retries import Admitted, Candidate
from bot.storage.account_merge import moved_unless_there
from bot.storage.orm import AdmissionRow, AskRow, AttemptRow, DailyPostRow, LearnerRow

_NOTED = and_(AdmissionRow.post_id == AskRow.post_id, AdmissionRow.learner_id == AskRow.learner_id)
# What waits longer than anything does was noted by a clock that has been set back.
_DUE = or_(
    AdmissionRow.next_try_at <= bindparam("now", type_=AdmissionRow.next_try_at.type),
    AdmissionRow.next_try_at > bindparam("longest", type_=AdmissionRow.next_try_at.type),
)

# Learners who have answered posts and are to be let in now, with their failures.
_WAITING = (
    select(AskRow.learner_id, AdmissionRow.tries)
    .join(AttemptRow, AttemptRow.ask_id == AskRow.id)
    .outerjoin(AdmissionRow, _NOTED)
    .where(AttemptRow.counts, or_(AdmissionRow.post_id.is_(None), _DUE))
)

# Each poll of the daily loop asks for these; to make it takes longer than to ask.
_AWAITED = (
    _WAITING.join(DailyPostRow, DailyPostRow.id == AskRow.post_id)
    .where(
        AskRow.post_id.in_(bindparam("posts", expanding=True)),
        DailyPostRow.state == PostState.SENT,
        DailyPostRow.private.is_(True),
        DailyPostRow.thread == Thread.OPEN,
    )
    .with_only_columns(AskRow.post_id)
    .distinct()
)


def _times(now: datetime) -> dict[str, datetime]:
    return {"now": now, "longest": now + timedelta(seconds=RETRY_AFTER[-1])}


class SqlAdmissions(Admissions):
    """Who was let into private discussions, and who waits for it."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @override
    def awaited(self, post_ids: Collection[int], now: datetime) -> frozenset[int]:
        if not post_ids:
            return frozenset()
        found = self._session.scalars(_AWAITED, {"posts": list(post_ids)} | _times(now))
        return frozenset(post_id for post_id in found if post_id is not None)

    @override
    def waiting(self, post_id: int, now: datetime, most: int) -> tuple[Candidate, ...]:
        theirs = _WAITING.where(AskRow.post_id == post_id).distinct()
        chosen = theirs.order_by(AskRow.learner_id).limit(most)
        found = self._session.execute(chosen, _times(now)).all()
        return tuple(Candidate(learner_id, tries or 0) for learner_id, tries in found)

    @override
    def put(self, post_id: int, learner_id: int, admitted: Admitted) -> None:
        post = self._session.get(DailyPostRow, post_id)
        learner = self._session.get(LearnerRow, learner_id)
        if post is None or learner is None:
            return
        row = AdmissionRow(
            post_id=post_id,
            learner_id=learner_id,
            admitted_at=admitted.at,
            tries=admitted.tries,
            next_try_at=admitted.next_try_at,
        )
        self._session.merge(row)
        self._session.flush()


MERGES = (moved_unless_there(AdmissionRow.learner_id, AdmissionRow.post_id),)
