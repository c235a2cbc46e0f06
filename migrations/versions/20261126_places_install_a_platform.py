"""Places install a platform."""

import sqlalchemy as sa
from alembic import op

revision = "d17f3b90c5e8"
down_revision = "c4a81e6f2d93"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "installations",
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("installed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("platform", "key", name="pk_installations"),
    )


def downgrade() -> None:
    op.drop_table("installations")
