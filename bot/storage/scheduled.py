"""Copies of the database at set times, so many and no more, while people are served."""

import logging
import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from bot.core.ports import Clock
from bot.storage.backup import backup, copied_at, copy_name
from bot.storage.copying import copy
from bot.storage.engine import is_file, size_of
from bot.storage.failures import guarded
from bot.storage.progress import Bar, no_bar

SCHEDULED = "scheduled"
"""What the names of these copies say; copies with other names are left alone."""

ROOM = 2
"""A copy is made only where so many would fit: the database itself needs room to grow."""

_NAME = re.compile(rf"coach-\d{{8}}T\d{{6}}\.\d+Z-{SCHEDULED}\.sqlite3")

log = logging.getLogger(__name__)


class ScheduledBackups:
    """Copy the database every so many hours, and keep the newest copies."""

    def __init__(self, database: str, folder: Path, hours: float, kept: int, clock: Clock) -> None:
        """Wire it; with 0 hours or 0 copies to keep, none is made."""
        self._database = database
        self._folder = folder
        self._every = timedelta(hours=hours)
        self._kept = kept
        self._clock = clock

    def run(self) -> Path | None:
        """Make a copy if it is time for one and let go of the oldest; return the new one."""
        now, found = self._clock.now(), self._found()
        if not self._every or not self._kept or not self._is_due(found, now):
            return None
        if not self._has_room():
            log.warning("no copy of the database was made: %s is nearly full", self._folder)
            return None
        made = copy_out(self._database, self._folder / copy_name(SCHEDULED, now), _unhurried)
        for file in self._found()[: -self._kept]:
            with guarded(file):
                file.unlink(missing_ok=True)
        log.info("the database was copied to %s", made)
        return made

    def _is_due(self, found: list[Path], now: datetime) -> bool:
        # A copy from the future was made by a clock that was wrong, and says nothing.
        made = [at for at in map(copied_at, found) if at <= now]
        return not made or now - max(made) >= self._every

    def _found(self) -> list[Path]:
        with guarded(self._folder):
            return sorted(f for f in self._folder.glob("coach-*") if _NAME.fullmatch(f.name))

    def _has_room(self) -> bool:
        with guarded(self._folder):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            return shutil.disk_usage(self._folder).free > ROOM * size_of(self._database)


def copy_out(database: str, target: Path, bar: Bar = no_bar) -> Path:
    """Copy a database in use into a new SQLite file, from wherever it is."""
    if is_file(database):
        return backup(database, target)
    copy(database, str(target), bar)
    return target


@contextmanager
def _unhurried(_total: int) -> Iterator[Callable[[int], None]]:
    """Leave to those who are served half of the time of each part."""
    started = time.monotonic()

    def rest(_more: int) -> None:
        nonlocal started
        time.sleep(time.monotonic() - started)
        started = time.monotonic()

    yield rest
