"""Communities have a channel of hosts."""

import sqlalchemy as sa
from alembic import op

revision = "5be07c92f1d8"
down_revision = "a91d4b36e7f5"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "communities",
        sa.Column("hosts_channel", sa.Text(), server_default=sa.text("''"), nullable=False),
    )


def downgrade() -> None:
    op.drop_column("communities", "hosts_channel")
