"""The table of review cards: what is remembered of each learner's memory of each question."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.orm.base import Base


class CardRow(Base):
    """One learner's memory of one question."""

    __tablename__ = "cards"
    __table_args__ = (
        CheckConstraint("stability > 0", name="stability"),
        CheckConstraint("reviews > 0", name="reviews"),
        CheckConstraint("lapses >= 0", name="lapses"),
    )

    learner_id: Mapped[int] = mapped_column(
        ForeignKey("learners.id", ondelete="CASCADE"), primary_key=True
    )
    question_id: Mapped[str] = mapped_column(primary_key=True)
    stability: Mapped[float]
    difficulty: Mapped[float]
    due: Mapped[datetime]
    last_review: Mapped[datetime]
    reviews: Mapped[int]
    lapses: Mapped[int]
