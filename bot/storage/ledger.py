"""The ledger of deletions in a file beside the database, which outlives the loss of the database.

A line is a moment and the digest of an account. The key of the digests is in the database and in
every copy of it, not in the file: alone, the file tells of nobody.
"""

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from bot.private_files import make_private
from bot.storage.failures import guarded
from bot.storage.reading import READING
from bot.storage.repositories.deletions import Deletion, SqlDeletions


class Ledger:
    """What the tables know of deletions, written down once more."""

    def __init__(self, file: Path, engine: Callable[[], Engine]) -> None:
        self._file = file
        self._engine = engine

    def write_down(self) -> None:
        """Append what the tables know and the file does not."""
        with Session(self._engine().execution_options(**{READING: True})) as session:
            write_down(self._file, SqlDeletions(session).every())


def ensure_key(engine: Engine) -> None:
    """See to it that every copy of this database has the key of its digests."""
    with Session(engine.execution_options(**{READING: True})) as session:
        if SqlDeletions(session).keys():
            return  # without waiting for a transaction of another program
    with Session(engine) as session:
        SqlDeletions(session).ensure_key()
        session.commit()


def read_ledger(file: Path) -> frozenset[Deletion]:
    """Return the deletions in a file; a line that was never written to its end is none."""
    with guarded(file):
        lines = file.read_text("utf-8").splitlines() if file.exists() else []
    return frozenset(found for found in map(_deletion, lines) if found is not None)


def write_down(file: Path, deletions: frozenset[Deletion]) -> None:
    """Append what is not yet in the file; what is there stays, whatever it is."""
    new = sorted(deletions - read_ledger(file), key=lambda each: (each.at, each.account))
    if not new:
        return
    with guarded(file):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        make_private(file)
        with file.open("a", encoding="utf-8") as stream:
            # A line that was cut short stays alone on its line.
            stream.writelines(f"\n{each.at.isoformat()}\t{each.account}" for each in new)
            stream.write("\n")
            stream.flush()
            os.fsync(stream.fileno())


def _deletion(line: str) -> Deletion | None:
    moment, _, account = line.strip().partition("\t")
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return None
    whole = len(account) == _DIGEST and at.tzinfo is not None
    return Deletion(account, at) if whole else None


_DIGEST = 64
"""Signs of a digest."""
