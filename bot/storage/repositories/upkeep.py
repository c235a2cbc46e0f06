"""The repository of upkeep: what has been kept for long enough goes."""

import json
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    delete,
    func,
    inspect,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.orm import Session
from typing_extensions import override

from bot.core.appeals.model import AppealState
from bot.core.privacy.model import Batch
from bot.core.privacy.ports import Upkeep
from bot.storage.engine import utc
from bot.storage.orm import (
    AdmissionRow,
    AppealRow,
    AskRow,
    AttemptRow,
    AuditRow,
    Base,
    ChannelRow,
    CommunityRow,
    DailyPostRow,
    MembershipRow,
    NoticeRow,
    PointsRow,
    ScoredRow,
)

WINDOW = 20
"""So many times as many answers are looked at in one transaction as may lose their text in it."""


class SqlUpkeep(Upkeep):
    """What has been kept for long enough."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @override
    def fade_answers(
        self, after_id: int, most: int, at: datetime, answer_days: int | None, left_before: datetime
    ) -> Batch:
        days = self._session.scalar(select(func.min(CommunityRow.retention_days)))
        known = [each for each in (days, answer_days) if each is not None]
        if not known:
            return Batch(0, None)
        behind = select(AttemptRow.id).where(AttemptRow.id > after_id).order_by(AttemptRow.id)
        window = behind.limit(WINDOW * most).subquery()
        size, last_id = self._session.execute(select(func.count(), func.max(window.c.id))).one()
        rows = self._session.execute(
            select(
                AttemptRow.id,
                AttemptRow.submitted_at,
                CommunityRow.retention_days,
                CommunityRow.left_at,
            )
            .outerjoin(CommunityRow, CommunityRow.id == AttemptRow.community_id)
            .where(
                AttemptRow.id > after_id,
                AttemptRow.id <= (last_id or 0),
                AttemptRow.answer != "",
                or_(
                    AttemptRow.submitted_at < at - timedelta(days=min(known)),
                    CommunityRow.left_at < left_before,
                ),
            )
            .order_by(AttemptRow.id)
        )
        old = [row.id for row in rows if _is_old(row, at, answer_days, left_before)]
        self._fade(old[:most], at)
        if len(old) > most:
            return Batch(most, old[most - 1])
        return Batch(len(old), last_id if size == WINDOW * most else None)

    @override
    def empty_communities(self, most: int, left_before: datetime) -> int:
        gone = select(CommunityRow.id).where(CommunityRow.left_at < left_before)
        answers = select(AttemptRow.id, AttemptRow.ask_id).where(AttemptRow.community_id.in_(gone))
        if found := self._session.execute(answers.limit(most)).all():
            nowhere = {"community_id": None, "channel_id": None}
            ids, asks = zip(*found, strict=True)
            self._session.execute(update(AttemptRow).where(AttemptRow.id.in_(ids)).values(nowhere))
            self._session.execute(
                update(AskRow).where(AskRow.id.in_(asks)).values(nowhere | {"post_id": None})
            )
            return len(found)
        channels = select(ChannelRow.id).where(ChannelRow.community_id.in_(gone))
        posts = select(DailyPostRow.id).where(DailyPostRow.channel_id.in_(channels))
        theirs = (
            *((table, table.community_id.in_(gone)) for table in (ScoredRow, PointsRow)),
            *((table, table.community_id.in_(gone)) for table in (MembershipRow, AuditRow)),
            (AdmissionRow, AdmissionRow.post_id.in_(posts)),
            (DailyPostRow, DailyPostRow.channel_id.in_(channels)),
        )
        counts = (self._delete(table, belongs, most) for table, belongs in theirs)
        return next((count for count in counts if count), 0)

    def _delete(self, table: type[Base], which: ColumnElement[bool], most: int) -> int:
        """Delete rows of a table, `most` at most; return how many."""
        key = tuple_(*inspect(table).primary_key)
        chosen = select(*inspect(table).primary_key).where(which).limit(most)
        deleted = self._session.execute(
            delete(table).where(key.in_(chosen)), execution_options={"synchronize_session": False}
        )
        return cast("CursorResult[Any]", deleted).rowcount

    @override
    def drop_communities(self, after_id: int, most: int, left_before: datetime) -> Batch:
        gone = (CommunityRow.id > after_id, CommunityRow.left_at < left_before)
        query = select(CommunityRow.id).where(*gone).order_by(CommunityRow.id).limit(most)
        ids = list(self._session.scalars(query))
        self._session.execute(delete(CommunityRow).where(CommunityRow.id.in_(ids)))
        return _batch(len(ids), ids, most)

    @override
    def drop_memberships(self, after_id: int, most: int, left_before: datetime) -> Batch:
        gone = MembershipRow.left_at < left_before
        of_learners = select(MembershipRow.learner_id).where(
            gone, MembershipRow.learner_id > after_id
        )
        query = of_learners.distinct().order_by(MembershipRow.learner_id).limit(most)
        ids = list(self._session.scalars(query))
        dropped = self._session.execute(
            delete(MembershipRow)
            .where(gone, MembershipRow.learner_id.in_(ids))
            .returning(MembershipRow.community_id, MembershipRow.learner_id)
        ).all()
        for community_id, learner_id in dropped:
            for table in (PointsRow, ScoredRow):
                theirs = (table.community_id == community_id, table.learner_id == learner_id)
                self._session.execute(delete(table).where(*theirs))
        return _batch(len(dropped), ids, most)

    @override
    def drop_notices(self, after_id: int, most: int, delivered_before: datetime) -> Batch:
        old = (NoticeRow.id > after_id, NoticeRow.delivered_at < delivered_before)
        query = select(NoticeRow.id).where(*old).order_by(NoticeRow.id).limit(most)
        ids = list(self._session.scalars(query))
        self._session.execute(delete(NoticeRow).where(NoticeRow.id.in_(ids)))
        return _batch(len(ids), ids, most)

    def _fade(self, ids: list[int], at: datetime) -> None:
        """Blank answers and what was quoted of them; nobody can decide on what is not there."""
        theirs = AttemptRow.id.in_(ids)
        self._session.execute(delete(AttemptRow).where(theirs, AttemptRow.graded_at.is_(None)))
        self._session.execute(
            update(AppealRow)
            .where(AppealRow.attempt_id.in_(ids), AppealRow.state == AppealState.OPEN.value)
            .values(state=AppealState.WITHDRAWN.value, decided_at=at)
        )
        self._session.execute(
            update(AppealRow).where(AppealRow.attempt_id.in_(ids)).values(sentence="")
        )
        for row in self._session.scalars(select(AttemptRow).where(theirs)):
            row.answer = ""
            row.grade = row.grade and without_quotes(row.grade)
        self._session.flush()


def without_quotes(grade: str) -> str:
    """Return a stored grade without the learner's sentences; any version's keeps its form."""
    document: dict[str, Any] = json.loads(grade)
    for point in document.get("points", ()):
        point["evidence"] = None
    for misconception in document.get("misconceptions", ()):
        misconception["evidence"] = ""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def _is_old(row: Any, at: datetime, answer_days: int | None, left_before: datetime) -> bool:
    own = row.retention_days
    if own is not None and row.left_at is not None and utc(row.left_at) < left_before:
        return True
    days = answer_days if own is None else own
    return days is not None and utc(row.submitted_at) < at - timedelta(days=days)


def _batch(count: int, ids: list[int], most: int) -> Batch:
    return Batch(count, ids[-1] if len(ids) == most else None)
