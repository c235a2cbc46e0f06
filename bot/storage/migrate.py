"""Bring a database to the schema of this version, and say whether it is sound.

The write lock of one transaction covers a whole upgrade: the second look at the revision, the
backup, all migrations and the check of their result. So a second process waits and then finds
nothing to do, and a failure rolls everything back. On a PostgreSQL server the same holds, but the
backup is the operator's, by pg_dump.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine

from bot.core.errors import DatabaseCorrupt, SchemaMismatch, StorageError
from bot.storage.backup import backup, copy_name
from bot.storage.engine import BUSY_SECONDS, is_file, make_engine, open_file, sqlite_file
from bot.storage.failures import guarded
from bot.storage.progress import Bar, no_bar
from bot.storage.schema import PACKAGED_SCRIPTS, History, read_history, revision_of, revision_on

__all__ = ["Check", "Upgrade", "backup", "check", "upgrade"]

UPGRADE_WAIT_SECONDS = 60.0
"""How long to wait for another process that may be copying and migrating a large database."""


@dataclass(frozen=True)
class Upgrade:
    """What an upgrade did; `backup` is None when there was nothing worth keeping."""

    from_revision: str | None
    to_revision: str
    backup: Path | None = None

    @property
    def changed(self) -> bool:
        """Whether the database has another schema than before."""
        return self.from_revision != self.to_revision


@dataclass(frozen=True)
class Check:
    """What is wrong with a database; nothing is when `problems` is empty."""

    revision: str | None
    head: str
    problems: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether the database can be used as it is."""
        return not self.problems


def upgrade(
    database: str | Path,
    backups: Path,
    *,
    scripts: Path = PACKAGED_SCRIPTS,
    busy_seconds: float = UPGRADE_WAIT_SECONDS,
) -> Upgrade:
    """Create the tables or bring them to the newest schema, with a backup of an older file."""
    history = read_history(scripts)
    if not is_file(database):
        with _opened(str(database), busy_seconds) as engine, engine.begin() as connection:
            return _upgrade_server(connection, history)
    path = sqlite_file(database)
    if revision_of(path, history, busy_seconds) == history.head:
        return Upgrade(history.head, history.head)
    with _opened(path, busy_seconds) as engine, engine.begin() as connection:
        done = _upgrade_locked(connection, path, backups, history)
    _give_back_room(path)
    return done


def check(database: str | Path, *, scripts: Path = PACKAGED_SCRIPTS, bar: Bar = no_bar) -> Check:
    """Look for damage and for a schema other than this version's; change nothing."""
    history = read_history(scripts)
    try:
        if is_file(database):
            return _check_file(sqlite_file(database), history, bar)
        with _opened(str(database), BUSY_SECONDS) as engine, engine.begin() as connection:
            return _checked(revision_on(connection, history), history)
    except (DatabaseCorrupt, SchemaMismatch) as error:
        return Check(None, history.head, (error.reason,))


def _check_file(path: Path, history: History, bar: Bar) -> Check:
    with guarded(path):
        if not path.exists():
            return Check(None, history.head, ("there is no database file",))
    found = damage(path, bar)  # what is damaged may not tell its revision
    return _checked(revision_of(path, history), history, found)


def _checked(revision: str | None, history: History, problems: tuple[str, ...] = ()) -> Check:
    if revision != history.head:
        problems += (f"its schema is {revision}, this version needs {history.head}",)
    return Check(revision, history.head, problems)


@contextmanager
def _opened(database: str | Path, busy_seconds: float) -> Iterator[Engine]:
    # A batch change drops the old table: with foreign keys on, its children's rows go with it.
    engine = make_engine(database, busy_seconds, foreign_keys=False)
    try:
        yield engine
    finally:
        engine.dispose()


def _give_back_room(path: Path) -> None:
    """Make a file smaller of which a migration left a quarter empty; a full disk lets it be."""
    with closing(open_file(path)) as connection, suppress(sqlite3.Error):
        (empty,) = connection.execute("PRAGMA freelist_count").fetchone()
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        if pages > ROOM_PAGES and empty * 4 > pages:
            connection.execute("VACUUM")


ROOM_PAGES = 1_000
"""A smaller file is not worth it."""


def _upgrade_server(connection: Connection, history: History) -> Upgrade:
    revision = revision_on(connection, history)
    if revision != history.head:
        run_migrations(connection, history)
    return Upgrade(revision, history.head)


def _upgrade_locked(connection: Connection, path: Path, backups: Path, history: History) -> Upgrade:
    # Another process may have upgraded while this one waited for the lock.
    revision = revision_of(path, history)
    if revision == history.head:
        return Upgrade(revision, revision)
    kept = None if revision is None else backup(path, backups / copy_name(revision))
    run_migrations(connection, history)
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        reason = f"migrating would leave {len(broken)} rows that refer to missing ones"
        raise StorageError(str(path), reason)
    return Upgrade(revision, history.head, kept)


def run_migrations(connection: Connection, history: History) -> None:
    """Bring an open database to the newest schema, in the transaction that is under way."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(history.scripts).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def damage(path: Path, bar: Bar = no_bar) -> tuple[str, ...]:
    """Return what is wrong with the content of a file, looking at one table after the other.

    Each look is a transaction of its own, so that those who write meanwhile can empty their log.
    """
    with closing(open_file(path, BUSY_SECONDS)) as connection, guarded(path):
        connection.execute("PRAGMA query_only=ON")
        query = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"
        names = [str(name) for (name,) in connection.execute(query)]
        found: list[str] = []
        with bar(len(names)) as advance:
            for name in names:
                found += _integrity(connection, name) + _foreign_keys(connection, name)
                advance(1)
        return tuple(dict.fromkeys(found))


def _integrity(connection: sqlite3.Connection, table: str) -> list[str]:
    look = f"PRAGMA integrity_check({_quoted(table)})"
    findings = [str(finding) for (finding,) in connection.execute(look)]
    return [] if findings == ["ok"] else findings


def _foreign_keys(connection: sqlite3.Connection, table: str) -> list[str]:
    missing = connection.execute(f"PRAGMA foreign_key_check({_quoted(table)})")
    return [
        f"row {row} of {table} refers to a missing row of {parent}"
        for _, row, parent, _key in missing
    ]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
