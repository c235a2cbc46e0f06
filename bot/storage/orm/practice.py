"""The tables of practice: what people were asked, what they answered and how it was graded."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, false, text, true
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.orm.base import NEVER_REUSE_IDS, Base
from bot.storage.orm.packed import Packed


class AskRow(Base):
    """A question put to a person."""

    __tablename__ = "asks"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'answered', 'revealed', 'skipped')", name="state"),
        CheckConstraint("hints >= 0", name="hints"),
        CheckConstraint("purpose IN ('practice', 'review', 'interview', 'daily')", name="purpose"),
        Index(None, "learner_id", "id"),
        NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("learners.id", ondelete="CASCADE"))
    question_id: Mapped[str]
    asked_at: Mapped[datetime]
    state: Mapped[str]
    hints: Mapped[int]
    purpose: Mapped[str] = mapped_column(server_default=text("'practice'"))
    community_id: Mapped[int | None] = mapped_column(
        ForeignKey("communities.id", ondelete="SET NULL")
    )
    channel_id: Mapped[int | None] = mapped_column(ForeignKey("channels.id", ondelete="SET NULL"))
    interview_id: Mapped[int | None] = mapped_column(
        ForeignKey("interviews.id", ondelete="SET NULL"), index=True
    )
    post_id: Mapped[int | None] = mapped_column(
        ForeignKey("daily_posts.id", ondelete="SET NULL"), index=True
    )


class HeldTextRow(Base):
    """What may be an answer, until its author has said so."""

    __tablename__ = "held_texts"
    __table_args__ = (Index(None, "held_at"), NEVER_REUSE_IDS)

    id: Mapped[int] = mapped_column(primary_key=True)
    ask_id: Mapped[int] = mapped_column(ForeignKey("asks.id", ondelete="CASCADE"), index=True)
    learner_id: Mapped[int] = mapped_column(
        ForeignKey("learners.id", ondelete="CASCADE"), index=True
    )
    text: Mapped[str]
    held_at: Mapped[datetime]


class OwnViewRow(Base):
    """A point that the author of an answer says they made; it counts nowhere."""

    __tablename__ = "own_views"
    __table_args__ = (Index(None, "learner_id"),)

    attempt_id: Mapped[int] = mapped_column(
        ForeignKey("attempts.id", ondelete="CASCADE"), primary_key=True
    )
    point_id: Mapped[str] = mapped_column(primary_key=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("learners.id", ondelete="CASCADE"))
    said_at: Mapped[datetime]


class AttemptRow(Base):
    """An answer; the grade and what is searched of it arrive together, later."""

    __tablename__ = "attempts"
    __table_args__ = (
        CheckConstraint("hints_used >= 0", name="hints_used"),
        CheckConstraint("score >= 0 AND score <= 1", name="score"),
        CheckConstraint("(grade IS NULL) = (graded_at IS NULL)", name="graded_at_once"),
        Index(None, "learner_id", "id"),
        Index(None, "learner_id", "question_id", "id"),
        Index(None, "community_id", "id"),
        Index(
            "uq_attempts_first",
            "learner_id",
            "question_id",
            unique=True,
            sqlite_where=text("first"),
            postgresql_where=text("first"),
        ),
        Index(None, "community_id", "question_id", "id"),
        Index(
            "ix_attempts_pending",
            "id",
            sqlite_where=text("graded_at IS NULL"),
            postgresql_where=text("graded_at IS NULL"),
        ),
        NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ask_id: Mapped[int] = mapped_column(ForeignKey("asks.id", ondelete="CASCADE"), index=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("learners.id", ondelete="CASCADE"))
    question_id: Mapped[str]
    answer: Mapped[str]
    submitted_at: Mapped[datetime]
    hints_used: Mapped[int]
    assisted: Mapped[bool]
    first: Mapped[bool] = mapped_column(server_default=false())
    counts: Mapped[bool] = mapped_column(server_default=true())
    community_id: Mapped[int | None] = mapped_column(
        ForeignKey("communities.id", ondelete="SET NULL")
    )
    channel_id: Mapped[int | None] = mapped_column(ForeignKey("channels.id", ondelete="SET NULL"))
    score: Mapped[float | None]
    band: Mapped[str | None]
    grade: Mapped[str | None] = mapped_column(Packed)
    grader_version: Mapped[str | None]
    model: Mapped[str | None]
    graded_at: Mapped[datetime | None]
    begun_by: Mapped[str | None]
