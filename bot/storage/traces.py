"""What a person leaves outside of the tables: lines typed at a prompt, pages of a file, copies."""

import re
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from bot.core.learner import PlatformUser
from bot.storage.engine import is_file, open_file, sqlite_file
from bot.storage.failures import guarded

TERMINAL = "terminal"

_COPY = re.compile(r"coach-(\d{8}T\d{6})\.\d+Z-\w+\.sqlite3")


class LocalTraces:
    """The history of the prompt, and the write-ahead log of an SQLite file.

    Connections overwrite what they delete in the file itself (`secure_delete`). A VACUUM would
    rewrite the whole file and stop everybody meanwhile; emptying the log is enough beside it.
    """

    def __init__(self, database: str | Path, history: Path) -> None:
        self._database = database
        self._history = history

    def erase(self, user: PlatformUser) -> None:
        """Remove the lines that were typed, and let the log of the database be emptied.

        While others read, the log stays; it is emptied with the next housekeeping.
        """
        if user.platform == TERMINAL:
            with guarded(self._history):
                self._history.unlink(missing_ok=True)
        empty_log(self._database)


def empty_log(database: str | Path) -> None:
    """Write the write-ahead log of an SQLite file into it and empty it; a server has its own."""
    if not is_file(database):
        return
    path = sqlite_file(database)
    with closing(open_file(path)) as connection, guarded(path):
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def remove_copies(folder: Path, before: datetime) -> int:
    """Remove the copies that migrations made before a moment; return how many there were.

    Only files named as migrations name them: what else lies there is somebody's own.
    """
    old = [file for file in _copies(folder) if _made_at(file) < before]
    for file in old:
        with guarded(file):
            file.unlink(missing_ok=True)
    return len(old)


def _copies(folder: Path) -> list[Path]:
    with guarded(folder):
        return sorted(file for file in folder.glob("coach-*") if _COPY.fullmatch(file.name))


def _made_at(file: Path) -> datetime:
    found = _COPY.fullmatch(file.name)
    assert found is not None  # noqa: S101 chosen by this very pattern
    return datetime.strptime(found.group(1), "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
