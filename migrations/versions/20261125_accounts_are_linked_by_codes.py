"""Accounts are linked by codes."""

import sqlalchemy as sa
from alembic import op

revision = "95e0c4a7b31d"
down_revision = "3fa7d920c6b8"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "link_codes",
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("learner_id", name="pk_link_codes"),
        _learner_key("link_codes"),
        sa.UniqueConstraint("sha256", name="uq_link_codes_sha256"),
    )
    op.create_table(
        "link_tries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_link_tries"),
        _learner_key("link_tries"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_link_tries_learner_id_tried_at", "link_tries", ["learner_id", "tried_at"])


def downgrade() -> None:
    op.drop_table("link_tries")
    op.drop_table("link_codes")


def _learner_key(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["learner_id"], ["learners.id"], name=f"fk_{table}_learner_id_learners", ondelete="CASCADE"
    )
