"""Events are handled once."""

import sqlalchemy as sa
from alembic import op

revision = "c4a81e6f2d93"
down_revision = "e4a1c8d27b35"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "handled_events",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("result", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_handled_events"),
        sa.CheckConstraint("state IN ('begun', 'done')", name="ck_handled_events_state"),
    )
    op.create_index("ix_handled_events_at", "handled_events", ["at"])


def downgrade() -> None:
    op.drop_index("ix_handled_events_at", table_name="handled_events")
    op.drop_table("handled_events")
