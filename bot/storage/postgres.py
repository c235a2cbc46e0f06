"""Open PostgreSQL: everything that is special about its connections is in this file.

The core reads, decides and writes as if it were alone. SQLite grants that by BEGIN IMMEDIATE; here
each transaction first takes its turn, by advisory locks that it keeps to its end (`locks.py`).
Transactions take milliseconds, so that waiting costs less than repeating what was overtaken.
"""

from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event

from bot.core.errors import StorageError
from bot.storage.locks import take_turn
from bot.storage.programs import PROGRAM, a_name, listed_as, others_of
from bot.storage.reading import only_reads

DRIVER = "postgresql+psycopg"

PATIENCE = {"connect_timeout": "10", "keepalives_idle": "30", "tcp_user_timeout": "30000"}
"""A server that no longer answers is given up after seconds, not after the minutes or hours that
systems wait: else one thread that waits for it keeps all others waiting. The URL goes before it."""

_STOPPED_AFTER_SECONDS = 60
"""A program that stands still inside a transaction loses it: far more than any of ours takes, so
that one hanging process does not keep the others out for ever."""


def make_server_engine(url: URL, place: str, busy_seconds: float) -> Engine:
    """Return an engine whose transactions take turns, each waiting `busy_seconds` at most.

    Raises:
        StorageError: the driver is not installed.
    """
    name = a_name()
    try:
        # Without a limit on connections a thread waits for its turn only, never for the pool.
        engine = create_engine(
            url.set(query=PATIENCE | dict(url.query) | {"application_name": listed_as(name)}),
            isolation_level="READ COMMITTED",
            max_overflow=-1,
            pool_pre_ping=True,
            execution_options={PROGRAM: name},
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


def others_connected(connection: Connection) -> bool:
    """Whether another program of the coach is connected to the same database."""
    return bool(others_of(connection))


def _take_turn(connection: Connection) -> None:
    if not only_reads(connection):
        take_turn(connection)
