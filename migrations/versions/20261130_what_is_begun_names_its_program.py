"""What is begun names its program."""

import sqlalchemy as sa
from alembic import op

revision = "6f1b0d94c7ae"
down_revision = "8c3f6ad92e10"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("attempts", sa.Column("begun_by", sa.Text(), nullable=True))
    op.add_column("handled_events", sa.Column("begun_by", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("handled_events", "begun_by")
    op.drop_column("attempts", "begun_by")
