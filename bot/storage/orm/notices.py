"""The table of notices: what learners should hear of."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.orm.base import NEVER_REUSE_IDS, Base


class NoticeRow(Base):
    """News for one person; the payload is JSON, and the lease is of whoever is sending it."""

    __tablename__ = "notices"
    __table_args__ = (
        CheckConstraint("length(payload) <= 4000", name="payload"),
        Index(None, "learner_id", "id"),
        Index(
            "ix_notices_undelivered",
            "id",
            sqlite_where=text("delivered_at IS NULL"),
            postgresql_where=text("delivered_at IS NULL"),
        ),
        NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("learners.id", ondelete="CASCADE"))
    community_id: Mapped[int | None] = mapped_column(
        ForeignKey("communities.id", ondelete="SET NULL")
    )
    kind: Mapped[str]
    payload: Mapped[str]
    created_at: Mapped[datetime]
    delivered_at: Mapped[datetime | None]
    leased_until: Mapped[datetime | None]
