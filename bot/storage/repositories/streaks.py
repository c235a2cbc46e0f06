"""Repositories of streaks: answered days, moves between time zones, and the life of the service."""

from datetime import date, datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session
from typing_extensions import override

from bot.core.streaks.outages import Outage
from bot.core.streaks.ports import ActivityDays, Heartbeats, Outages, TimezoneChanges
from bot.core.streaks.timezone_changes import Days, TimezoneChange
from bot.storage.account_merge import moved, moved_unless_there
from bot.storage.engine import utc
from bot.storage.orm import ActivityDayRow, HeartbeatRow, OutageRow, ZoneMoveRow

MOST_MOVES = 200
"""The latest so many are read: two years of a flight each week, and milliseconds to count."""


class SqlActivityDays(ActivityDays):
    """The local days on which learners answered."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @override
    def add(self, learner_id: int, day: date, attempt_id: int) -> None:
        if self._session.get(ActivityDayRow, (learner_id, day)) is None:
            row = ActivityDayRow(learner_id=learner_id, day=day, attempt_id=attempt_id)
            self._session.add(row)
            self._session.flush()

    @override
    def of_learner(self, learner_id: int) -> dict[date, int | None]:
        query = select(ActivityDayRow.day, ActivityDayRow.attempt_id)
        theirs = query.where(ActivityDayRow.learner_id == learner_id)
        rows = self._session.execute(theirs.order_by(ActivityDayRow.day))
        return {row.day: row.attempt_id for row in rows}


class SqlZoneMoves(TimezoneChanges):
    """When learners changed their time zone or the hour at which their day starts."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @override
    def add(self, learner_id: int, move: TimezoneChange) -> None:
        self._session.add(
            ZoneMoveRow(
                learner_id=learner_id,
                moved_at=move.at,
                old_zone=move.old.zone,
                new_zone=move.new.zone,
                old_day_starts=move.old.day_starts,
                new_day_starts=move.new.day_starts,
            )
        )
        self._session.flush()

    @override
    def of_learner(self, learner_id: int) -> tuple[TimezoneChange, ...]:
        theirs = select(ZoneMoveRow).where(ZoneMoveRow.learner_id == learner_id)
        latest = theirs.order_by(ZoneMoveRow.id.desc()).limit(MOST_MOVES)
        return tuple(map(_move, reversed(self._session.scalars(latest).all())))


class SqlHeartbeats(Heartbeats):
    """The last sign of life of each kind of process that serves people."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @override
    def latest(self) -> datetime | None:
        found = self._session.scalar(select(func.max(HeartbeatRow.last_seen)))
        return None if found is None else utc(found)

    @override
    def note(self, kind: str, at: datetime) -> None:
        ahead = update(HeartbeatRow).where(HeartbeatRow.last_seen > at)
        self._session.execute(ahead.values(last_seen=at))
        self._session.merge(HeartbeatRow(kind=kind, last_seen=at))
        self._session.flush()


class SqlOutages(Outages):
    """The times without service."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @override
    def add(self, outage: Outage) -> None:
        self._session.add(OutageRow(started_at=outage.start, ended_at=outage.end))
        self._session.flush()

    @override
    def since(self, at: datetime) -> tuple[Outage, ...]:
        later = select(OutageRow).where(OutageRow.ended_at > at)
        rows = self._session.scalars(later.order_by(OutageRow.started_at, OutageRow.id))
        return tuple(Outage(utc(row.started_at), utc(row.ended_at)) for row in rows)

    @override
    def end_by(self, at: datetime) -> None:
        self._session.execute(delete(OutageRow).where(OutageRow.started_at >= at))
        past = update(OutageRow).where(OutageRow.ended_at > at)
        self._session.execute(past.values(ended_at=at))


def _move(row: ZoneMoveRow) -> TimezoneChange:
    return TimezoneChange(
        at=utc(row.moved_at),
        old=Days(row.old_zone, row.old_day_starts),
        new=Days(row.new_zone, row.new_day_starts),
    )


MERGES = (
    moved_unless_there(ActivityDayRow.learner_id, ActivityDayRow.day),
    moved(ZoneMoveRow.learner_id),
)
