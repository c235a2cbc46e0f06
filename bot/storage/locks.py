"""What transactions on a PostgreSQL server lock, so that several may write side by side.

A transaction is one of two kinds. Most are alone: they take the turn of the whole database for
themselves, and so read, decide and write as if nobody else was there. Those that store an answer or
its grade go alongside each other: they share the turn, and lock only what they are about, one
learner as a rule, from the first look at it to their end. No two are then about the same learner,
and no alongside one overlaps with one that is alone. On SQLite every transaction is alone.

To go alongside, a transaction must lock whatever it reads and then writes by what it read, in the
order of `Subject`, and leave everything else of other people as it is.
"""

import hashlib
from enum import IntEnum

from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

ALONGSIDE = "coach_alongside"
"""An engine with this execution option begins transactions that go alongside each other."""

TURN = 6_022_140_857
"""The key of the advisory lock for the whole database: any number that no other program in it
uses."""


class Subject(IntEnum):
    """What a transaction can be about, in the order in which one locks them."""

    EVENT = 1
    ACCOUNT = 2
    LEARNER = 3
    PLACE = 4
    QUESTION = 5


def take_turn(connection: Connection) -> None:
    """Wait until no transaction is under way that this one must not overlap with."""
    how = "_shared" if _is_alongside(connection) else ""
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock{how}({TURN})")


def hold(session: Session, subject: Subject, *key: object) -> bool:
    """Lock something to the end of the transaction; return whether that had to be done at all.

    What was read of it before may be old by then.
    """
    connection = session.connection()
    if not _is_alongside(connection):
        return False
    digest = hashlib.sha256(repr(key).encode()).digest()
    number = int.from_bytes(digest[:4], signed=True)
    lock = text("SELECT pg_advisory_xact_lock(:subject, :number)")
    connection.execute(lock, {"subject": int(subject), "number": number})
    return True


def _is_alongside(connection: Connection) -> bool:
    server = connection.dialect.name == "postgresql"
    return server and bool(connection.get_execution_options().get(ALONGSIDE))
