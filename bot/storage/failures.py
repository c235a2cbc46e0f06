"""Turn what a driver or the operating system reports into the storage errors of the core.

Result codes decide, never message texts: those change between versions and languages.
"""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bot.core.errors import (
    DatabaseCorrupt,
    DatabaseFull,
    DatabaseLocked,
    DatabaseReadOnly,
    StorageError,
)

_PRIMARY_CODE = 0xFF  # an extended result code keeps its primary one in the lowest byte

_BY_SQLITE_CODE: dict[int, type[StorageError]] = {
    sqlite3.SQLITE_BUSY: DatabaseLocked,
    sqlite3.SQLITE_LOCKED: DatabaseLocked,
    sqlite3.SQLITE_READONLY: DatabaseReadOnly,
    sqlite3.SQLITE_PERM: DatabaseReadOnly,
    sqlite3.SQLITE_FULL: DatabaseFull,
    sqlite3.SQLITE_CORRUPT: DatabaseCorrupt,
    sqlite3.SQLITE_NOTADB: DatabaseCorrupt,
}

_BY_SQLSTATE: dict[str | None, type[StorageError]] = {
    "55P03": DatabaseLocked,  # lock_not_available: another transaction did not end in time
    "40P01": DatabaseLocked,  # deadlock_detected
    "25006": DatabaseReadOnly,  # read_only_sql_transaction: a standby
    "42501": DatabaseReadOnly,  # insufficient_privilege
    "53100": DatabaseFull,  # disk_full
    "XX001": DatabaseCorrupt,  # data_corrupted
    "XX002": DatabaseCorrupt,  # index_corrupted
}

_BY_ERRNO: dict[int | None, type[StorageError]] = {
    errno.EACCES: DatabaseReadOnly,
    errno.EPERM: DatabaseReadOnly,
    errno.EROFS: DatabaseReadOnly,
    errno.ENOSPC: DatabaseFull,
    errno.EDQUOT: DatabaseFull,
}


def translate(error: BaseException, path: str | Path) -> StorageError:
    """Return the storage error that says what this driver or system error means."""
    if isinstance(error, DBAPIError) and error.orig is not None:
        error = error.orig
    if isinstance(error, sqlite3.Error):
        return _from_sqlite(error, Path(path))
    if hasattr(error, "sqlstate"):
        return _from_server(error, str(path))
    if isinstance(error, OSError):
        kind = _BY_ERRNO.get(error.errno, StorageError)
        return kind(str(path), error.strerror or str(error))
    return StorageError(str(path), f"{type(error).__name__}: {error}")


@contextmanager
def guarded(path: str | Path) -> Iterator[None]:
    """Let only storage errors out of the block, each with this path."""
    try:
        yield
    except (sqlite3.Error, SQLAlchemyError, OSError) as error:
        raise translate(error, path) from error


def _from_sqlite(error: sqlite3.Error, path: Path) -> StorageError:
    # Errors that the Python module itself raises carry no code.
    code: int = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & _PRIMARY_CODE
    name: str = getattr(error, "sqlite_errorname", type(error).__name__)
    kind = _BY_SQLITE_CODE.get(code, StorageError)
    if code == sqlite3.SQLITE_CANTOPEN and _is_forbidden(path):
        kind = DatabaseReadOnly
    return kind(str(path), f"{error} ({name})")


def _from_server(error: Any, place: str) -> StorageError:
    # Only the first line: those below quote the row, and an answer is nobody else's business.
    told = error.diag.message_primary or str(error).partition("\n")[0]
    kind = _BY_SQLSTATE.get(error.sqlstate, StorageError)
    return kind(place, f"{told} ({error.sqlstate or type(error).__name__})")


def _is_forbidden(path: Path) -> bool:
    """Whether permissions explain that SQLite could not open the file or its journal."""
    try:
        found, folder_found = path.exists(), path.parent.is_dir()
    except PermissionError:
        return True
    may_read = not found or os.access(path, os.R_OK)
    return folder_found and not (may_read and os.access(path.parent, os.W_OK | os.X_OK))
