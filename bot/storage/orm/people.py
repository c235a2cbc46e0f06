"""The tables of people: who they are and by which accounts platforms know them."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.orm.base import NEVER_REUSE_IDS, Base


class LearnerRow(Base):
    """A person."""

    __tablename__ = "learners"
    __table_args__ = (NEVER_REUSE_IDS,)

    id: Mapped[int] = mapped_column(primary_key=True)
    display_name: Mapped[str]
    joined_at: Mapped[datetime]


class IdentityRow(Base):
    """An account by which a platform knows a person."""

    __tablename__ = "identities"
    __table_args__ = (UniqueConstraint("platform", "team", "external_id"), NEVER_REUSE_IDS)

    id: Mapped[int] = mapped_column(primary_key=True)
    learner_id: Mapped[int] = mapped_column(
        ForeignKey("learners.id", ondelete="CASCADE"), index=True
    )
    platform: Mapped[str]
    # Empty instead of NULL: to UNIQUE, two NULLs are different.
    team: Mapped[str] = mapped_column(server_default=text("''"))
    external_id: Mapped[str]
