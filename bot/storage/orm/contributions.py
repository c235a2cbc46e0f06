"""The table of communities' own questions."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.orm.base import NEVER_REUSE_IDS, Base


class OwnQuestionRow(Base):
    """A question of a community; `document` is the draft, `revision` its place among changes."""

    __tablename__ = "own_questions"
    __table_args__ = (
        UniqueConstraint("community_id", "slug"),
        CheckConstraint("state IN ('active', 'suggested', 'retired', 'declined')", name="state"),
        Index(None, "community_id", "revision"),
        NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id", ondelete="CASCADE"))
    slug: Mapped[str]
    document: Mapped[str]
    author_id: Mapped[int | None] = mapped_column(
        ForeignKey("learners.id", ondelete="SET NULL"), index=True
    )
    state: Mapped[str]
    revision: Mapped[int]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
