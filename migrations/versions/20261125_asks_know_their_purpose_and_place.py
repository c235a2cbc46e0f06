"""Asks know their purpose and place."""

import sqlalchemy as sa
from alembic import op

revision = "e86b13d04f72"
down_revision = "7c2e81b6f450"
branch_labels = None
depends_on = None

KEEP_IDS = {"sqlite_autoincrement": True}


def upgrade() -> None:
    with op.batch_alter_table("asks", table_kwargs=KEEP_IDS) as asks:
        asks.add_column(
            sa.Column("purpose", sa.Text(), server_default=sa.text("'practice'"), nullable=False)
        )
        asks.add_column(sa.Column("community_id", sa.Integer(), nullable=True))
        asks.add_column(sa.Column("channel_id", sa.Integer(), nullable=True))
        asks.create_check_constraint(
            op.f("ck_asks_purpose"), "purpose IN ('practice', 'review', 'interview', 'daily')"
        )
        asks.create_foreign_key(
            op.f("fk_asks_community_id_communities"),
            "communities",
            ["community_id"],
            ["id"],
            ondelete="SET NULL",
        )
        asks.create_foreign_key(
            op.f("fk_asks_channel_id_channels"),
            "channels",
            ["channel_id"],
            ["id"],
            ondelete="SET NULL",
        )


def downgrade() -> None:
    with op.batch_alter_table("asks", table_kwargs=KEEP_IDS) as asks:
        asks.drop_constraint(op.f("fk_asks_channel_id_channels"), type_="foreignkey")
        asks.drop_constraint(op.f("fk_asks_community_id_communities"), type_="foreignkey")
        asks.drop_constraint(op.f("ck_asks_purpose"), type_="check")
        for column in ("channel_id", "community_id", "purpose"):
            asks.drop_column(column)
