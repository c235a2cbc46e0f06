"""Whole databases are copied, in both directions: all of it, or nothing."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, delete, insert, select, text

from bot.core.errors import SchemaMismatch, StorageError
from bot.storage.copying import Copied, copy
from bot.storage.engine import make_engine
from bot.storage.last_ids import last_ids
from bot.storage.migrate import check
from bot.storage.orm import AttemptRow, Base, HandledEventRow, LearnerRow
from tests.builders import NOON, a_user
from tests.databases import units_of
from tests.storage.full import fill

Make = Callable[[], str]


@pytest.fixture(params=["sqlite", "postgresql"])
def source(request: pytest.FixtureRequest) -> str:
    """The URL of a database with a row in every table."""
    name = "database" if request.param == "sqlite" else "server_database"
    url = str(request.getfixturevalue(name))
    with opened(url) as engine:
        fill(units_of(engine))
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A place for a copy."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'new' / 'copy.sqlite3'}"
    return str(request.getfixturevalue("empty_server_database"))


@contextmanager
def opened(url: str | Path) -> Iterator[Engine]:
    engine = make_engine(url)
    yield engine
    engine.dispose()


def content(url: str | Path) -> dict[str, set[Any]]:
    """Every row of every table."""
    with opened(url) as engine, engine.connect() as connection:
        return {
            table.name: {tuple(row) for row in connection.execute(select(table))}
            for table in Base.metadata.sorted_tables
        }


def sequences(url: str | Path) -> dict[str, int]:
    with opened(url) as engine, engine.connect() as connection:
        return last_ids(connection)


def test_every_table_is_copied_whole_in_every_direction(source: str, target: str) -> None:
    before = content(source)
    assert [name for name, rows in before.items() if not rows] == []

    done = copy(source, target)

    assert content(target) == before
    assert done == Copied({name: len(rows) for name, rows in before.items()}, serving=False)
    assert check(target).ok


def test_no_id_is_given_again_after_a_copy(source: str, target: str) -> None:
    before = sequences(source)
    assert before["learners"] == 2  # the second of them was deleted

    copy(source, target)

    assert sequences(target) == before
    with opened(target) as engine, units_of(engine)() as uow:
        assert uow.learners.register(a_user("new"), NOON).id == 3


def test_a_copy_of_a_copy_is_the_same_again(source: str, target: str, tmp_path: Path) -> None:
    copy(source, target)
    copy(target, str(tmp_path / "back.sqlite3"))

    assert content(tmp_path / "back.sqlite3") == content(source)


def test_many_rows_are_told_as_they_are_copied(database: Path, tmp_path: Path) -> None:
    rows = [{"key": f"k{n}", "state": "done", "at": NOON, "result": ""} for n in range(1_201)]
    with opened(database) as engine, engine.begin() as connection:
        connection.execute(insert(HandledEventRow), rows)
    told: list[int] = []

    @contextmanager
    def bar(total: int) -> Iterator[Callable[[int], None]]:
        told.append(total)
        yield told.append

    copy(str(database), str(tmp_path / "copy.sqlite3"), bar)

    assert told == [1_201, 500, 500, 201]


def test_a_copy_holds_what_was_there_when_it_began(source: str, target: str) -> None:
    before = content(source)

    @contextmanager
    def meanwhile(_total: int) -> Iterator[Callable[[int], None]]:
        with opened(source) as engine, units_of(engine)() as uow:
            uow.learners.register(a_user("late"), NOON)
            uow.commit()
        yield lambda _more: None

    copy(source, target, meanwhile)

    assert content(target) == before


def test_a_source_that_serves_is_told(source: str, target: str) -> None:
    with opened(source) as engine, units_of(engine)() as uow:
        uow.heartbeats.note("service", datetime.now(UTC))
        uow.commit()

    assert copy(source, target).serving


def test_a_target_with_rows_is_refused_and_stays_as_it_is(source: str, target: str) -> None:
    copy(source, target)
    with opened(target) as engine, engine.begin() as connection:
        connection.execute(delete(AttemptRow))
    before = content(target)

    with pytest.raises(StorageError, match=r"not empty|exists already"):
        copy(source, target)

    assert content(target) == before


def test_an_empty_database_at_this_schema_is_a_target(database: Path, server_database: str) -> None:
    with opened(database) as engine:
        fill(units_of(engine))

    copy(str(database), server_database)

    assert content(server_database) == content(database)


@pytest.mark.parametrize("revision", ["6f1d2a9c40b7", "later"])
def test_a_source_with_another_schema_is_refused(source: str, target: str, revision: str) -> None:
    with opened(source) as engine, engine.begin() as connection:
        change = text("UPDATE alembic_version SET version_num = :revision")
        connection.execute(change, {"revision": revision})
    copied_to_nothing(source, target, SchemaMismatch)


@pytest.mark.parametrize("content", [None, b"", b"my shopping list\n" * 400])
def test_what_is_no_database_is_refused(tmp_path: Path, target: str, content: bytes | None) -> None:
    file = tmp_path / "source.sqlite3"
    if content is not None:
        file.write_bytes(content)
    copied_to_nothing(str(file), target, StorageError)
    assert (file.read_bytes() if file.exists() else None) == content


def test_a_copy_that_is_not_the_same_is_not_kept(
    source: str, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.storage import copying

    def careless(connection: Any, last: Any) -> None:
        connection.execute(LearnerRow.__table__.update().values(display_name="Eda"))

    monkeypatch.setattr(copying, "set_last_ids", careless)
    copied_to_nothing(source, target, StorageError)


def copied_to_nothing(source: str, target: str, problem: type[StorageError]) -> None:
    with pytest.raises(problem):
        copy(source, target)
    if target.startswith("sqlite"):
        folder = Path(target.removeprefix("sqlite:///")).parent
        assert list(folder.glob("*")) == []
    else:
        with opened(target) as engine, engine.connect() as connection:
            tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
            assert connection.scalar(text(tables)) == 0


def test_what_no_server_can_hold_is_left_out(database: Path, empty_server_database: str) -> None:
    with opened(database) as engine, units_of(engine)() as uow:
        uow.learners.register(a_user(display_name="A\0da"), NOON)
        uow.commit()

    copy(str(database), empty_server_database)

    with opened(empty_server_database) as engine, units_of(engine)() as uow:
        found = uow.learners.find(a_user())
    assert found is not None
    assert found.display_name == "Ada"


def test_a_copied_file_is_private_and_alone(source: str, tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    copy(source, str(folder / "copy.sqlite3"))

    (file,) = folder.iterdir()
    assert file.stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
