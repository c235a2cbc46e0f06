"""Points are kept in small numbers, by learner."""

import sqlalchemy as sa
from alembic import op

revision = "3d9e07b1c6f4"
down_revision = "6f1b0d94c7ae"
branch_labels = None
depends_on = None

PERIODS = ("day", "week", "month", "season", "all_time")
NAMED = f"period IN ({', '.join(map(repr, PERIODS))})"
NUMBERED = f"period BETWEEN 0 AND {len(PERIODS) - 1}"
TO_NUMBER = " ".join(f"WHEN '{name}' THEN {number}" for number, name in enumerate(PERIODS))
TO_NAME = " ".join(f"WHEN {number} THEN '{name}'" for number, name in enumerate(PERIODS))
BY_LEARNER = ["learner_id", "community_id", "channel_id", "period", "start"]
BY_BOARD = ["community_id", "channel_id", "period", "start", "learner_id"]
ON_BOARD = [*BY_BOARD[:-1], "shown", sa.text("points DESC"), "learner_id"]


def upgrade() -> None:
    if _on_server():
        op.drop_constraint("ck_points_period", "points")
        op.drop_constraint("pk_points", "points")
        op.drop_index("ix_points_learner_id_community_id", "points")
        op.alter_column(
            "points",
            "period",
            type_=sa.SmallInteger(),
            postgresql_using=f"CASE period {TO_NUMBER} END",
        )
        op.alter_column(
            "points", "start", type_=sa.Integer(), postgresql_using="start - DATE '1970-01-01'"
        )
        op.create_primary_key("pk_points", "points", BY_LEARNER)
        op.create_check_constraint(op.f("ck_points_period"), "points", NUMBERED)
        return
    _make("points_by_learner", sa.SmallInteger(), sa.Integer(), NUMBERED, BY_LEARNER)
    _move(
        "points_by_learner",
        f"CASE period {TO_NUMBER} END",
        "CAST(julianday(start) - julianday('1970-01-01') AS INTEGER)",
        BY_LEARNER,
    )


def downgrade() -> None:
    if _on_server():
        op.drop_constraint("ck_points_period", "points")
        op.drop_constraint("pk_points", "points")
        op.alter_column(
            "points", "period", type_=sa.Text(), postgresql_using=f"CASE period {TO_NAME} END"
        )
        op.alter_column(
            "points", "start", type_=sa.Date(), postgresql_using="DATE '1970-01-01' + start"
        )
        op.create_primary_key("pk_points", "points", BY_BOARD)
        op.create_check_constraint(op.f("ck_points_period"), "points", NAMED)
    else:
        _make("points_by_board", sa.Text(), sa.Date(), NAMED, BY_BOARD)
        _move(
            "points_by_board",
            f"CASE period {TO_NAME} END",
            "date(start + julianday('1970-01-01'))",
            BY_BOARD,
        )
    op.create_index("ix_points_learner_id_community_id", "points", ["learner_id", "community_id"])


def _on_server() -> bool:
    return op.get_context().dialect.name == "postgresql"


def _make(
    name: str,
    period: sa.types.TypeEngine[str] | sa.types.TypeEngine[int],
    start: sa.types.TypeEngine[int] | sa.Date,
    check: str,
    key: list[str],
) -> None:
    op.create_table(
        name,
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("channel_id", sa.Integer(), nullable=False),
        sa.Column("period", period, nullable=False),
        sa.Column("start", start, nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.CheckConstraint("answers >= 0", name=op.f("ck_points_answers")),
        sa.CheckConstraint(check, name=op.f("ck_points_period")),
        _refers("community_id", "communities"),
        _refers("learner_id", "learners"),
        sa.PrimaryKeyConstraint(*key, name="pk_points"),
        sqlite_with_rowid=False,
    )


def _refers(column: str, table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_points_{column}_{table}")
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], name=name, ondelete="CASCADE")


def _move(name: str, period: str, start: str, key: list[str]) -> None:
    """Put all rows into the new table, in its order, and let it take the place of the old one."""
    op.execute(
        f"INSERT INTO {name} "  # noqa: S608 made of constants
        "(community_id, channel_id, period, start, learner_id, points, answers, shown) "
        f"SELECT community_id, channel_id, {period}, {start}, learner_id, points, answers, shown "
        f"FROM points ORDER BY {', '.join(key)}"
    )
    op.drop_table("points")
    op.rename_table(name, "points")
    op.create_index("ix_points_shown", "points", ON_BOARD)
