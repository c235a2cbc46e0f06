"""The table of mock interviews."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.orm.base import NEVER_REUSE_IDS, Base


class InterviewRow(Base):
    """A mock interview of one person; the two lists are JSON."""

    __tablename__ = "interviews"
    __table_args__ = (
        CheckConstraint("state IN ('running', 'paused', 'finished', 'abandoned')", name="state"),
        CheckConstraint("position >= 0", name="position"),
        CheckConstraint("active_seconds >= 0", name="active_seconds"),
        Index(None, "learner_id", "id"),
        NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("learners.id", ondelete="CASCADE"))
    question_ids: Mapped[str]
    started_at: Mapped[datetime]
    state: Mapped[str]
    position: Mapped[int]
    follow_ups: Mapped[str]
    following: Mapped[bool]
    active_seconds: Mapped[float]
    shown_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
