"""The table of study plans."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.orm.base import Base


class StudyPlanRow(Base):
    """What a person prepares for, and until when."""

    __tablename__ = "study_plans"
    __table_args__ = (
        CheckConstraint("1 <= easiest AND easiest <= hardest AND hardest <= 5", name="levels"),
    )

    learner_id: Mapped[int] = mapped_column(
        ForeignKey("learners.id", ondelete="CASCADE"), primary_key=True
    )
    track: Mapped[str]
    easiest: Mapped[int]
    hardest: Mapped[int]
    began_on: Mapped[date]
    interview_on: Mapped[date | None]
