"""Learners flag questions and appeal."""

import sqlalchemy as sa
from alembic import op

revision = "e8c1f46a07d3"
down_revision = "e40b7d92c6f1"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _flags()
    _appeals()
    op.create_table(
        "accepted_paraphrases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Text(), nullable=False),
        sa.Column("point_id", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("accepted_at", MOMENT, nullable=False),
        sa.Column("appeal_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("length(text) <= 400", name="ck_accepted_paraphrases_text"),
        sa.PrimaryKeyConstraint("id", name="pk_accepted_paraphrases"),
        sa.UniqueConstraint(
            "community_id",
            "question_id",
            "point_id",
            "text",
            name="uq_accepted_paraphrases_community_id_question_id_point_id_text",
        ),
        _reference("accepted_paraphrases", "community_id", "communities", "CASCADE"),
        _reference("accepted_paraphrases", "appeal_id", "appeals", "SET NULL"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_accepted_paraphrases_appeal_id", "accepted_paraphrases", ["appeal_id"])
    op.create_table(
        "regrades",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Text(), nullable=False),
        sa.Column("last_attempt_id", sa.Integer(), nullable=False),
        sa.Column("ordered_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_regrades"),
        _reference("regrades", "community_id", "communities", "CASCADE"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_regrades_community_id", "regrades", ["community_id"])
    op.create_index(
        "ix_attempts_community_id_question_id_id", "attempts", ["community_id", "question_id", "id"]
    )


def downgrade() -> None:
    op.drop_index("ix_attempts_community_id_question_id_id", "attempts")
    for table in ("regrades", "accepted_paraphrases", "appeals", "flags"):
        op.drop_table(table)


def _flags() -> None:
    op.create_table(
        "flags",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Text(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("handled_at", MOMENT, nullable=True),
        sa.Column("handler_learner_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("kind IN ('wrong', 'unclear', 'outdated')", name="ck_flags_kind"),
        sa.CheckConstraint("length(words) <= 500", name="ck_flags_words"),
        sa.PrimaryKeyConstraint("id", name="pk_flags"),
        _reference("flags", "learner_id", "learners", "CASCADE"),
        _reference("flags", "community_id", "communities", "CASCADE"),
        _reference("flags", "handler_learner_id", "learners", "SET NULL"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_flags_open",
        "flags",
        ["learner_id", "question_id"],
        unique=True,
        sqlite_where=sa.text("handled_at IS NULL"),
        postgresql_where=sa.text("handled_at IS NULL"),
    )
    op.create_index("ix_flags_community_id_id", "flags", ["community_id", "id"])
    op.create_index("ix_flags_learner_id_created_at", "flags", ["learner_id", "created_at"])
    op.create_index("ix_flags_handler_learner_id", "flags", ["handler_learner_id"])


def _appeals() -> None:
    op.create_table(
        "appeals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Text(), nullable=False),
        sa.Column("point_id", sa.Text(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("decider_learner_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'accepted', 'declined', 'withdrawn')", name="ck_appeals_state"
        ),
        sa.CheckConstraint(
            "(state = 'open') = (decided_at IS NULL)", name="ck_appeals_decided_once"
        ),
        sa.CheckConstraint("length(sentence) <= 400", name="ck_appeals_sentence"),
        sa.CheckConstraint("length(reason) <= 240", name="ck_appeals_reason"),
        sa.PrimaryKeyConstraint("id", name="pk_appeals"),
        _reference("appeals", "learner_id", "learners", "CASCADE"),
        _reference("appeals", "attempt_id", "attempts", "CASCADE"),
        _reference("appeals", "community_id", "communities", "CASCADE"),
        _reference("appeals", "decider_learner_id", "learners", "SET NULL"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_appeals_standing",
        "appeals",
        ["attempt_id", "point_id"],
        unique=True,
        sqlite_where=sa.text("state <> 'withdrawn'"),
        postgresql_where=sa.text("state <> 'withdrawn'"),
    )
    op.create_index("ix_appeals_learner_id_state", "appeals", ["learner_id", "state"])
    op.create_index("ix_appeals_community_id_state_id", "appeals", ["community_id", "state", "id"])
    op.create_index("ix_appeals_decider_learner_id", "appeals", ["decider_learner_id"])


def _reference(table: str, column: str, to: str, when_deleted: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{to}"
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, ondelete=when_deleted)
