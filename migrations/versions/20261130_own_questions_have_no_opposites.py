"""Own questions have no opposites."""

import json

import sqlalchemy as sa
from alembic import context, op

revision = "c2a7f05e93d8"
down_revision = "5be07c92f1d8"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if context.is_offline_mode():
        context.get_context().impl.static_output("-- Own questions are changed by a run, not here.")
        return
    questions = sa.table(
        "own_questions", sa.column("id", sa.Integer()), sa.column("document", sa.Text())
    )
    connection = op.get_bind()
    for row in connection.execute(sa.select(questions)).all():
        document = json.loads(row.document)
        points = document.get("key_points", ())
        if any("opposites" in point for point in points):
            for point in points:
                point.pop("opposites", None)
            changed = json.dumps(document, ensure_ascii=False)
            connection.execute(
                questions.update().where(questions.c.id == row.id).values(document=changed)
            )


def downgrade() -> None:
    """Nothing to do: a draft without opposites was always one."""
