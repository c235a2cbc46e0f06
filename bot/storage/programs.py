"""Which program it is that writes, and which others are at work on the same database.

Each program has a name of its own for as long as it runs. On a server its connections carry it, so
that the server itself knows who is there: whoever dies, or is cut off, is gone from its list. A
file keeps no such list, and one program serves it.
"""

import secrets

from sqlalchemy import Connection, Engine, text
from sqlalchemy.orm import Session

PROGRAM = "coach_program"
"""The execution option with the name of this program."""

APPLICATION = "interview-coach"
"""So a server lists the connections of the coach, with the name of the program behind it."""

ELSEWHERE = text(
    """SELECT DISTINCT application_name FROM pg_stat_activity
    WHERE datname = current_database() AND application_name LIKE :any AND application_name <> :own
    AND pid <> pg_backend_pid()"""
)


def a_name() -> str:
    """Return a name for a program that starts."""
    return secrets.token_hex(8)


def listed_as(name: str) -> str:
    """Return what a server lists the connections of a program as."""
    return f"{APPLICATION} {name}"


def program_of(at: Session | Connection | Engine) -> str:
    """Return the name of the program that opened the database."""
    where = at.connection() if isinstance(at, Session) else at
    return str(where.get_execution_options().get(PROGRAM, ""))


def others_of(at: Session | Connection) -> frozenset[str] | None:
    """Return the names of the other programs that are connected.

    None of a file: nobody knows who has it open.
    """
    connection = at.connection() if isinstance(at, Session) else at
    if connection.dialect.name != "postgresql":
        return None
    wanted = {"any": f"{APPLICATION}%", "own": listed_as(program_of(connection))}
    found = connection.scalars(ELSEWHERE, wanted)
    return frozenset(name.removeprefix(APPLICATION).strip() for name in found)
