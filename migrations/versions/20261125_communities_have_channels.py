"""Communities have channels."""

import sqlalchemy as sa
from alembic import op

revision = "b41c7e05d2a9"
down_revision = "6f1d2a9c40b7"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "communities",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("staff_ranked", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("retention_days", sa.Integer(), nullable=True),
        sa.Column("seasons_start", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_communities"),
        sa.UniqueConstraint("platform", "external_id", name="uq_communities_platform_external_id"),
        sa.CheckConstraint("retention_days > 0", name=op.f("ck_communities_retention_days")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "channels",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_channels"),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name="fk_channels_community_id_communities",
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint(
            "community_id", "external_id", name="uq_channels_community_id_external_id"
        ),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("channels")
    op.drop_table("communities")
