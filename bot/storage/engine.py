"""Open databases by path or URL, and everything that is special about SQLite's connections.

Each SQLite transaction starts with BEGIN IMMEDIATE, also one that only reads. Transactions here
take milliseconds, and a reader that turns into a writer would otherwise fail at once with
SQLITE_BUSY_SNAPSHOT, which no busy timeout can wait out.
"""

import os
import sqlite3
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import ArgumentError, DBAPIError, DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry

from bot.core.errors import DatabaseReadOnly, StorageError
from bot.private_files import make_private
from bot.storage.failures import guarded, translate
from bot.storage.postgres import DRIVER, make_server_engine
from bot.storage.programs import PROGRAM, a_name
from bot.storage.reading import READING, only_reads

BUSY_SECONDS = 5.0
"""How long to wait for another program's transaction: far longer than any of ours takes, and
still shorter than a person waits for a reply."""

_WAL_RETRY_SECONDS = 0.02


def utc(moment: datetime) -> datetime:
    """Return a stored moment in UTC."""
    # A row written in this transaction still holds the datetime it was given, in any zone.
    return moment.astimezone(UTC)


def url_of(database: str | Path) -> URL:
    """Return the URL of a database given as URL or as the path of an SQLite file.

    Raises:
        StorageError: it is neither SQLite nor PostgreSQL, or no URL at all.
    """
    if not (isinstance(database, str) and "://" in database):
        return URL.create("sqlite", database=str(Path(database).expanduser()))
    scheme = database.partition("://")[0]
    try:
        url = make_url(database)
    except (ArgumentError, ValueError):
        # What cannot be parsed may hold a password anywhere, so that nothing of it is told.
        raise StorageError(f"{scheme}://…", "its URL cannot be read") from None
    if url.drivername in {"postgres", "postgresql", DRIVER}:
        return url.set(drivername=DRIVER)
    if url.get_backend_name() != "sqlite":
        raise StorageError(f"{scheme}://…", "only sqlite:///FILE and postgresql:// can be used")
    return url


def is_file(database: str | Path) -> bool:
    """Whether the database is an SQLite file, not one on a server."""
    return url_of(database).get_backend_name() == "sqlite"


def sqlite_file(database: str | Path) -> Path:
    """Return the file of an SQLite database; any other database is refused."""
    url = url_of(database)
    if not is_file(database):
        reason = "only an SQLite file can be copied here; use pg_dump for a server"
        raise StorageError(place_of(url), reason)
    if url.database in {None, "", ":memory:"}:
        raise StorageError(place_of(url), "a database in memory would forget every answer")
    return Path(place_of(url))


def place_of(url: URL) -> str:
    """Return what to call this database in an error: its file, or its URL without password."""
    if url.get_backend_name() == "sqlite" and url.database:
        return url.database.removeprefix("file:") if "uri" in url.query else url.database
    # The query may hold a password too.
    plain = url.set(drivername=url.get_backend_name(), query={})
    return plain.render_as_string(hide_password=True)


def make_engine(
    database: str | Path, busy_seconds: float = BUSY_SECONDS, *, foreign_keys: bool = True
) -> Engine:
    """Return an engine whose failures are storage errors; the folder of a file is created.

    Each transaction of it is alone, from its first read to its end; `busy_seconds` is how long it
    waits for another one. `foreign_keys=False` is for migrations of SQLite files.
    """
    url = url_of(database)
    place = place_of(url)
    if is_file(database):
        engine = _sqlite_engine(database, busy_seconds, foreign_keys=foreign_keys)
    else:
        engine = make_server_engine(url, place, busy_seconds)

    def on_error(context: ExceptionContext) -> BaseException | None:
        from_driver = isinstance(context.sqlalchemy_exception, DBAPIError)
        return translate(context.original_exception, place) if from_driver else None

    event.listen(engine, "handle_error", on_error)
    return engine


def revision_now(engine: Engine) -> str | None:
    """Return the revision, which every database has, read beside any transaction.

    Raises:
        StorageError: the database does not answer.
    """
    with engine.execution_options(**{READING: True}).connect() as connection:
        found = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return None if found is None else str(found)


def size_of(database: str) -> int:
    """Return how many bytes a database takes, with what belongs to it on a server.

    Raises:
        StorageError: it cannot be used.
    """
    if is_file(database):
        path = sqlite_file(database)
        with guarded(path):
            return path.stat().st_size
    engine = make_engine(database).execution_options(**{READING: True})
    try:
        with engine.connect() as connection:
            return connection.scalar(text("SELECT pg_database_size(current_database())")) or 0
    finally:
        engine.dispose()


