"""Copy every row of one database into another, SQLite or PostgreSQL: all of it, or nothing.

What is copied is a snapshot, so that others may go on writing to the source. At a server the copy
is one transaction; a file is written beside its place and gets its name when it is complete. Before
that each table is read again and compared with what was read from the source.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, func, insert, select, text

from bot.core.errors import StorageError
from bot.storage.backup import new_file_beside, settle
from bot.storage.engine import BUSY_SECONDS, is_file, make_engine, place_of, sqlite_file, url_of
from bot.storage.failures import guarded
from bot.storage.last_ids import last_ids, set_last_ids
from bot.storage.migrate import run_migrations, upgrade
from bot.storage.orm import HeartbeatRow, LedgerKeyRow
from bot.storage.progress import Bar, no_bar
from bot.storage.schema import History, read_history, revision_on
from bot.storage.snapshot import Tally, count, read, require_head, snapshot, tables

ALIVE = timedelta(minutes=3)
"""A program that serves gives a sign of life each minute."""


@dataclass(frozen=True)
class Copied:
    """What was copied: rows by table, and whether the coach served meanwhile."""

    rows: Mapping[str, int]
    serving: bool

    @property
    def total(self) -> int:
        """How many rows that is."""
        return sum(self.rows.values())


def copy(source: str, target: str, bar: Bar = no_bar) -> Copied:
    """Copy a database into an empty one, or into a new file; verify it before it is there.

    Raises:
        StorageError: the source has another schema, or the target holds something already.
    """
    history = read_history()
    writing = writing_file if is_file(target) else _server
    with snapshot(source, history) as rows, writing(target, history) as connection:
        return transfer(rows, connection, place_of(url_of(target)), bar)


def transfer(source: Connection, target: Connection, place: str, bar: Bar = no_bar) -> Copied:
    """Put every row of the source into the empty tables of an open target, and verify them."""
    with bar(sum(count(source, table) for table in tables())) as advance:
        told = {table: _fill(source, target, table, advance) for table in tables()}
    set_last_ids(target, last_ids(source))
    for table, tally in told.items():
        if _tally(target, table) != tally:
            raise StorageError(place, f"The copy of {table.name} is not the same. Nothing is kept.")
    return Copied({table.name: tally.rows for table, tally in told.items()}, _is_alive(source))


def is_empty(connection: Connection) -> bool:
    """Whether nobody has used the database yet; a key may have been made for it."""
    used = (table for table in tables() if table.name != LedgerKeyRow.__tablename__)
    return not any(count(connection, table) for table in used)


def truncate(connection: Connection) -> None:
    """Empty all of a server's tables, in the transaction that is under way."""
    names = ", ".join(table.name for table in tables())
    connection.execute(text(f"TRUNCATE {names}"))


@contextmanager
def on_server(database: str, history: History) -> Iterator[Connection]:
    """Open a server's database for one transaction that is alone in it, at this schema."""
    with _opened(database) as connection:
        if revision_on(connection, history) is None:
            run_migrations(connection, history)
        require_head(connection, history, place_of(url_of(database)))
        names = ", ".join(table.name for table in tables())
        connection.execute(text(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE"))
        yield connection


@contextmanager
def _server(database: str, history: History) -> Iterator[Connection]:
    with on_server(database, history) as connection:
        if not is_empty(connection):
            reason = "It is not empty: only an empty database is copied into."
            raise StorageError(place_of(url_of(database)), reason)
        truncate(connection)
        yield connection


@contextmanager
def writing_file(database: str, history: History) -> Iterator[Connection]:
    """Open an empty file for one transaction; it gets its name when that has ended well."""
    target = sqlite_file(database)
    with guarded(target):
        part = new_file_beside(target)
    try:
        upgrade(part, part.parent, scripts=history.scripts)
        with _opened(part) as connection:
            yield connection
        with guarded(target):
            settle(part)
            part.replace(target)
    finally:
        for name in (part.name, f"{part.name}-wal", f"{part.name}-shm"):
            part.with_name(name).unlink(missing_ok=True)


@contextmanager
def _opened(database: str | Path) -> Iterator[Connection]:
    engine = make_engine(database, BUSY_SECONDS)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def _fill(
    source: Connection, target: Connection, table: Table, report: Callable[[int], None]
) -> Tally:
    tally, on_file = Tally(), target.dialect.name == "sqlite"
    for some in read(source, table):
        rows = [dict(row) if on_file else _without_nul(row) for row in some]
        for row in rows:
            tally.add(row.values())
        target.execute(insert(table), rows)
        report(len(rows))
    return tally


def _tally(connection: Connection, table: Table) -> Tally:
    tally = Tally()
    for some in read(connection, table):
        for row in some:
            tally.add(row.values())
    return tally


def _without_nul(row: RowMapping) -> dict[str, Any]:
    """Return the row without the one character that no text of a server can hold."""
    return {
        name: value.replace("\0", "") if isinstance(value, str) else value
        for name, value in row.items()
    }


def _is_alive(source: Connection) -> bool:
    last = source.scalar(select(func.max(HeartbeatRow.last_seen)))
    return last is not None and datetime.now(UTC) - last < ALIVE
