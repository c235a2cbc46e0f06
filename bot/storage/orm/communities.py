"""The tables of communities, their channels and the people in them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, false, text, true
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.orm.base import NEVER_REUSE_IDS, Base


class CommunityRow(Base):
    """A server or a workspace of a platform."""

    __tablename__ = "communities"
    __table_args__ = (
        UniqueConstraint("platform", "external_id"),
        CheckConstraint("retention_days > 0", name="retention_days"),
        NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    platform: Mapped[str]
    external_id: Mapped[str]
    name: Mapped[str]
    created_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    staff_ranked: Mapped[bool] = mapped_column(server_default=true())
    retention_days: Mapped[int | None]
    seasons_start: Mapped[date | None]
    hosts_channel: Mapped[str] = mapped_column(server_default=text("''"))


class ChannelRow(Base):
    """A channel of a community."""

    __tablename__ = "channels"
    __table_args__ = (UniqueConstraint("community_id", "external_id"), NEVER_REUSE_IDS)

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id", ondelete="CASCADE"))
    external_id: Mapped[str]
    name: Mapped[str]
    created_at: Mapped[datetime]
    left_at: Mapped[datetime | None]


class MembershipRow(Base):
    """A person in a community."""

    __tablename__ = "memberships"
    __table_args__ = (
        CheckConstraint("role IN ('member', 'staff', 'bot')", name="role"),
        CheckConstraint(
            "visibility IN ('unasked', 'named', 'anonymous', 'hidden')", name="visibility"
        ),
    )

    community_id: Mapped[int] = mapped_column(
        ForeignKey("communities.id", ondelete="CASCADE"), primary_key=True
    )
    learner_id: Mapped[int] = mapped_column(
        ForeignKey("learners.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    display_name: Mapped[str]
    joined_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    role: Mapped[str] = mapped_column(server_default=text("'member'"))
    visibility: Mapped[str] = mapped_column(server_default=text("'unasked'"))
    shares_answers: Mapped[bool] = mapped_column(server_default=false())
