"""The tables of ratings: how strong learners are in a topic, how hard questions are."""

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.orm.base import Base


class LearnerEloRow(Base):
    """One learner's rating in one topic."""

    __tablename__ = "learner_elos"
    __table_args__ = (CheckConstraint("deviation > 0", name="deviation"),)

    learner_id: Mapped[int] = mapped_column(
        ForeignKey("learners.id", ondelete="CASCADE"), primary_key=True
    )
    topic: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[float]
    deviation: Mapped[float]


class QuestionEloRow(Base):
    """A question's rating, which says nothing of anybody and outlives those who answered it."""

    __tablename__ = "question_elos"
    __table_args__ = (CheckConstraint("deviation > 0", name="deviation"),)

    question_id: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[float]
    deviation: Mapped[float]
