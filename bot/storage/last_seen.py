"""Notice at the start that a database is older than it was when it was last in use.

The moment of the last sign of life is in the database and in a file beside it. Where the file knows
of a later one, what was stored since is gone: the log beside the database was deleted before it was
written into it, or somebody has put an older copy in place.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from bot.private_files import make_private
from bot.storage.failures import guarded
from bot.storage.orm import HeartbeatRow
from bot.storage.reading import READING

TOLERANCE = timedelta(seconds=1)


class Missing(NamedTuple):
    """What was stored after `since` is not there, though the coach served until `until`."""

    since: datetime
    until: datetime


class LastSeen:
    """The file that knows when the database was last in use."""

    def __init__(self, file: Path, engine: Callable[[], Engine]) -> None:
        self._file = file
        self._engine = engine

    def note(self) -> None:
        """Write down the last sign of life that the database knows of."""
        last = self._last()
        if last is not None:
            with guarded(self._file):
                make_private(self._file)
                self._file.write_text(last.isoformat(), encoding="utf-8")

    def missing(self) -> Missing | None:
        """Return what is missing from the database, None where nothing is known to be."""
        with guarded(self._file):
            written = self._file.read_text("utf-8") if self._file.exists() else ""
        try:
            until = datetime.fromisoformat(written)
        except ValueError:
            return None
        since = self._last()
        return Missing(since, until) if since and since + TOLERANCE < until else None

    def _last(self) -> datetime | None:
        with Session(self._engine().execution_options(**{READING: True})) as session:
            return session.scalar(select(func.max(HeartbeatRow.last_seen)))


def write_log_back(engine: Engine, *, wholly: bool = False) -> None:
    """Write as much of an SQLite file's log into the file as can be without anybody waiting.

    `wholly` waits for others, and leaves an empty log.
    """
    if engine.dialect.name == "sqlite":
        how = "TRUNCATE" if wholly else "PASSIVE"
        with engine.execution_options(**{READING: True}).connect() as connection:
            connection.exec_driver_sql(f"PRAGMA wal_checkpoint({how})")
