import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.core.errors import DatabaseCorrupt, DatabaseLocked, StorageError
from bot.storage.migrate import backup, check
from tests.storage import workers


def count(database: Path) -> int:
    with closing(sqlite3.connect(database)) as connection:
        return int(connection.execute("SELECT count(*) FROM attempts").fetchone()[0])


def test_a_backup_is_one_sound_file_with_everything(database: Path, tmp_path: Path) -> None:
    workers.answer_many(database, "Grace", 3)
    target = tmp_path / "kept" / "copy.sqlite3"
    assert backup(database, target) == target
    assert list(target.parent.iterdir()) == [target]
    assert count(target) == 3
    assert check(target).ok


def test_a_backup_is_private(database: Path, tmp_path: Path) -> None:
    mode = backup(database, tmp_path / "copy.sqlite3").stat().st_mode
    assert mode & 0o077 == 0


def test_a_backup_overwrites_nothing(database: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.sqlite3"
    target.write_text("precious")
    with pytest.raises(StorageError, match="not overwritten"):
        backup(database, target)
    assert target.read_text() == "precious"


def test_a_backup_can_be_made_inside_a_transaction_of_another(
    database: Path, tmp_path: Path
) -> None:
    workers.answer_many(database, "Grace", 1)
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("DELETE FROM attempts")
        assert count(backup(database, tmp_path / "copy.sqlite3")) == 1


def test_a_backup_can_be_made_while_a_process_writes(database: Path, tmp_path: Path) -> None:
    writer = workers.start(workers.answer_many, database, "Grace", 60)
    copies = [backup(database, tmp_path / f"{number}.sqlite3") for number in range(10)]
    assert workers.exit_codes([writer]) == [0]
    assert all(check(copy).ok for copy in copies)
    counts = [count(copy) for copy in copies]
    assert counts == sorted(counts)


def test_a_backup_does_not_wait_forever_for_a_lock(database: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode=DELETE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(DatabaseLocked):
            backup(database, tmp_path / "copy.sqlite3", busy_seconds=0.1)
    assert list(tmp_path.iterdir()) == [database]


@pytest.mark.parametrize("content", [b"my shopping list\n" * 400, None])
def test_a_failed_backup_leaves_nothing_behind(tmp_path: Path, content: bytes | None) -> None:
    source = tmp_path / "coach.sqlite3"
    if content:
        source.write_bytes(content)
    with pytest.raises(DatabaseCorrupt if content else StorageError):
        backup(source, tmp_path / "kept" / "copy.sqlite3")
    assert not (tmp_path / "kept").exists()


def test_a_backup_of_a_damaged_database_is_refused(database: Path, tmp_path: Path) -> None:
    content = bytearray(database.read_bytes())
    content[8192:] = b"\xff" * (len(content) - 8192)
    database.write_bytes(content)
    with pytest.raises(DatabaseCorrupt):
        backup(database, tmp_path / "copy.sqlite3")
    assert list(tmp_path.iterdir()) == [database]
