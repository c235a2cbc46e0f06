"""Streaks know the outages of the service and the moves of learners."""

import sqlalchemy as sa
from alembic import op

revision = "e1b6f2073c9d"
down_revision = "4c8e17a95d20"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "heartbeats",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("last_seen", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("kind", name="pk_heartbeats"),
    )
    op.create_table(
        "outages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("started_at < ended_at", name="ck_outages_order"),
        sa.PrimaryKeyConstraint("id", name="pk_outages"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outages_ended_at", "outages", ["ended_at"])
    op.create_table(
        "zone_moves",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("old_zone", sa.Text(), nullable=True),
        sa.Column("new_zone", sa.Text(), nullable=True),
        sa.Column("old_day_starts", sa.Integer(), nullable=False),
        sa.Column("new_day_starts", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "old_day_starts >= 0 AND old_day_starts <= 12", name="ck_zone_moves_old_day_starts"
        ),
        sa.CheckConstraint(
            "new_day_starts >= 0 AND new_day_starts <= 12", name="ck_zone_moves_new_day_starts"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_zone_moves"),
        sa.ForeignKeyConstraint(
            ["learner_id"],
            ["learners.id"],
            name="fk_zone_moves_learner_id_learners",
            ondelete="CASCADE",
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_zone_moves_learner_id_id", "zone_moves", ["learner_id", "id"])


def downgrade() -> None:
    op.drop_index("ix_zone_moves_learner_id_id", "zone_moves")
    op.drop_table("zone_moves")
    op.drop_index("ix_outages_ended_at", "outages")
    op.drop_table("outages")
    op.drop_table("heartbeats")
