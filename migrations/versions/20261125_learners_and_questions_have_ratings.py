"""Learners and questions have ratings."""

import sqlalchemy as sa
from alembic import op

revision = "48c9e17d6b02"
down_revision = "d27b50e9f1a4"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "learner_elos",
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("deviation", sa.Double(), nullable=False),
        sa.CheckConstraint("deviation > 0", name="ck_learner_elos_deviation"),
        sa.PrimaryKeyConstraint("learner_id", "topic", name="pk_learner_elos"),
        sa.ForeignKeyConstraint(
            ["learner_id"],
            ["learners.id"],
            name="fk_learner_elos_learner_id_learners",
            ondelete="CASCADE",
        ),
    )
    op.create_table(
        "question_elos",
        sa.Column("question_id", sa.Text(), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("deviation", sa.Double(), nullable=False),
        sa.CheckConstraint("deviation > 0", name="ck_question_elos_deviation"),
        sa.PrimaryKeyConstraint("question_id", name="pk_question_elos"),
    )


def downgrade() -> None:
    op.drop_table("question_elos")
    op.drop_table("learner_elos")
