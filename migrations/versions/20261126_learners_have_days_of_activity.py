"""Learners have days of activity."""

import json
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import sqlalchemy as sa
from alembic import context, op

revision = "4c8e17a95d20"
down_revision = "5b7d20c4e9f1"
branch_labels = None
depends_on = None

NO_TRIES = {
    "too_short",
    "dont_know",
    "echo",
    "keyword_list",
    "off_topic",
    "copied_reference",
    "instruction_to_grader",
}
"""The flags of answers that did not count for a streak when this was written."""

ONE_DAY = timedelta(days=1)
BATCH = 500


def upgrade() -> None:
    days = op.create_table(
        "activity_days",
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("learner_id", "day", name="pk_activity_days"),
        sa.ForeignKeyConstraint(
            ["learner_id"],
            ["learners.id"],
            name="fk_activity_days_learner_id_learners",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["attempt_id"],
            ["attempts.id"],
            name="fk_activity_days_attempt_id_attempts",
            ondelete="SET NULL",
        ),
    )
    op.create_index("ix_activity_days_attempt_id", "activity_days", ["attempt_id"])
    if context.is_offline_mode():
        context.get_context().impl.static_output("-- Earlier answers are read by a run, not here.")
        return
    found = _days_of_answers()
    rows = [
        {"learner_id": learner, "day": day, "attempt_id": attempt}
        for (learner, day), attempt in found.items()
    ]
    for start in range(0, len(rows), BATCH):
        op.bulk_insert(days, rows[start : start + BATCH])


def _days_of_answers() -> dict[tuple[int, date], int]:
    """Return the first answer that counts of each learner and day, in the zone they have now."""
    attempts = sa.table(
        "attempts",
        sa.column("id", sa.Integer()),
        sa.column("learner_id", sa.Integer()),
        sa.column("submitted_at", sa.DateTime(timezone=True)),
        sa.column("grade", sa.Text()),
    )
    learners = sa.table(
        "learners",
        sa.column("id", sa.Integer()),
        sa.column("zone", sa.Text()),
        sa.column("day_starts", sa.Integer()),
    )
    query = (
        sa.select(attempts, learners.c.zone, learners.c.day_starts)
        .join(learners, learners.c.id == attempts.c.learner_id)
        .where(attempts.c.grade.is_not(None))
        .order_by(attempts.c.id)
    )
    found: dict[tuple[int, date], int] = {}
    for row in op.get_bind().execute(query):
        if NO_TRIES.isdisjoint(json.loads(row.grade).get("flags", ())):
            day = _local_day(_aware(row.submitted_at), _zone(row.zone), row.day_starts)
            found.setdefault((row.learner_id, day), row.id)
    return found


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _zone(name: str | None) -> tzinfo:
    try:
        return ZoneInfo(name) if name else UTC
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def _local_day(at: datetime, zone: tzinfo, starts: int) -> date:
    day = (at.astimezone(zone) - timedelta(hours=starts)).date()
    while _start(day, zone, starts) > at:
        day -= ONE_DAY
    while _start(day + ONE_DAY, zone, starts) <= at:
        day += ONE_DAY
    return day


def _start(day: date, zone: tzinfo, starts: int) -> datetime:
    return datetime(day.year, day.month, day.day, starts, tzinfo=zone).astimezone(UTC)


def downgrade() -> None:
    op.drop_index("ix_activity_days_attempt_id", "activity_days")
    op.drop_table("activity_days")
