import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bot.storage.migrate import check
from bot.storage.schema import read_history
from tests.storage.conftest import rows

HEAD = read_history().head


def test_check_reports_a_missing_file(tmp_path: Path) -> None:
    assert check(tmp_path / "none.sqlite3").problems == ("there is no database file",)
    assert list(tmp_path.iterdir()) == []


def test_check_reports_a_database_without_tables(tmp_path: Path) -> None:
    (tmp_path / "coach.sqlite3").touch()
    assert HEAD in " ".join(check(tmp_path / "coach.sqlite3").problems)


def test_check_reports_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "coach.sqlite3").write_bytes(b"my shopping list\n" * 400)
    assert "NOTADB" in " ".join(check(tmp_path / "coach.sqlite3").problems)


def test_check_reports_rows_that_refer_to_missing_ones(with_rows: Path) -> None:
    with closing(sqlite3.connect(with_rows)) as connection:
        connection.execute("DELETE FROM learners")
        connection.commit()
    problems = check(with_rows).problems
    assert "row 1 of identities refers to a missing row of learners" in problems


def test_check_reports_a_damaged_index(with_rows: Path) -> None:
    (root,) = rows(
        with_rows, "SELECT rootpage FROM sqlite_master WHERE name = 'ix_attempts_ask_id'"
    )
    content = bytearray(with_rows.read_bytes())
    start = (int(str(root[0])) - 1) * 4096
    content[start + 8 : start + 4096] = bytes(4088)
    with_rows.write_bytes(content)
    assert not check(with_rows).ok


def test_those_who_write_meanwhile_wait_for_no_more_than_a_table(with_rows: Path) -> None:
    """A check that read all in one transaction would let the log grow until its end."""
    emptied: list[bool] = []

    @contextmanager
    def between_tables(_total: int) -> Iterator[Callable[[int], None]]:
        with closing(sqlite3.connect(with_rows, isolation_level=None, timeout=0)) as writer:
            writer.execute("PRAGMA journal_mode=WAL")

            def write(_more: int) -> None:
                writer.execute("UPDATE learners SET day_starts = 5")
                busy, *_ = writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                emptied.append(not busy)

            yield write

    found = check(with_rows, bar=between_tables)

    assert found.ok
    assert len(emptied) > 20
    assert all(emptied)
