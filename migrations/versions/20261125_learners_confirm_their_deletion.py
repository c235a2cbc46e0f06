"""Learners confirm their deletion."""

import sqlalchemy as sa
from alembic import op

revision = "6c1f0d92ab57"
down_revision = "95e0c4a7b31d"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "deletion_codes",
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("learner_id", name="pk_deletion_codes"),
        sa.ForeignKeyConstraint(
            ["learner_id"],
            ["learners.id"],
            name="fk_deletion_codes_learner_id_learners",
            ondelete="CASCADE",
        ),
    )


def downgrade() -> None:
    op.drop_table("deletion_codes")
