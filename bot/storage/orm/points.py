"""The tables of leaderboards: what answers earned, the sums by period, who is excluded."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    PrimaryKeyConstraint,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.orm.base import Base
from bot.storage.orm.compact import PERIODS, DayNumber, PeriodNumber


class ScoredRow(Base):
    """What a first answer to a posted question earned; it counts while `unranked` is empty."""

    __tablename__ = "scored_attempts"
    __table_args__ = (
        UniqueConstraint("post_id", "learner_id"),
        CheckConstraint("points >= 0", name="points"),
        CheckConstraint(
            "unranked IN ('', 'copied_reference', 'copied_answer', 'looked_up', 'host')",
            name="unranked",
        ),
        Index(None, "learner_id", "community_id", "attempt_id"),
        Index(
            "ix_scored_attempts_unranked",
            "community_id",
            "attempt_id",
            sqlite_where=text("unranked <> ''"),
            postgresql_where=text("unranked <> ''"),
        ),
        Index(None, "community_id", "channel_id", "day"),
    )

    attempt_id: Mapped[int] = mapped_column(
        ForeignKey("attempts.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    learner_id: Mapped[int] = mapped_column(ForeignKey("learners.id", ondelete="CASCADE"))
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id", ondelete="CASCADE"))
    channel_id: Mapped[int] = mapped_column(ForeignKey("channels.id", ondelete="CASCADE"))
    post_id: Mapped[int] = mapped_column(ForeignKey("daily_posts.id", ondelete="CASCADE"))
    day: Mapped[date]
    weight: Mapped[float]
    points: Mapped[int]
    unranked: Mapped[str]


class PointsRow(Base):
    """A learner's points in one period; channel 0 stands for the whole community.

    `shown` says whether the learner stands on the boards of the community; of those who do, a
    board is one range of an index. Rows go when their last answer does. There are several for each
    answer of who answers seldom, so that they are small, and lie by learner.
    """

    __tablename__ = "points"
    __table_args__ = (
        CheckConstraint("answers >= 0", name="answers"),
        CheckConstraint(f"period BETWEEN 0 AND {len(PERIODS) - 1}", name="period"),
        PrimaryKeyConstraint("learner_id", "community_id", "channel_id", "period", "start"),
        {"sqlite_with_rowid": False},
    )

    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id", ondelete="CASCADE"))
    channel_id: Mapped[int]
    period: Mapped[str] = mapped_column(PeriodNumber)
    start: Mapped[date] = mapped_column(DayNumber)
    learner_id: Mapped[int] = mapped_column(ForeignKey("learners.id", ondelete="CASCADE"))
    points: Mapped[int]
    answers: Mapped[int]
    shown: Mapped[bool]


Index(
    "ix_points_shown",
    PointsRow.community_id,
    PointsRow.channel_id,
    PointsRow.period,
    PointsRow.start,
    PointsRow.shown,
    PointsRow.points.desc(),
    PointsRow.learner_id,
)


class ExclusionRow(Base):
    """Somebody whom a host took off the boards of a community."""

    __tablename__ = "exclusions"

    community_id: Mapped[int] = mapped_column(
        ForeignKey("communities.id", ondelete="CASCADE"), primary_key=True
    )
    learner_id: Mapped[int] = mapped_column(
        ForeignKey("learners.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    by_learner_id: Mapped[int | None] = mapped_column(
        ForeignKey("learners.id", ondelete="SET NULL"), index=True
    )
    reason: Mapped[str]
    at: Mapped[datetime]
