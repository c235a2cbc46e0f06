"""The tables of appeals, of what they led communities to accept, and of what is graded again."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.orm.base import NEVER_REUSE_IDS, Base


class AppealRow(Base):
    """One person's claim that a sentence of an answer makes a point."""

    __tablename__ = "appeals"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'accepted', 'declined', 'withdrawn')", name="state"),
        CheckConstraint("(state = 'open') = (decided_at IS NULL)", name="decided_once"),
        CheckConstraint("length(sentence) <= 400", name="sentence"),
        CheckConstraint("length(reason) <= 240", name="reason"),
        Index(
            "uq_appeals_standing",
            "attempt_id",
            "point_id",
            unique=True,
            sqlite_where=text("state <> 'withdrawn'"),
            postgresql_where=text("state <> 'withdrawn'"),
        ),
        Index(None, "learner_id", "state"),
        Index(None, "community_id", "state", "id"),
        NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("learners.id", ondelete="CASCADE"))
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id", ondelete="CASCADE"))
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id", ondelete="CASCADE"))
    question_id: Mapped[str]
    point_id: Mapped[str]
    sentence: Mapped[str]
    made_at: Mapped[datetime]
    state: Mapped[str]
    decided_at: Mapped[datetime | None]
    decider_learner_id: Mapped[int | None] = mapped_column(
        ForeignKey("learners.id", ondelete="SET NULL"), index=True
    )
    reason: Mapped[str]


class AcceptedParaphraseRow(Base):
    """A sentence that a community accepts; it names nobody and outlives its appeal."""

    __tablename__ = "accepted_paraphrases"
    __table_args__ = (
        UniqueConstraint("community_id", "question_id", "point_id", "text"),
        CheckConstraint("length(text) <= 400", name="text"),
        NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id", ondelete="CASCADE"))
    question_id: Mapped[str]
    point_id: Mapped[str]
    text: Mapped[str]
    accepted_at: Mapped[datetime]
    appeal_id: Mapped[int | None] = mapped_column(
        ForeignKey("appeals.id", ondelete="SET NULL"), index=True
    )


class RegradeRow(Base):
    """An order to grade all answers in a community to a question again, and how far it has come."""

    __tablename__ = "regrades"
    __table_args__ = (NEVER_REUSE_IDS,)

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(
        ForeignKey("communities.id", ondelete="CASCADE"), index=True
    )
    question_id: Mapped[str]
    last_attempt_id: Mapped[int]
    ordered_at: Mapped[datetime]
