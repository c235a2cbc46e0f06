"""Texts are held until they are answers."""

import sqlalchemy as sa
from alembic import op

revision = "a91d4b36e7f5"
down_revision = "c2f58e07d3a1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "held_texts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ask_id", sa.Integer(), nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["ask_id"], ["asks.id"], name="fk_held_texts_ask_id_asks", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["learner_id"],
            ["learners.id"],
            name="fk_held_texts_learner_id_learners",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_held_texts"),
        sqlite_autoincrement=True,
    )
    for column in ("ask_id", "held_at", "learner_id"):
        op.create_index(f"ix_held_texts_{column}", "held_texts", [column])


def downgrade() -> None:
    op.drop_table("held_texts")
