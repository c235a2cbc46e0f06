"""Learners have review cards."""

import sqlalchemy as sa
from alembic import op

revision = "d27b50e9f1a4"
down_revision = "6c1f0d92ab57"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cards",
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Text(), nullable=False),
        sa.Column("stability", sa.Double(), nullable=False),
        sa.Column("difficulty", sa.Double(), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_review", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reviews", sa.Integer(), nullable=False),
        sa.Column("lapses", sa.Integer(), nullable=False),
        sa.CheckConstraint("stability > 0", name="ck_cards_stability"),
        sa.CheckConstraint("reviews > 0", name="ck_cards_reviews"),
        sa.CheckConstraint("lapses >= 0", name="ck_cards_lapses"),
        sa.PrimaryKeyConstraint("learner_id", "question_id", name="pk_cards"),
        sa.ForeignKeyConstraint(
            ["learner_id"], ["learners.id"], name="fk_cards_learner_id_learners", ondelete="CASCADE"
        ),
    )


def downgrade() -> None:
    op.drop_table("cards")
