"""The tables of streaks: answered days, moves between time zones, and when the service was down."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.orm.base import NEVER_REUSE_IDS, Base


class ActivityDayRow(Base):
    """A local day on which a person answered, with the first answer of it that counted."""

    __tablename__ = "activity_days"

    learner_id: Mapped[int] = mapped_column(
        ForeignKey("learners.id", ondelete="CASCADE"), primary_key=True
    )
    day: Mapped[date] = mapped_column(primary_key=True)
    attempt_id: Mapped[int | None] = mapped_column(
        ForeignKey("attempts.id", ondelete="SET NULL"), index=True
    )


class ZoneMoveRow(Base):
    """A change of a person's time zone, or of the hour at which their day starts."""

    __tablename__ = "zone_moves"
    __table_args__ = (
        CheckConstraint("old_day_starts >= 0 AND old_day_starts <= 12", name="old_day_starts"),
        CheckConstraint("new_day_starts >= 0 AND new_day_starts <= 12", name="new_day_starts"),
        Index(None, "learner_id", "id"),
        NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("learners.id", ondelete="CASCADE"))
    moved_at: Mapped[datetime]
    old_zone: Mapped[str | None]
    new_zone: Mapped[str | None]
    old_day_starts: Mapped[int]
    new_day_starts: Mapped[int]


class HeartbeatRow(Base):
    """The last sign of life of a kind of process."""

    __tablename__ = "heartbeats"

    kind: Mapped[str] = mapped_column(primary_key=True)
    last_seen: Mapped[datetime]


class OutageRow(Base):
    """A time without service."""

    __tablename__ = "outages"
    __table_args__ = (
        CheckConstraint("started_at < ended_at", name="order"),
        Index(None, "ended_at"),
        NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime]
