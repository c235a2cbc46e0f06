"""Grades are packed."""

import zlib
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import context, op

revision = "8c3f6ad92e10"
down_revision = "5e0c9b7d41f2"
branch_labels = None
depends_on = None

FORM = b"\x01"
PHRASES = (
    b'"misconceptions":[{"text":"","correction":"","evidence":""}],"flags":["too_short","dont_know",'
    b'"echo","keyword_list","off_topic","copied_reference","copied_answer"],"closest_question":null,'
    b'"second_opinion":{"outcome":"","confirmed":0,"contradicted":0},'
    b'"role":"bonus","weight":1.0,"status":"contradicted","credit":0.0,"opposed":1.0,"unsure":true,'
    b'"status":"partial","credit":0.5,"opposed":0.0,"unsure":false,"evidence":"'
    b'"status":"missed","credit":0.0,"opposed":0.0,"unsure":false,"evidence":null},{"id":"'
    b'{"question_id":"","score":0.0,"band":"excellent" "good" "partial" "weak","points":[{"id":"",'
    b'"text":"The ","role":"essential","weight":2.0,"status":"covered","credit":1.0,"opposed":0.0,'
    b'"unsure":false,"evidence":"The "}],"misconceptions":[],"flags":[],"closest_question":null,'
    b'"grader":{"version":"1","model":"all-MiniLM-L6-v2","second_opinion":null},"second_opinion":null}'
)
"""What grades had in common when they were packed first."""

AT_A_TIME = 500


def upgrade() -> None:
    if _on_server():
        op.alter_column(
            "attempts",
            "grade",
            type_=sa.LargeBinary(),
            postgresql_using="convert_to(grade, 'UTF8')",
        )
        _rewrite(sa.LargeBinary(), _pack)
        return
    # Packed first, where any column takes bytes, so that only what is small is copied.
    _rewrite(sa.Text(), _pack)
    with op.batch_alter_table("attempts", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.alter_column("grade", existing_type=sa.Text(), type_=sa.LargeBinary())


def downgrade() -> None:
    _rewrite(sa.LargeBinary(), _unpack)
    if _on_server():
        op.alter_column(
            "attempts", "grade", type_=sa.Text(), postgresql_using="convert_from(grade, 'UTF8')"
        )
        return
    with op.batch_alter_table("attempts", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.alter_column("grade", existing_type=sa.LargeBinary(), type_=sa.Text())


def _on_server() -> bool:
    return op.get_context().dialect.name == "postgresql"


def _rewrite(kind: sa.types.TypeEngine[Any], change: Callable[[bytes], bytes]) -> None:
    if context.is_offline_mode():
        context.get_context().impl.static_output("-- Grades are packed by a run, not here.")
        return
    connection = op.get_bind()
    attempts = sa.table("attempts", sa.column("id", sa.Integer()), sa.column("grade", kind))
    graded = sa.select(attempts.c.id, attempts.c.grade).where(attempts.c.grade.is_not(None))
    put = attempts.update().where(attempts.c.id == sa.bindparam("number"))
    put = put.values(grade=sa.bindparam("packed", type_=sa.LargeBinary()))
    last = 0
    while True:
        some = graded.where(attempts.c.id > last).order_by(attempts.c.id).limit(AT_A_TIME)
        rows = connection.execute(some).all()
        if not rows:
            return
        packed = [{"number": n, "packed": change(_bytes(grade))} for n, grade in rows]
        connection.execute(put, packed)
        last = rows[-1][0]


def _bytes(grade: str | bytes) -> bytes:
    return grade.encode() if isinstance(grade, str) else bytes(grade)


def _pack(text: bytes) -> bytes:
    packing = zlib.compressobj(level=9, wbits=-zlib.MAX_WBITS, zdict=PHRASES)
    return FORM + packing.compress(text) + packing.flush()


def _unpack(stored: bytes) -> bytes:
    unpacking = zlib.decompressobj(wbits=-zlib.MAX_WBITS, zdict=PHRASES)
    return unpacking.decompress(stored[len(FORM) :]) + unpacking.flush()
