"""What a person leaves outside of the tables: lines typed at a prompt, pages of a file, copies."""

from collections.abc import Callable, Collection
from contextlib import closing
from datetime import datetime
from pathlib import Path

from bot.core.accounts.model import PlatformUser
from bot.storage.backup import COPY, copied_at
from bot.storage.engine import is_file, open_file, sqlite_file
from bot.storage.failures import guarded


class LocalFiles:
    """The history of the prompt, and the write-ahead log of an SQLite file.

    Connections overwrite what they delete in the file itself (`secure_delete`). A VACUUM would
    rewrite the whole file and stop everybody meanwhile; emptying the log is enough beside it.
    """

    def __init__(
        self,
        database: str | Path,
        history: Path,
        backups: Path,
        local: Collection[str],
        write_down: Callable[[], None] = lambda: None,
    ) -> None:
        """Name the places; `local` are the platforms on which people type at this machine.

        `write_down` notes outside of the database who was deleted from it.
        """
        self._write_down = write_down
        self._database = database
        self._history = history
        self._backups = backups
        self._local = local

    def erase(self, user: PlatformUser) -> None:
        """Remove the lines that were typed, and let the log of the database be emptied.

        While others read, the log stays; it is emptied with the next housekeeping.
        """
        self._write_down()
        if user.platform in self._local:
            with guarded(self._history):
                self._history.unlink(missing_ok=True)
        empty_log(self._database)

    def clear(self, before: datetime, *, dry_run: bool) -> int:
        """Remove copies of the database from before this moment; return how many there are."""
        copies = old_copies(self._backups, before)
        if not dry_run:
            self._write_down()
            for file in copies:
                with guarded(file):
                    file.unlink(missing_ok=True)
            empty_log(self._database)
        return len(copies)


def empty_log(database: str | Path) -> None:
    """Write the write-ahead log of an SQLite file into it and empty it; a server has its own."""
    if not is_file(database):
        return
    path = sqlite_file(database)
    with closing(open_file(path)) as connection, guarded(path):
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def old_copies(folder: Path, before: datetime) -> tuple[Path, ...]:
    """Return the copies that the coach made by itself before a moment.

    Only files named as it names them: what else lies there is somebody's own.
    """
    with guarded(folder):
        copies = sorted(file for file in folder.glob("coach-*") if COPY.fullmatch(file.name))
    return tuple(file for file in copies if copied_at(file) < before)
