"""The tables of champions."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.orm.base import Base


class ChampionPlanRow(Base):
    """The role that a community gives to its champions; empty for none."""

    __tablename__ = "champion_plans"

    community_id: Mapped[int] = mapped_column(
        ForeignKey("communities.id", ondelete="CASCADE"), primary_key=True
    )
    role: Mapped[str]
    since: Mapped[date]
    host_learner_id: Mapped[int | None] = mapped_column(
        ForeignKey("learners.id", ondelete="SET NULL"), index=True
    )
    settled: Mapped[date | None]
    trouble: Mapped[str]


class ChampionRow(Base):
    """Who was first in a community in the month that begins on this day."""

    __tablename__ = "champions"
    __table_args__ = (
        CheckConstraint("holding IN ('due', 'held', 'leaving', 'gone', 'refused')", name="holding"),
    )

    community_id: Mapped[int] = mapped_column(
        ForeignKey("communities.id", ondelete="CASCADE"), primary_key=True
    )
    month: Mapped[date] = mapped_column(primary_key=True)
    learner_id: Mapped[int] = mapped_column(
        ForeignKey("learners.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    role: Mapped[str]
    holding: Mapped[str]
