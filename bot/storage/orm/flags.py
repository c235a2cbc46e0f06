"""The table of flags: what learners say about questions."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.orm.base import NEVER_REUSE_IDS, Base


class FlagRow(Base):
    """One person's flag on a question; one of them is open at most."""

    __tablename__ = "flags"
    __table_args__ = (
        CheckConstraint("kind IN ('wrong', 'unclear', 'outdated')", name="kind"),
        CheckConstraint("length(words) <= 500", name="words"),
        Index(
            "uq_flags_open",
            "learner_id",
            "question_id",
            unique=True,
            sqlite_where=text("handled_at IS NULL"),
            postgresql_where=text("handled_at IS NULL"),
        ),
        Index(None, "community_id", "id"),
        Index(None, "learner_id", "created_at"),
        NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("learners.id", ondelete="CASCADE"))
    question_id: Mapped[str]
    community_id: Mapped[int | None] = mapped_column(
        ForeignKey("communities.id", ondelete="CASCADE")
    )
    kind: Mapped[str]
    words: Mapped[str]
    created_at: Mapped[datetime]
    handled_at: Mapped[datetime | None]
    handler_learner_id: Mapped[int | None] = mapped_column(
        ForeignKey("learners.id", ondelete="SET NULL"), index=True
    )
