"""Learners are reminded once a day."""

import sqlalchemy as sa
from alembic import op

revision = "7f0c9e4b2a61"
down_revision = "d17f3b90c5e8"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reminders",
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("learner_id", name="pk_reminders"),
        sa.ForeignKeyConstraint(
            ["learner_id"],
            ["learners.id"],
            name="fk_reminders_learner_id_learners",
            ondelete="CASCADE",
        ),
    )


def downgrade() -> None:
    op.drop_table("reminders")
