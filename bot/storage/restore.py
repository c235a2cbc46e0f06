"""Put a copy of a database in place of the one in use: verified first, all of it, or nothing.

Whoever was deleted since the copy was made is deleted from it before anybody is served. What is
replaced is kept as a copy of its own.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, create_engine, inspect
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from bot.core.errors import DatabaseCorrupt, DatabaseLocked, StorageError
from bot.storage.backup import backup, copy_name, new_folder_beside, settle
from bot.storage.copying import is_empty, on_server, transfer, truncate, writing_file
from bot.storage.engine import is_file, make_engine, open_file, place_of, sqlite_file, url_of
from bot.storage.failures import guarded
from bot.storage.ledger import read_ledger, write_down
from bot.storage.migrate import UPGRADE_WAIT_SECONDS, damage, run_migrations
from bot.storage.orm import DeletionRow
from bot.storage.postgres import others_connected
from bot.storage.reading import READING
from bot.storage.repositories.deletions import Deletion, SqlDeletions
from bot.storage.schema import History, read_history, revision_of
from bot.storage.snapshot import snapshot

REPLACED = "replaced"
"""What the name of a copy says that was made of a database before another took its place."""

OCCUPIED = (
    "It holds something already. To put the copy in its place, add --force; what is there is kept."
)


@dataclass(frozen=True)
class Restored:
    """What a restore did: people deleted again, and where the former database is kept, if any."""

    deleted_again: int
    kept: Path | None


@dataclass(frozen=True)
class Known:
    """What is known of deletions, and with which keys the accounts were digested."""

    deletions: frozenset[Deletion]
    keys: frozenset[str] = frozenset()


def restore(copy: Path, database: str, ledger: Path, backups: Path, *, force: bool) -> Restored:
    """Put a copy in place of the database; nobody else may have it open.

    Args:
        copy: the file; it is only read.
        database: what is replaced, a file or a server's database.
        ledger: the file beside the database that notes deletions.
        backups: the folder for the copy of what is replaced.
        force: whether a database that holds something may be replaced.

    Raises:
        StorageError: the copy is damaged or not the coach's, the database is in use, or it holds
            something and `force` was not given; nothing was changed.
    """
    history = read_history()
    beside = sqlite_file(database) if is_file(database) else backups / copy.name
    with _verified(copy, beside, history) as part:
        if is_file(database):
            done = _into_file(part, beside, ledger, backups, force=force)
        else:
            done = _onto_server(part, database, ledger, backups, force=force)
    return done


@contextmanager
def _verified(copy: Path, beside: Path, history: History) -> Iterator[Path]:
    """Yield a sound copy of the copy at this version's schema, in a folder that goes at the end."""
    if revision_of(copy, history) is None:
        there = copy.exists()
        raise StorageError(
            str(copy), "It holds no tables of the coach." if there else "There is no such file."
        )
    with new_folder_beside(beside) as folder:
        part = backup(copy, folder / "coach.sqlite3")
        engine = make_engine(part, UPGRADE_WAIT_SECONDS, foreign_keys=False)
        with disposed(engine), engine.begin() as connection:
            run_migrations(connection, history)
        if found := damage(part):
            raise DatabaseCorrupt(str(copy), found[0])
        yield part


def _into_file(part: Path, target: Path, ledger: Path, backups: Path, *, force: bool) -> Restored:
    with guarded(target):
        occupied = target.exists() and target.stat().st_size > 0
    if occupied and not force:
        raise StorageError(str(target), OCCUPIED)
    with _alone(target) as engine:
        known = Known(read_ledger(ledger)) if engine is None else _known(engine, ledger)
        back = _delete_again(part, known, ledger)
        settle(part)
        with guarded(target):
            kept = _keep(target, backups) if occupied else None
            _place(part, target)
    return Restored(back, kept)


def _onto_server(
    part: Path, database: str, ledger: Path, backups: Path, *, force: bool
) -> Restored:
    place, history = place_of(url_of(database)), read_history()
    with on_server(database, history) as connection:
        if others_connected(connection):
            raise DatabaseLocked(place)
        occupied, kept = not is_empty(connection), None
        if occupied and not force:
            raise StorageError(place, OCCUPIED)
        with Session(connection) as session:
            noted = SqlDeletions(session)
            known = Known(read_ledger(ledger) | noted.every(), noted.keys())
        if occupied:
            kept = backups / copy_name(REPLACED)
            with writing_file(str(kept), history) as aside:
                transfer(connection, aside, str(kept))
        back = _delete_again(part, known, ledger)
        truncate(connection)
        with snapshot(str(part), history) as rows:
            transfer(rows, connection, place)
    return Restored(back, kept)


@contextmanager
def _alone(target: Path) -> Iterator[Engine | None]:
    """Keep everybody else out of an SQLite file; yield what reads it, None where nothing can.

    Its log is written into it first, so that the file alone is the whole database.

    Raises:
        DatabaseLocked: somebody has it open.
    """
    with guarded(target):
        if not target.exists():
            yield None
            return
    with closing(open_file(target)) as connection:
        try:
            with guarded(target):
                # Only the last connection can leave this mode: any other one is found out by it.
                connection.execute("PRAGMA journal_mode=DELETE")
                connection.execute("PRAGMA locking_mode=EXCLUSIVE")
                connection.executescript("BEGIN EXCLUSIVE; COMMIT;")
        except DatabaseCorrupt:
            yield None
            return
        engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
        yield engine.execution_options(**{READING: True})


def _known(engine: Engine, ledger: Path) -> Known:
    """Return what the file and the tables know; those of an older schema know nothing."""
    if not inspect(engine).has_table(DeletionRow.__tablename__):
        return Known(read_ledger(ledger))
    with Session(engine) as session:
        noted = SqlDeletions(session)
        return Known(read_ledger(ledger) | noted.every(), noted.keys())


def _delete_again(part: Path, known: Known, ledger: Path) -> int:
    """Delete from a copy whoever was deleted since it was made; return how many people that is.

    Raises:
        StorageError: it cannot be told who that is.
    """
    engine = make_engine(part)
    with disposed(engine), Session(engine) as session:
        noted = SqlDeletions(session)
        noted.add_keys(known.keys)
        if known.deletions and not noted.keys():
            raise StorageError(str(ledger), UNREADABLE)
        back = noted.apply(known.deletions)
        write_down(ledger, noted.every())
        session.commit()
    return back


UNREADABLE = (
    "It notes deletions, but neither the copy nor the database that is replaced has the key to "
    "tell whose. Restore a later copy first, or move this file away if none is to be kept."
)


def _keep(target: Path, backups: Path) -> Path:
    """Give the file that is replaced a second name, or a copy where the folder is elsewhere."""
    backups.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = backups / copy_name(REPLACED)
    try:
        os.link(target, kept)
    except OSError:
        shutil.copy2(target, kept)
    for end in ("-wal", "-shm"):  # of a file that could not be read; else they are gone by now
        with suppress(FileNotFoundError):
            shutil.move(f"{target}{end}", f"{kept}{end}")
    return kept


def _place(part: Path, target: Path) -> None:
    """Put the new file in place of the old one; whoever owned that one owns this."""
    owner = (target if target.exists() else target.parent).stat()
    if os.geteuid() == 0:
        os.chown(part, owner.st_uid, owner.st_gid)
    part.replace(target)


@contextmanager
def disposed(engine: Engine) -> Iterator[None]:
    """Close the connections of an engine at the end."""
    try:
        yield
    finally:
        engine.dispose()
