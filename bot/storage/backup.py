"""Copy a database that is in use: complete, in one file, never over an older copy."""

import os
import re
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot.core.errors import DatabaseCorrupt, StorageError
from bot.storage.engine import BUSY_SECONDS, open_file, sqlite_file
from bot.storage.failures import guarded

COPY = re.compile(r"coach-(\d{8}T\d{6})\.\d+Z-\w+\.sqlite3")
"""How the copies are named that the coach makes by itself."""


def backup(database: str | Path, target: Path, busy_seconds: float = BUSY_SECONDS) -> Path:
    """Copy the database to a new file and return it; others may write meanwhile."""
    path = sqlite_file(database)
    with closing(_snapshot(path, busy_seconds)) as source, guarded(target):
        part = new_file_beside(target)
        try:
            _copy(source, path, part)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    return target


def _snapshot(path: Path, busy_seconds: float) -> sqlite3.Connection:
    """Open the file in a read transaction: Connection.backup() alone waits forever for a lock."""
    source = open_file(path, busy_seconds)
    try:
        with guarded(path):
            source.execute("BEGIN")
            source.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except StorageError:
        source.close()
        raise
    return source


@contextmanager
def new_folder_beside(target: Path) -> Iterator[Path]:
    """Yield a new folder that is closed to other accounts and gone at the end."""
    with guarded(target):
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder = tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.")
    with folder as name:
        yield Path(name)


def copy_name(why: str, at: datetime | None = None) -> str:
    """Return the name of a copy that is made now and goes when it is old; `why` is one word."""
    return f"coach-{at or datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}-{why}.sqlite3"


def copied_at(file: Path) -> datetime:
    """Return when a copy was made, by its name.

    Raises:
        ValueError: it is not named as `copy_name` names copies.
    """
    found = COPY.fullmatch(file.name)
    if found is None:
        raise ValueError(file.name)
    return datetime.strptime(found.group(1), "%Y%m%dT%H%M%S").replace(tzinfo=UTC)


def new_file_beside(target: Path) -> Path:
    """Return a new file that is to get this name once it is complete, closed to other accounts.

    Raises:
        StorageError: something has the name already.
    """
    if target.exists():
        raise StorageError(str(target), "it exists already and is not overwritten")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(
        dir=target.parent, prefix=f".{target.name}.", suffix=".part", delete=False
    ) as file:
        return Path(file.name)


def _copy(source: sqlite3.Connection, path: Path, part: Path) -> None:
    with closing(sqlite3.connect(part, isolation_level=None)) as copy:
        source.backup(copy)
    settle(part, path)


def settle(part: Path, source: Path | None = None) -> None:
    """Make a complete database one sound file that a power cut does not take.

    Raises:
        DatabaseCorrupt: it is damaged, as is the one that it was copied from.
    """
    with closing(sqlite3.connect(part, isolation_level=None)) as copy:
        # The copy of a WAL database is one too; without, it is a single file, readable anywhere.
        copy.execute("PRAGMA journal_mode=DELETE")
        (finding,) = copy.execute("PRAGMA quick_check(1)").fetchone()
    if finding != "ok":
        raise DatabaseCorrupt(str(source or part), str(finding))
    with part.open("rb+") as file:
        os.fsync(file.fileno())
