"""Answers earn points."""

import sqlalchemy as sa
from alembic import op

revision = "e40b7d92c6f1"
down_revision = "5c2e81f7a9d3"
branch_labels = None
depends_on = None

UNRANKED = sa.text("unranked <> ''")


def _refers(table: str, column: str, to: str, ondelete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{to}"
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, ondelete=ondelete)


def upgrade() -> None:
    op.create_table(
        "scored_attempts",
        sa.Column("attempt_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("channel_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("weight", sa.Double(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("unranked", sa.Text(), nullable=False),
        sa.CheckConstraint("points >= 0", name=op.f("ck_scored_attempts_points")),
        sa.CheckConstraint(
            "unranked IN ('', 'copied_reference', 'copied_answer', 'looked_up', 'host')",
            name=op.f("ck_scored_attempts_unranked"),
        ),
        _refers("scored_attempts", "attempt_id", "attempts"),
        _refers("scored_attempts", "learner_id", "learners"),
        _refers("scored_attempts", "community_id", "communities"),
        _refers("scored_attempts", "channel_id", "channels"),
        _refers("scored_attempts", "post_id", "daily_posts"),
        sa.PrimaryKeyConstraint("attempt_id", name="pk_scored_attempts"),
        sa.UniqueConstraint("post_id", "learner_id", name="uq_scored_attempts_post_id_learner_id"),
    )
    for columns in (
        ["learner_id", "community_id", "attempt_id"],
        ["community_id", "channel_id", "day"],
    ):
        op.create_index(f"ix_scored_attempts_{'_'.join(columns)}", "scored_attempts", columns)
    op.create_index(
        "ix_scored_attempts_unranked",
        "scored_attempts",
        ["community_id", "attempt_id"],
        sqlite_where=UNRANKED,
        postgresql_where=UNRANKED,
    )
    op.create_table(
        "points",
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("channel_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.CheckConstraint("answers >= 0", name=op.f("ck_points_answers")),
        sa.CheckConstraint(
            "period IN ('day', 'week', 'month', 'season', 'all_time')",
            name=op.f("ck_points_period"),
        ),
        _refers("points", "community_id", "communities"),
        _refers("points", "learner_id", "learners"),
        sa.PrimaryKeyConstraint(
            "community_id", "channel_id", "period", "start", "learner_id", name="pk_points"
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_points_learner_id_community_id", "points", ["learner_id", "community_id"])
    op.create_index(
        "ix_points_shown",
        "points",
        [
            "community_id",
            "channel_id",
            "period",
            "start",
            "shown",
            sa.text("points DESC"),
            "learner_id",
        ],
    )
    op.create_table(
        "exclusions",
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("by_learner_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _refers("exclusions", "community_id", "communities"),
        _refers("exclusions", "learner_id", "learners"),
        _refers("exclusions", "by_learner_id", "learners", "SET NULL"),
        sa.PrimaryKeyConstraint("community_id", "learner_id", name="pk_exclusions"),
    )
    op.create_index("ix_exclusions_learner_id", "exclusions", ["learner_id"])
    op.create_index("ix_exclusions_by_learner_id", "exclusions", ["by_learner_id"])


def downgrade() -> None:
    op.drop_table("exclusions")
    op.drop_table("points")
    op.drop_table("scored_attempts")
