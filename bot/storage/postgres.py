"""Open PostgreSQL: everything that is special about its connections is in this file.

The core reads, decides and writes as if it were alone. SQLite grants that by BEGIN IMMEDIATE; here
each transaction first takes one advisory lock of the database and keeps it to its end. Transactions
take milliseconds, so that waiting one's turn costs less than repeating what another has overtaken.
"""

from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event

from bot.core.errors import StorageError
from bot.storage.reading import only_reads

DRIVER = "postgresql+psycopg"

_TURN = 6_022_140_857
"""The key of the advisory lock: any number that no other program in this database uses."""

_STOPPED_AFTER_SECONDS = 60
"""A program that stands still inside a transaction loses it: far more than any of ours takes, so
that one hanging process does not keep the others out for ever."""


def make_server_engine(url: URL, place: str, busy_seconds: float) -> Engine:
    """Return an engine whose transactions take turns, each waiting `busy_seconds` at most.

    Raises:
        StorageError: the driver is not installed.
    """
    try:
        # Without a limit on connections a thread waits for its turn only, never for the pool.
        engine = create_engine(
            url, isolation_level="READ COMMITTED", max_overflow=-1, pool_pre_ping=True
        )
    except ModuleNotFoundError as error:
        reason = "its driver is missing: install interview-coach[postgres]"
        raise StorageError(place, reason) from error

    def on_connect(connection: Any, _record: Any) -> None:
        connection.execute(f"SET lock_timeout = {round(busy_seconds * 1000)}")
        stopped = _STOPPED_AFTER_SECONDS * 1000
        connection.execute(f"SET idle_in_transaction_session_timeout = {stopped}")
        connection.commit()

    event.listen(engine, "connect", on_connect)
    event.listen(engine, "begin", _take_turn)
    return engine


def _take_turn(connection: Connection) -> None:
    if not only_reads(connection):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_TURN})")
