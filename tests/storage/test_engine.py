import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from bot.core.errors import StorageError
from bot.storage.engine import make_engine, place_of, sqlite_file, url_of


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("foreign_keys", 1), ("busy_timeout", 100), ("synchronous", 2)],
)
@pytest.mark.usefixtures("unhurried")
def test_every_connection_is_set_up(engine: Engine, pragma: str, value: str | int) -> None:
    with engine.connect() as connection:
        assert connection.scalar(text(f"PRAGMA {pragma}")) == value


def test_the_folder_of_the_file_is_created(tmp_path: Path) -> None:
    make_engine(tmp_path / "a" / "b" / "coach.sqlite3").dispose()
    assert (tmp_path / "a" / "b").is_dir()


@pytest.mark.parametrize("name", ["plain.db", "two words.db", "50%.db", "a?b#c.db", "ü.db"])
def test_any_path_names_its_own_file(tmp_path: Path, name: str) -> None:
    engine = make_engine(tmp_path / name)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE t (x)"))
    engine.dispose()
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_path_and_its_url_are_the_same_database(tmp_path: Path) -> None:
    path = tmp_path / "coach.sqlite3"
    assert url_of(path) == url_of(str(path)) == url_of(f"sqlite:///{path}")
    assert sqlite_file(f"sqlite:///{path}") == path


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_a_server_is_no_file_and_its_password_is_not_told(scheme: str) -> None:
    url = f"{scheme}://coach:secret@db/coach?password=secret"
    with pytest.raises(StorageError, match="pg_dump") as caught:
        sqlite_file(url)
    assert caught.value.path == place_of(url_of(url)) == "postgresql://coach:***@db/coach"


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("mysql://coach:secret@db/coach", "mysql://…"),
        ("postgresql+psycopg2://coach:secret@db/coach", "postgresql+psycopg2://…"),
        ("postgresql://coach:secret@db:many/coach", "postgresql://…"),
        ("://secret", "://…"),
    ],
)
def test_other_urls_are_refused_and_not_told(url: str, place: str) -> None:
    with pytest.raises(StorageError) as caught:
        make_engine(url)
    assert caught.value.path == place
    assert "secret" not in f"{caught.value} {caught.value.reason}"


def test_wal_is_entered_when_a_short_lock_ends(tmp_path: Path) -> None:
    path = tmp_path / "coach.sqlite3"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("CREATE TABLE t (x)")
        other.execute("BEGIN EXCLUSIVE")
        engine = make_engine(path, busy_seconds=0.1)
        with pytest.raises(StorageError, match="BUSY"):
            engine.connect()
        other.execute("COMMIT")
    with engine.connect() as connection:
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
    engine.dispose()
