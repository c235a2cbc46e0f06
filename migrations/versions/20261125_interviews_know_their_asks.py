"""Interviews know their asks."""

import sqlalchemy as sa
from alembic import op

revision = "b90e3f7d5c18"
down_revision = "48c9e17d6b02"
branch_labels = None
depends_on = None

KEEP_IDS = {"sqlite_autoincrement": True}


def upgrade() -> None:
    op.create_table(
        "interviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("question_ids", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("follow_ups", sa.Text(), nullable=False),
        sa.Column("following", sa.Boolean(), nullable=False),
        sa.Column("active_seconds", sa.Double(), nullable=False),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('running', 'paused', 'finished', 'abandoned')", name="ck_interviews_state"
        ),
        sa.CheckConstraint("position >= 0", name="ck_interviews_position"),
        sa.CheckConstraint("active_seconds >= 0", name="ck_interviews_active_seconds"),
        sa.PrimaryKeyConstraint("id", name="pk_interviews"),
        sa.ForeignKeyConstraint(
            ["learner_id"],
            ["learners.id"],
            name="fk_interviews_learner_id_learners",
            ondelete="CASCADE",
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_interviews_learner_id_id", "interviews", ["learner_id", "id"])
    with op.batch_alter_table("asks", table_kwargs=KEEP_IDS) as asks:
        asks.add_column(sa.Column("interview_id", sa.Integer(), nullable=True))
        asks.create_foreign_key(
            op.f("fk_asks_interview_id_interviews"),
            "interviews",
            ["interview_id"],
            ["id"],
            ondelete="SET NULL",
        )
        asks.create_index(op.f("ix_asks_interview_id"), ["interview_id"])


def downgrade() -> None:
    with op.batch_alter_table("asks", table_kwargs=KEEP_IDS) as asks:
        asks.drop_index(op.f("ix_asks_interview_id"))
        asks.drop_constraint(op.f("fk_asks_interview_id_interviews"), type_="foreignkey")
        asks.drop_column("interview_id")
    op.drop_table("interviews")
