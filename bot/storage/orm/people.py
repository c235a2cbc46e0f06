"""The tables of people: who they are, by which accounts platforms know them, how those link."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.core.accounts.model import LearnerSettings
from bot.storage.orm.base import NEVER_REUSE_IDS, Base


class LearnerRow(Base):
    """A person and what they chose."""

    __tablename__ = "learners"
    __table_args__ = (
        CheckConstraint("day_starts >= 0 AND day_starts <= 12", name="day_starts"),
        CheckConstraint("reviews_a_day > 0", name="reviews_a_day"),
        NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    display_name: Mapped[str]
    joined_at: Mapped[datetime]
    zone: Mapped[str | None]
    day_starts: Mapped[int] = mapped_column(server_default=text(str(LearnerSettings.day_starts)))
    reviews_a_day: Mapped[int] = mapped_column(
        server_default=text(str(LearnerSettings.reviews_a_day))
    )
    reminders: Mapped[bool] = mapped_column(server_default=false())


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


class LinkCodeRow(Base):
    """The one code by which another account may join this person."""

    __tablename__ = "link_codes"
    __table_args__ = (UniqueConstraint("sha256"),)

    learner_id: Mapped[int] = mapped_column(
        ForeignKey("learners.id", ondelete="CASCADE"), primary_key=True
    )
    sha256: Mapped[str]
    expires_at: Mapped[datetime]


class LinkTryRow(Base):
    """A wrong code that somebody entered."""

    __tablename__ = "link_tries"
    __table_args__ = (Index(None, "learner_id", "tried_at"), NEVER_REUSE_IDS)

    id: Mapped[int] = mapped_column(primary_key=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("learners.id", ondelete="CASCADE"))
    tried_at: Mapped[datetime]