def open_file(path: Path, busy_seconds: float = BUSY_SECONDS) -> sqlite3.Connection:
    """Open an existing SQLite file without changing it; close it yourself."""
    # mode=rw creates nothing, and unlike mode=ro it can recover the journal of a killed writer.
    uri = f"{path.absolute().as_uri()}?mode=rw"
    with guarded(path):
        return sqlite3.connect(uri, uri=True, timeout=busy_seconds, isolation_level=None)


def _sqlite_engine(database: str | Path, busy_seconds: float, *, foreign_keys: bool) -> Engine:
    url, path = url_of(database), sqlite_file(database)
    if "uri" not in url.query:  # such a URL may ask for a file that nothing may be changed about
        with guarded(path):
            # Answers are personal data: a new home is its owner's alone.
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not path.exists():
                make_private(path)
    # Without a limit on connections a thread waits for the database only, never for the pool.
    engine = create_engine(
        url,
        connect_args={"timeout": busy_seconds},
        max_overflow=-1,
        execution_options={PROGRAM: a_name()},
    )

    mapped = threading.Event()

    def before_connect(*_: Any) -> None:
        if mapped.is_set():
            _identity(path)  # a file that has gone is not made anew, empty
            require_writable(path)

    def on_connect(connection: sqlite3.Connection, record: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # the driver begins nothing; _begin_immediate does
        _enter_wal(connection, busy_seconds)
        connection.execute(f"PRAGMA foreign_keys={'ON' if foreign_keys else 'OFF'}")
        # What is deleted is personal: its bytes are overwritten, not only given free.
        connection.execute("PRAGMA secure_delete=ON")
        # NORMAL survives kill -9, but a power cut may take answers that were acknowledged.
        # FULL costs one fsync a commit, nothing beside the time a grade takes.
        connection.execute("PRAGMA synchronous=FULL")
        record.info[FILE] = _identity(path)
        mapped.set()

    def on_checkout(_: Any, record: ConnectionPoolEntry, __: Any) -> None:
        if record.info[FILE] != _identity(path):
            raise DisconnectionError  # another file stands there: have the pool open that one

    def on_begin(connection: Connection) -> None:
        require_writable(path)
        _begin_immediate(connection)

    event.listen(engine, "do_connect", before_connect)
    event.listen(engine, "connect", on_connect)
    event.listen(engine, "checkout", on_checkout)
    event.listen(engine, "begin", on_begin)
    return engine


FILE = "file"
"""Under this name a connection of the pool keeps which file it has open."""


def _identity(path: Path) -> tuple[int, int]:
    """Return what tells a file from every other, whatever its name.

    SQLite goes on writing to a file that was moved or deleted; what it writes is lost with it.

    Raises:
        StorageError: no file has this name.
    """
    try:
        found = path.stat()
    except FileNotFoundError:
        raise StorageError(str(path), "The file was moved away or deleted.") from None
    return found.st_dev, found.st_ino


def require_writable(path: Path) -> None:
    """Refuse a file that can no longer be written, before SQLite touches what it has mapped of it.

    SQLite shares the index of its log with other programs as mapped memory. Where the file behind
    that was cut short or its file system made read-only, the system would end the program at once.

    Raises:
        DatabaseReadOnly: the file, its log or its file system may not be written any more.
    """
    shared = path.with_name(f"{path.name}-shm")
    try:
        if os.statvfs(path).f_flag & os.ST_RDONLY:
            raise DatabaseReadOnly(str(path), "its file system is read-only")
        size = shared.stat().st_size
        if size < SHARED_BYTES or size % SHARED_BYTES:
            raise DatabaseReadOnly(str(path), f"{shared.name} was cut short")
    except FileNotFoundError:
        return  # a new file, or one without a log: what is missing is not mapped


SHARED_BYTES = 32_768
"""The index of the log grows by so much at a time."""


def _begin_immediate(connection: Connection) -> None:
    if not only_reads(connection):
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _enter_wal(connection: sqlite3.Connection, busy_seconds: float) -> None:
    """Let readers and the writer pass each other; the file remembers the mode."""
    deadline = time.monotonic() + busy_seconds
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            # SQLite does not apply its busy timeout to this one statement.
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(_WAL_RETRY_SECONDS)
        else:
            return
