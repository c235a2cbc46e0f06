"""Learners plan for an interview."""

import sqlalchemy as sa
from alembic import op

revision = "b41c7e20d9a3"
down_revision = "c2a7f05e93d8"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "study_plans",
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("track", sa.Text(), nullable=False),
        sa.Column("easiest", sa.Integer(), nullable=False),
        sa.Column("hardest", sa.Integer(), nullable=False),
        sa.Column("began_on", sa.Date(), nullable=False),
        sa.Column("interview_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "1 <= easiest AND easiest <= hardest AND hardest <= 5",
            name=op.f("ck_study_plans_levels"),
        ),
        sa.ForeignKeyConstraint(
            ["learner_id"],
            ["learners.id"],
            name=op.f("fk_study_plans_learner_id_learners"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("learner_id", name=op.f("pk_study_plans")),
    )


def downgrade() -> None:
    op.drop_table("study_plans")
