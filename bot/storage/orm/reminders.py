"""The table of reminders."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.orm.base import Base


class ReminderRow(Base):
    """The local day for which it was last decided whether to remind a person."""

    __tablename__ = "reminders"

    learner_id: Mapped[int] = mapped_column(
        ForeignKey("learners.id", ondelete="CASCADE"), primary_key=True
    )
    day: Mapped[date]
