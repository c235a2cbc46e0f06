"""Discussions open to those who have answered."""

import sqlalchemy as sa
from alembic import op

revision = "a92d5e07c1b4"
down_revision = "7f0c9e4b2a61"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("daily_plans") as plans:
        plans.add_column(sa.Column("discussion", sa.Text(), nullable=True))
    chosen = "CASE WHEN thread THEN 'open' ELSE 'none' END"
    op.execute(f"UPDATE daily_plans SET discussion = {chosen}")  # noqa: S608
    with op.batch_alter_table("daily_plans") as plans:
        plans.alter_column("discussion", existing_type=sa.Text(), nullable=False)
        plans.create_check_constraint(
            op.f("ck_daily_plans_discussion"), "discussion IN ('none', 'open', 'answered')"
        )
        plans.drop_column("thread")
    for column in (
        sa.Column("private", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("discussion_id", sa.Text(), server_default=sa.text("''"), nullable=False),
    ):
        op.add_column("daily_posts", column)
    op.create_table(
        "admissions",
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("admitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["post_id"],
            ["daily_posts.id"],
            name="fk_admissions_post_id_daily_posts",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["learner_id"],
            ["learners.id"],
            name="fk_admissions_learner_id_learners",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("post_id", "learner_id", name="pk_admissions"),
    )
    op.create_index("ix_admissions_learner_id", "admissions", ["learner_id"])


def downgrade() -> None:
    op.drop_table("admissions")
    op.drop_column("daily_posts", "discussion_id")
    op.drop_column("daily_posts", "private")
    with op.batch_alter_table("daily_plans") as plans:
        plans.add_column(sa.Column("thread", sa.Boolean(), nullable=True))
    # What was promised to be private must not become a discussion for everybody.
    op.execute("UPDATE daily_plans SET thread = (discussion = 'open')")
    with op.batch_alter_table("daily_plans") as plans:
        plans.alter_column("thread", existing_type=sa.Boolean(), nullable=False)
        plans.drop_constraint(op.f("ck_daily_plans_discussion"), type_="check")
        plans.drop_column("discussion")
