"""Attempts know their place, and which was the learner's first at its question."""

import sqlalchemy as sa
from alembic import op

revision = "3fa7d920c6b8"
down_revision = "e86b13d04f72"
branch_labels = None
depends_on = None

KEEP_IDS = {"sqlite_autoincrement": True}


def upgrade() -> None:
    with op.batch_alter_table("attempts", table_kwargs=KEEP_IDS) as attempts:
        attempts.add_column(
            sa.Column("first", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        attempts.add_column(sa.Column("community_id", sa.Integer(), nullable=True))
        attempts.add_column(sa.Column("channel_id", sa.Integer(), nullable=True))
        attempts.create_foreign_key(
            op.f("fk_attempts_community_id_communities"),
            "communities",
            ["community_id"],
            ["id"],
            ondelete="SET NULL",
        )
        attempts.create_foreign_key(
            op.f("fk_attempts_channel_id_channels"),
            "channels",
            ["channel_id"],
            ["id"],
            ondelete="SET NULL",
        )
    _tell_the_first()
    op.create_index(
        "uq_attempts_first",
        "attempts",
        ["learner_id", "question_id"],
        unique=True,
        sqlite_where=sa.text("first"),
        postgresql_where=sa.text("first"),
    )


def _tell_the_first() -> None:
    # An answer after the reference was shown is not counted, nor does it leave that to a later one.
    op.execute(
        """
        UPDATE attempts SET first = NOT assisted
        WHERE id IN (SELECT min(id) FROM attempts GROUP BY learner_id, question_id)
        """
    )


def downgrade() -> None:
    op.drop_index("uq_attempts_first", "attempts")
    with op.batch_alter_table("attempts", table_kwargs=KEEP_IDS) as attempts:
        attempts.drop_constraint(op.f("fk_attempts_channel_id_channels"), type_="foreignkey")
        attempts.drop_constraint(op.f("fk_attempts_community_id_communities"), type_="foreignkey")
        for column in ("channel_id", "community_id", "first"):
            attempts.drop_column(column)
