"""The table of what hosts did."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.orm.base import NEVER_REUSE_IDS, Base


class AuditRow(Base):
    """One act of a host; it goes with the community, and with the person it was done to."""

    __tablename__ = "audit_log"
    __table_args__ = (Index(None, "community_id", "id"), NEVER_REUSE_IDS)

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id", ondelete="CASCADE"))
    actor_learner_id: Mapped[int | None] = mapped_column(
        ForeignKey("learners.id", ondelete="SET NULL"), index=True
    )
    about_learner_id: Mapped[int | None] = mapped_column(
        ForeignKey("learners.id", ondelete="CASCADE"), index=True
    )
    act: Mapped[str]
    subject: Mapped[str]
    detail: Mapped[str]
    at: Mapped[datetime]
