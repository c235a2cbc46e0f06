"""Answers are found by community."""

from alembic import op

revision = "e4a1c8d27b35"
down_revision = "c7e2a90b4f61"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_attempts_community_id_id", "attempts", ["community_id", "id"])


def downgrade() -> None:
    op.drop_index("ix_attempts_community_id_id", table_name="attempts")
