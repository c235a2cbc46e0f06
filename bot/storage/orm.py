"""The tables, as SQLAlchemy sees them; repositories turn rows into the core's values.

A change here needs a migration; `alembic check` and the tests tell when one is missing.
"""

from datetime import UTC, datetime
from typing import ClassVar

from sqlalchemy import (
    CheckConstraint,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    Index,
    MetaData,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

# SQLite reuses the id of a deleted last row unless told otherwise, and ids live on in the
# buttons of old messages. PostgreSQL never reuses them.
_NEVER_REUSE_IDS = {"sqlite_autoincrement": True}


class Utc(TypeDecorator[datetime]):
    """A moment: aware in any zone going in, aware in UTC coming out, never naive."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Return the moment in UTC."""
        if value is not None and value.utcoffset() is None:
            raise ValueError(f"A naive datetime is no moment: {value!r}")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Return the moment with its zone, which SQLite does not store."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The root of all tables."""

    metadata = MetaData(naming_convention=NAMING_CONVENTION)
    type_annotation_map: ClassVar = {datetime: Utc(), float: Double(), str: Text()}


class LearnerRow(Base):
    """A person."""

    __tablename__ = "learners"
    __table_args__ = (_NEVER_REUSE_IDS,)

    id: Mapped[int] = mapped_column(primary_key=True)
    display_name: Mapped[str]
    joined_at: Mapped[datetime]


class IdentityRow(Base):
    """An account by which a platform knows a person."""

    __tablename__ = "identities"
    __table_args__ = (UniqueConstraint("platform", "team", "external_id"), _NEVER_REUSE_IDS)

    id: Mapped[int] = mapped_column(primary_key=True)
    learner_id: Mapped[int] = mapped_column(
        ForeignKey("learners.id", ondelete="CASCADE"), index=True
    )
    platform: Mapped[str]
    # Empty instead of NULL: to UNIQUE, two NULLs are different.
    team: Mapped[str] = mapped_column(server_default=text("''"))
    external_id: Mapped[str]


class AskRow(Base):
    """A question put to a person."""

    __tablename__ = "asks"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'answered', 'revealed', 'skipped')", name="state"),
        CheckConstraint("hints >= 0", name="hints"),
        Index(None, "learner_id", "id"),
        _NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("learners.id", ondelete="CASCADE"))
    question_id: Mapped[str]
    asked_at: Mapped[datetime]
    state: Mapped[str]
    hints: Mapped[int]


class AttemptRow(Base):
    """An answer; the grade and what is searched of it arrive together, later."""

    __tablename__ = "attempts"
    __table_args__ = (
        CheckConstraint("hints_used >= 0", name="hints_used"),
        CheckConstraint("score >= 0 AND score <= 1", name="score"),
        CheckConstraint("(grade IS NULL) = (graded_at IS NULL)", name="graded_at_once"),
        Index(None, "learner_id", "id"),
        Index(
            "ix_attempts_pending",
            "id",
            sqlite_where=text("graded_at IS NULL"),
            postgresql_where=text("graded_at IS NULL"),
        ),
        _NEVER_REUSE_IDS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ask_id: Mapped[int] = mapped_column(ForeignKey("asks.id", ondelete="CASCADE"), index=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("learners.id", ondelete="CASCADE"))
    question_id: Mapped[str]
    answer: Mapped[str]
    submitted_at: Mapped[datetime]
    hints_used: Mapped[int]
    assisted: Mapped[bool]
    score: Mapped[float | None]
    band: Mapped[str | None]
    grade: Mapped[str | None]
    grader_version: Mapped[str | None]
    model: Mapped[str | None]
    graded_at: Mapped[datetime | None]
