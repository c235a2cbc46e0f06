"""First tables: learners with their accounts, what they were asked and what they answered."""

import sqlalchemy as sa
from alembic import op

revision = "6f1d2a9c40b7"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_learners()
    _create_asks()
    _create_attempts()


def downgrade() -> None:
    for table in ("attempts", "asks", "identities", "learners"):
        op.drop_table(table)


def _create_learners() -> None:
    op.create_table(
        "learners",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_learners"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "identities",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("team", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_identities"),
        _learner_key("identities"),
        sa.UniqueConstraint(
            "platform", "team", "external_id", name="uq_identities_platform_team_external_id"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_identities_learner_id", "identities", ["learner_id"])


def _create_asks() -> None:
    op.create_table(
        "asks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("hints", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_asks"),
        _learner_key("asks"),
        sa.CheckConstraint(
            "state IN ('open', 'answered', 'revealed', 'skipped')", name=op.f("ck_asks_state")
        ),
        sa.CheckConstraint("hints >= 0", name=op.f("ck_asks_hints")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_asks_learner_id_id", "asks", ["learner_id", "id"])


def _create_attempts() -> None:
    op.create_table(
        "attempts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ask_id", sa.Integer(), nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hints_used", sa.Integer(), nullable=False),
        sa.Column("assisted", sa.Boolean(), nullable=False),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column("band", sa.Text(), nullable=True),
        sa.Column("grade", sa.Text(), nullable=True),
        sa.Column("grader_version", sa.Text(), nullable=True),
        sa.Column("model", sa.Text(), nullable=True),
        sa.Column("graded_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_attempts"),
        sa.ForeignKeyConstraint(
            ["ask_id"], ["asks.id"], name="fk_attempts_ask_id_asks", ondelete="CASCADE"
        ),
        _learner_key("attempts"),
        sa.CheckConstraint("hints_used >= 0", name=op.f("ck_attempts_hints_used")),
        sa.CheckConstraint("score >= 0 AND score <= 1", name=op.f("ck_attempts_score")),
        sa.CheckConstraint(
            "(grade IS NULL) = (graded_at IS NULL)", name=op.f("ck_attempts_graded_at_once")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_attempts_ask_id", "attempts", ["ask_id"])
    op.create_index("ix_attempts_learner_id_id", "attempts", ["learner_id", "id"])
    waiting = sa.text("graded_at IS NULL")
    op.create_index(
        "ix_attempts_pending", "attempts", ["id"], sqlite_where=waiting, postgresql_where=waiting
    )


def _learner_key(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["learner_id"], ["learners.id"], name=f"fk_{table}_learner_id_learners", ondelete="CASCADE"
    )
