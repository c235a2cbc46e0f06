"""Learners keep their own view of points."""

import sqlalchemy as sa
from alembic import op

revision = "5e0c9b7d41f2"
down_revision = "d7e1b85f3c64"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "own_views",
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("point_id", sa.Text(), nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"],
            ["attempts.id"],
            name="fk_own_views_attempt_id_attempts",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["learner_id"],
            ["learners.id"],
            name="fk_own_views_learner_id_learners",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("attempt_id", "point_id", name="pk_own_views"),
    )
    op.create_index("ix_own_views_learner_id", "own_views", ["learner_id"])


def downgrade() -> None:
    op.drop_table("own_views")
