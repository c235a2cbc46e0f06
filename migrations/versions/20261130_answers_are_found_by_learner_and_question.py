"""Answers are found by learner and question."""

from alembic import op

revision = "7d40c9a1e6b2"
down_revision = "4be8c1d7f206"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_attempts_learner_id_question_id_id", "attempts", ["learner_id", "question_id", "id"]
    )


def downgrade() -> None:
    op.drop_index("ix_attempts_learner_id_question_id_id", "attempts")
