"""Learners belong to communities."""

import sqlalchemy as sa
from alembic import op

revision = "0d9a5f3c8e16"
down_revision = "b41c7e05d2a9"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "memberships",
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("role", sa.Text(), server_default=sa.text("'member'"), nullable=False),
        sa.Column("visibility", sa.Text(), server_default=sa.text("'unasked'"), nullable=False),
        sa.Column("shares_answers", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "learner_id", name="pk_memberships"),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name="fk_memberships_community_id_communities",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["learner_id"],
            ["learners.id"],
            name="fk_memberships_learner_id_learners",
            ondelete="CASCADE",
        ),
        sa.CheckConstraint("role IN ('member', 'staff', 'bot')", name=op.f("ck_memberships_role")),
        sa.CheckConstraint(
            "visibility IN ('unasked', 'named', 'anonymous', 'hidden')",
            name=op.f("ck_memberships_visibility"),
        ),
    )
    op.create_index("ix_memberships_learner_id", "memberships", ["learner_id"])


def downgrade() -> None:
    op.drop_table("memberships")
