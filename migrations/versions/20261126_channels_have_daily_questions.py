"""Channels have daily questions."""

import sqlalchemy as sa
from alembic import op

revision = "a17d5c20e9b4"
down_revision = "b90e3f7d5c18"
branch_labels = None
depends_on = None

KEEP_IDS = {"sqlite_autoincrement": True}
UNFINISHED = sa.text("state IN ('pending', 'sent')")


def upgrade() -> None:
    op.create_table(
        "daily_plans",
        sa.Column("channel_id", sa.Integer(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("weekdays", sa.Text(), nullable=False),
        sa.Column("open_hours", sa.Integer(), nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("began_on", sa.Date(), nullable=False),
        sa.Column("after", sa.Date(), nullable=False),
        sa.Column("topics", sa.Text(), nullable=False),
        sa.Column("easiest", sa.Integer(), nullable=False),
        sa.Column("hardest", sa.Integer(), nullable=False),
        sa.Column("ping_role", sa.Text(), nullable=False),
        sa.Column("thread", sa.Boolean(), nullable=False),
        sa.Column("host_learner_id", sa.Integer(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("pause_reason", sa.Text(), nullable=False),
        sa.Column("bank_is_low", sa.Boolean(), nullable=False),
        sa.CheckConstraint("open_hours > 0", name="ck_daily_plans_open_hours"),
        sa.CheckConstraint("easiest <= hardest", name="ck_daily_plans_difficulty"),
        sa.PrimaryKeyConstraint("channel_id", name="pk_daily_plans"),
        sa.ForeignKeyConstraint(
            ["channel_id"],
            ["channels.id"],
            name="fk_daily_plans_channel_id_channels",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["host_learner_id"],
            ["learners.id"],
            name="fk_daily_plans_host_learner_id_learners",
            ondelete="SET NULL",
        ),
    )
    op.create_index("ix_daily_plans_host_learner_id", "daily_plans", ["host_learner_id"])
    op.create_table(
        "daily_posts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("question_id", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("send_by", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("weight", sa.Double(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("thread", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("claimed_by", sa.Text(), nullable=False),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('pending', 'sent', 'closed', 'skipped', 'failed')",
            name="ck_daily_posts_state",
        ),
        sa.CheckConstraint("thread IN ('none', 'wanted', 'open')", name="ck_daily_posts_thread"),
        sa.PrimaryKeyConstraint("id", name="pk_daily_posts"),
        sa.UniqueConstraint("channel_id", "day", name="uq_daily_posts_channel_id_day"),
        sa.ForeignKeyConstraint(
            ["channel_id"],
            ["channels.id"],
            name="fk_daily_posts_channel_id_channels",
            ondelete="CASCADE",
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_daily_posts_unfinished",
        "daily_posts",
        ["id"],
        sqlite_where=UNFINISHED,
        postgresql_where=UNFINISHED,
    )
    with op.batch_alter_table("asks", table_kwargs=KEEP_IDS) as asks:
        asks.add_column(sa.Column("post_id", sa.Integer(), nullable=True))
        asks.create_foreign_key(
            op.f("fk_asks_post_id_daily_posts"),
            "daily_posts",
            ["post_id"],
            ["id"],
            ondelete="SET NULL",
        )
        asks.create_index(op.f("ix_asks_post_id"), ["post_id"])


def downgrade() -> None:
    with op.batch_alter_table("asks", table_kwargs=KEEP_IDS) as asks:
        asks.drop_index(op.f("ix_asks_post_id"))
        asks.drop_constraint(op.f("fk_asks_post_id_daily_posts"), type_="foreignkey")
        asks.drop_column("post_id")
    op.drop_table("daily_posts")
    op.drop_table("daily_plans")
