"""The table of codes by which learners confirm that everything of theirs shall go."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.orm.base import Base


class DeletionCodeRow(Base):
    """The one code that confirms the deletion of this person."""

    __tablename__ = "deletion_codes"

    learner_id: Mapped[int] = mapped_column(
        ForeignKey("learners.id", ondelete="CASCADE"), primary_key=True
    )
    sha256: Mapped[str]
    expires_at: Mapped[datetime]
