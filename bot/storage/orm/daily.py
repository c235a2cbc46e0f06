"""The tables of the daily question."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.orm.base import NEVER_REUSE_IDS, Base


class DailyPlanRow(Base):
    """What the hosts of a channel chose; weekdays are digits from Monday, topics JSON."""

    __tablename__ = "daily_plans"
    __table_args__ = (
        CheckConstraint("open_hours > 0", name="open_hours"),
        CheckConstraint("easiest <= hardest", name="difficulty"),
        CheckConstraint("discussion IN ('none', 'open', 'answered')", name="discussion"),
    )

    channel_id: Mapped[int] = mapped_column(
        ForeignKey("channels.id", ondelete="CASCADE"), primary_key=True
    )
    zone: Mapped[str]
    at: Mapped[str]
    weekdays: Mapped[str]
    open_hours: Mapped[int]
    paused: Mapped[bool]
    began_on: Mapped[date]
    after: Mapped[date]
    topics: Mapped[str]
    easiest: Mapped[int]
    hardest: Mapped[int]
    ping_role: Mapped[str]
    discussion: Mapped[str]
    host_learner_id: Mapped[int | None] = mapped_column(
        ForeignKey("learners.id", ondelete="SET NULL"), index=True
    )
    failures: Mapped[int]
    pause_reason: Mapped[str]
    bank_is_low: Mapped[bool]


class DailyPostRow(Base):
    """What became of one local date of a channel."""

    __tablename__ = "daily_posts"
    __table_args__ = (
        UniqueConstraint("channel_id", "day"),
        CheckConstraint(
            "state IN ('pending', 'sent', 'closed', 'skipped', 'failed')", name="state"
        ),
        CheckConstraint("thread IN ('none', 'wanted', 'open')", name="thread"),
        Index(
            "ix_daily_posts_unfinished",
            "id",
            sqlite_where=text("state IN ('pending', 'sent')"),
            postgresql_where=text("state IN ('pending', 'sent')"),
        ),
        NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    channel_id: Mapped[int] = mapped_column(ForeignKey("channels.id", ondelete="CASCADE"))
    day: Mapped[date]
    question_id: Mapped[str | None]
    state: Mapped[str]
    due_at: Mapped[datetime]
    send_by: Mapped[datetime]
    closes_at: Mapped[datetime]
    weight: Mapped[float]
    late: Mapped[bool]
    thread: Mapped[str]
    private: Mapped[bool] = mapped_column(server_default=false())
    discussion_id: Mapped[str] = mapped_column(server_default=text("''"))
    message_id: Mapped[str]
    shown: Mapped[int]
    shown_at: Mapped[datetime | None]
    tries: Mapped[int]
    next_try_at: Mapped[datetime | None]
    reason: Mapped[str]
    claimed_by: Mapped[str]
    claimed_until: Mapped[datetime | None]


class AdmissionRow(Base):
    """How it went to let a learner into a discussion; `next_try_at` is set while it goes on."""

    __tablename__ = "admissions"

    post_id: Mapped[int] = mapped_column(
        ForeignKey("daily_posts.id", ondelete="CASCADE"), primary_key=True
    )
    learner_id: Mapped[int] = mapped_column(
        ForeignKey("learners.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    admitted_at: Mapped[datetime | None]
    tries: Mapped[int]
    next_try_at: Mapped[datetime | None]
