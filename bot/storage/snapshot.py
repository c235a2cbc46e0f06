"""Read a whole database as it was at one moment, while others may write.

A snapshot is one transaction that only reads. SQLite and PostgreSQL both keep for it what was
committed when it began; nobody waits for it.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, Table, create_engine, func, select
from sqlalchemy.pool import NullPool

from bot.core.errors import SchemaMismatch, StorageError
from bot.storage.engine import (
    is_file,
    make_engine,
    open_file,
    place_of,
    sqlite_file,
    url_of,
)
from bot.storage.failures import guarded
from bot.storage.orm import Base
from bot.storage.reading import READING
from bot.storage.schema import History, revision_on

AT_A_TIME = 500
"""Rows in memory at once."""

Rows = Sequence[RowMapping]


@dataclass
class Tally:
    """How many rows there are, and a checksum of them in whatever order they come."""

    rows: int = 0
    checksum: int = 0

    def add(self, row: Iterable[Any]) -> None:
        """Count a row of values as the tables' types return them."""
        digest = hashlib.sha256(repr(tuple(row)).encode()).digest()
        self.rows += 1
        # A sum, not an exclusive or: a row that stands there twice must not cancel itself out.
        self.checksum = (self.checksum + int.from_bytes(digest)) % (1 << 256)


@contextmanager
def snapshot(database: str, history: History) -> Iterator[Connection]:
    """Open a database to read all of it as it is now.

    Raises:
        StorageError: there is none, or it has another schema than this version's.
    """
    place = place_of(url_of(database))
    engine = _reading_file(database) if is_file(database) else _reading_server(database)
    try:
        with guarded(place), engine.connect() as connection:
            if is_file(database):
                connection.exec_driver_sql("BEGIN")
            require_head(connection, history, place)
            yield connection
    finally:
        engine.dispose()


def require_head(connection: Connection, history: History, place: str) -> None:
    """Refuse a database with another schema than this version's."""
    revision = revision_on(connection, history, place)
    if revision is None:
        raise StorageError(place, "It holds no tables of the coach.")
    if revision != history.head:
        reason = f"its schema is {revision}, this version needs {history.head}"
        raise SchemaOutdated(place, reason)


class SchemaOutdated(SchemaMismatch):
    """The database has an older schema, which an upgrade brings up to date."""

    @property
    def sentence(self) -> str:
        """Say what to do about it."""
        return (
            f"The database {self.path} is of another version: {self.reason}. Nothing was changed: "
            "run coach db upgrade on it first."
        )


def tables() -> tuple[Table, ...]:
    """Return every table of the coach, those that others refer to first."""
    return tuple(Base.metadata.sorted_tables)


def read(connection: Connection, table: Table) -> Iterator[Rows]:
    """Yield all rows of a table, some at a time."""
    streamed = select(table).execution_options(yield_per=AT_A_TIME)
    with connection.execute(streamed) as result:
        yield from result.mappings().partitions()


def count(connection: Connection, table: Table) -> int:
    """Return how many rows a table has."""
    return connection.scalar(select(func.count()).select_from(table)) or 0


def _reading_file(database: str) -> Engine:
    path = sqlite_file(database)
    with guarded(path):
        if not path.exists():
            raise StorageError(str(path), "There is no such file.")
    # Without make_engine: that turns a copy which is one file into one with a log beside it.
    engine = create_engine("sqlite://", creator=lambda: open_file(path), poolclass=NullPool)
    return engine.execution_options(**{READING: True})


def _reading_server(database: str) -> Engine:
    engine = make_engine(database).execution_options(**{READING: True})
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
