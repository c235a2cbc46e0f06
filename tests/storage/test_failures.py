"""What the coach reports when the database cannot be used, and that it leaves it as it was."""

import errno
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import sessionmaker

from bot.core.errors import (
    DatabaseCorrupt,
    DatabaseFull,
    DatabaseLocked,
    DatabaseReadOnly,
    StorageError,
)
from bot.storage.engine import make_engine
from bot.storage.failures import guarded, translate
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.builders import NOON, a_user
from tests.storage import workers
from tests.storage.conftest import MakeUnitOfWork

DAMAGES = {
    "text": b"my shopping list\n" * 400,
    "five bytes": b"hello",
    "zeros": bytes(8192),
    "another header": b"SQLite format 4\0" + bytes(4080),
}


@pytest.fixture
def locked(database: Path) -> Iterator[Path]:
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield database


def register(unit_of_work: MakeUnitOfWork) -> None:
    with unit_of_work() as uow:
        uow.learners.register(a_user(), NOON)
        uow.commit()


def register_in(database: str | Path) -> None:
    engine = make_engine(database, busy_seconds=0.1)
    try:
        register(lambda: SqlUnitOfWork(sessionmaker(engine)))
    finally:
        engine.dispose()


def test_a_locked_database_is_reported_after_the_busy_timeout(locked: Path) -> None:
    with pytest.raises(DatabaseLocked) as caught:
        register_in(locked)
    assert caught.value.path == str(locked)
    assert "SQLITE_BUSY" in caught.value.reason


def test_after_the_lock_is_gone_everything_works(
    database: Path, unit_of_work: MakeUnitOfWork
) -> None:
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseLocked):
            register(unit_of_work)
    register(unit_of_work)


def test_a_database_opened_read_only_is_reported(database: Path) -> None:
    before = database.read_bytes()
    with pytest.raises(DatabaseReadOnly):
        register_in(f"sqlite:///file:{database}?mode=ro&uri=true")
    assert database.read_bytes() == before


@pytest.mark.parametrize("folder_mode", [0o555, 0o700])
def test_missing_permissions_are_reported(database: Path, folder_mode: int) -> None:
    # The folders of pytest are closed to the user that a test run by root turns into.
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = Path(shutil.copy(database, folder))
        file.chmod(0o666)
        folder.chmod(folder_mode if os.geteuid() == 0 else folder_mode & 0o555)
        process = workers.start(workers.expect_read_only, file)
        assert workers.exit_codes([process]) == [0]
        folder.chmod(0o700)


def test_a_full_database_keeps_what_it_had(engine: Engine, unit_of_work: MakeUnitOfWork) -> None:
    register(unit_of_work)
    engine.dispose()

    @event.listens_for(engine, "connect")
    def _leave_no_room(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA max_page_count=1")  # SQLite raises it to the present size

    with unit_of_work() as uow:
        learner = uow.learners.find(a_user())
        assert learner is not None
        ask = uow.asks.add(learner.id, "a/b", NOON)
        with pytest.raises(DatabaseFull):
            uow.attempts.add(ask, "long " * 20_000, NOON)
    with unit_of_work() as uow:
        assert uow.learners.find(a_user()) == learner
        assert uow.asks.latest(learner.id) is None


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_a_file_that_is_no_database_is_reported_and_left_alone(
    tmp_path: Path, damage: bytes
) -> None:
    file = tmp_path / "coach.sqlite3"
    file.write_bytes(damage)
    with pytest.raises(DatabaseCorrupt):
        register_in(file)
    assert file.read_bytes() == damage


def test_a_damaged_page_is_reported(database: Path) -> None:
    content = bytearray(database.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    database.write_bytes(content)
    with pytest.raises(DatabaseCorrupt):
        register_in(database)
    assert database.read_bytes() == bytes(content)


def test_a_database_without_tables_is_a_storage_error(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="no such table"):
        register_in(tmp_path / "new.sqlite3")


def test_a_folder_in_place_of_the_file_is_a_storage_error(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="CANTOPEN"):
        register_in(tmp_path)


def test_a_file_that_was_moved_away_is_neither_written_nor_made_anew(
    database: Path, unit_of_work: MakeUnitOfWork
) -> None:
    register(unit_of_work)
    parts = [each for each in database.parent.iterdir() if each.name.startswith(database.name)]
    away = database.parent / "away"
    away.mkdir()
    for part in parts:
        part.rename(away / part.name)
    with pytest.raises(StorageError, match="moved away or deleted"):
        register(unit_of_work)
    assert not database.exists()
    for part in parts:
        (away / part.name).rename(part)
    register(unit_of_work)


def test_another_file_in_its_place_is_the_one_that_is_used(
    database: Path, migrated: Path, unit_of_work: MakeUnitOfWork
) -> None:
    register(unit_of_work)
    for part in database.parent.glob(f"{database.name}*"):
        part.unlink()
    shutil.copy(migrated, database)
    with unit_of_work() as uow:
        assert uow.learners.find(a_user()) is None
    register(unit_of_work)
    with unit_of_work() as uow:
        assert uow.learners.find(a_user()) is not None


def test_a_file_in_place_of_the_folder_is_a_storage_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError):
        make_engine(tmp_path / "file" / "coach.sqlite3")


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_a_database_in_memory_is_refused(url: str) -> None:
    with pytest.raises(StorageError, match="memory"):
        make_engine(url)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (sqlite3.SQLITE_BUSY_SNAPSHOT, DatabaseLocked),
        (sqlite3.SQLITE_LOCKED_SHAREDCACHE, DatabaseLocked),
        (sqlite3.SQLITE_READONLY_DBMOVED, DatabaseReadOnly),
        (sqlite3.SQLITE_PERM, DatabaseReadOnly),
        (sqlite3.SQLITE_FULL, DatabaseFull),
        (sqlite3.SQLITE_CORRUPT_INDEX, DatabaseCorrupt),
        (sqlite3.SQLITE_NOTADB, DatabaseCorrupt),
        (sqlite3.SQLITE_IOERR_WRITE, StorageError),
        (sqlite3.SQLITE_CANTOPEN, StorageError),
    ],
)
def test_a_result_code_decides(tmp_path: Path, code: int, kind: type[StorageError]) -> None:
    error = sqlite3.OperationalError("words that may change")
    error.sqlite_errorcode, error.sqlite_errorname = code, "SQLITE_NAME"
    translated = translate(error, tmp_path / "coach.sqlite3")
    assert type(translated) is kind
    assert translated.reason == "words that may change (SQLITE_NAME)"


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (OSError(errno.ENOSPC, "full"), DatabaseFull),
        (OSError(errno.EROFS, "read-only"), DatabaseReadOnly),
        (PermissionError(errno.EACCES, "forbidden"), DatabaseReadOnly),
        (OSError(errno.EIO, "broken"), StorageError),
        (SQLAlchemyError("no code"), StorageError),
        (sqlite3.ProgrammingError("no code"), StorageError),
        (DBAPIError("SELECT 1", None, PermissionError(errno.EACCES, "no")), DatabaseReadOnly),
        (DatabaseLocked("x", "translated already"), DatabaseLocked),
    ],
)
def test_only_storage_errors_leave_a_guarded_block(
    error: Exception, kind: type[StorageError]
) -> None:
    with pytest.raises(StorageError) as caught, guarded("x"):
        raise error
    assert type(caught.value) is kind
    assert caught.value.path == "x"
