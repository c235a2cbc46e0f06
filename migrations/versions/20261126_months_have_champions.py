"""Months have champions."""

import sqlalchemy as sa
from alembic import op

revision = "4be8c1d7f206"
down_revision = "a92d5e07c1b4"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "champion_plans",
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("host_learner_id", sa.Integer(), nullable=True),
        sa.Column("settled", sa.Date(), nullable=True),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name="fk_champion_plans_community_id_communities",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["host_learner_id"],
            ["learners.id"],
            name="fk_champion_plans_host_learner_id_learners",
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("community_id", name="pk_champion_plans"),
    )
    op.create_index("ix_champion_plans_host_learner_id", "champion_plans", ["host_learner_id"])
    op.create_table(
        "champions",
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("holding", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "holding IN ('due', 'held', 'leaving', 'gone', 'refused')",
            name="ck_champions_holding",
        ),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name="fk_champions_community_id_communities",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["learner_id"],
            ["learners.id"],
            name="fk_champions_learner_id_learners",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("community_id", "month", "learner_id", name="pk_champions"),
    )
    op.create_index("ix_champions_learner_id", "champions", ["learner_id"])


def downgrade() -> None:
    op.drop_table("champions")
    op.drop_table("champion_plans")
