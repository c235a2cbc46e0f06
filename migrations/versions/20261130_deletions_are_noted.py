"""Deletions are noted, so that no copy brings anybody back."""

import sqlalchemy as sa
from alembic import op

revision = "d7e1b85f3c64"
down_revision = "b41c7e20d9a3"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "deletions",
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("account", "at", name=op.f("pk_deletions")),
    )
    op.create_table(
        "ledger_keys",
        sa.Column("key", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_ledger_keys")),
    )


def downgrade() -> None:
    op.drop_table("ledger_keys")
    op.drop_table("deletions")
