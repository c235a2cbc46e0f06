"""The last id that each table gave to a row, which may be gone by now.

Ids live on in the buttons of old messages, so that none may be given twice, nor after a copy.
"""

from collections.abc import Mapping

from sqlalchemy import Connection, Table, func, select, text

from bot.storage.orm import Base


def numbered() -> tuple[Table, ...]:
    """Return the tables whose rows get their ids from the database."""
    every = Base.metadata.sorted_tables
    return tuple(table for table in every if table.autoincrement_column is not None)


def last_ids(connection: Connection) -> dict[str, int]:
    """Return the last id of each numbered table, 0 where none was given yet."""
    on_file = connection.dialect.name == "sqlite"
    given = _given_in_file(connection) if on_file else _given_on_server(connection)
    return {
        table.name: max(
            given.get(table.name, 0), connection.scalar(select(func.max(table.c.id))) or 0
        )
        for table in numbered()
    }


def set_last_ids(connection: Connection, last: Mapping[str, int]) -> None:
    """Let each numbered table go on behind the last id that it gave."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("DELETE FROM sqlite_sequence"))
        change = text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)")
    else:
        change = text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :start, :last > 0)")
    for name, number in last.items():
        connection.execute(change, {"name": name, "last": number, "start": max(number, 1)})


def _given_in_file(connection: Connection) -> dict[str, int]:
    found = connection.execute(text("SELECT name, seq FROM sqlite_sequence"))
    return {name: int(last) for name, last in found}


def _given_on_server(connection: Connection) -> dict[str, int]:
    given = {}
    for table in numbered():
        query = text("SELECT pg_get_serial_sequence(:name, 'id')")
        sequence = connection.scalar(query, {"name": table.name})
        state = text(f"SELECT last_value, is_called FROM {sequence}")  # noqa: S608 the server's own name
        last, called = connection.execute(state).one()
        given[table.name] = int(last) if called else 0
    return given
