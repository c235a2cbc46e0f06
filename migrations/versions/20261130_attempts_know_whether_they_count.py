"""Attempts know whether they count."""

import json

import sqlalchemy as sa
from alembic import context, op

revision = "c2f58e07d3a1"
down_revision = "7d40c9a1e6b2"
branch_labels = None
depends_on = None

NO_TRIES = frozenset(
    {"too_short", "dont_know", "echo", "keyword_list", "off_topic", "instruction_to_grader"}
)
AT_A_TIME = 500


def upgrade() -> None:
    op.add_column(
        "attempts", sa.Column("counts", sa.Boolean(), server_default=sa.true(), nullable=False)
    )
    if context.is_offline_mode():
        context.get_context().impl.static_output("-- Answers are looked at by a run, not here.")
        return
    connection = op.get_bind()
    graded = sa.text(
        "SELECT id, grade FROM attempts WHERE id > :after AND grade IS NOT NULL "
        "ORDER BY id LIMIT :most"
    )
    # A first answer that was no try leaves that to the next answer, which is yet to come.
    change = sa.text("UPDATE attempts SET counts = :no, first = :no WHERE id = :id")
    rows = connection.execute(graded, {"after": 0, "most": AT_A_TIME}).all()
    while rows:
        for number, grade in rows:
            if NO_TRIES.intersection(json.loads(grade).get("flags", ())):
                connection.execute(change, {"no": False, "id": number})
        rows = connection.execute(graded, {"after": rows[-1][0], "most": AT_A_TIME}).all()


def downgrade() -> None:
    op.drop_column("attempts", "counts")
