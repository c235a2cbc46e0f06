"""What can go wrong with the database."""

from dataclasses import dataclass

from bot.core.errors.base import CoachError


@dataclass(eq=False)
class StorageError(CoachError):
    """The database cannot be used; nothing was changed."""

    path: str
    reason: str = ""


class DatabaseLocked(StorageError):
    """Another program held the database for longer than the busy timeout."""


class DatabaseReadOnly(StorageError):
    """The database file or its folder may not be written."""


class DatabaseFull(StorageError):
    """The disk or a quota is exhausted."""


class DatabaseCorrupt(StorageError):
    """The file is no SQLite database, or a damaged one."""


class SchemaMismatch(StorageError):
    """The database was written by a newer version of the coach."""
