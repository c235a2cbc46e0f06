"""The tables of platforms: what they delivered already, and where they are installed."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.orm.base import Base


class HandledEventRow(Base):
    """Something that a platform delivered, which must have its effect once."""

    __tablename__ = "handled_events"
    __table_args__ = (
        CheckConstraint("state IN ('begun', 'done')", name="state"),
        Index(None, "at"),
    )

    key: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str]
    at: Mapped[datetime]
    result: Mapped[str] = mapped_column(server_default="")
    begun_by: Mapped[str | None]


class InstallationRow(Base):
    """What a platform needs to act in a place, sealed with a key that is not in the database."""

    __tablename__ = "installations"

    platform: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    sealed: Mapped[str]
    installed_at: Mapped[datetime]
