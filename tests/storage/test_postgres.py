"""A PostgreSQL server in place of the SQLite file: the same promises, kept by other means."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, text

from bot.core.errors import (
    DatabaseFull,
    DatabaseLocked,
    DatabaseReadOnly,
    SchemaMismatch,
    StorageError,
)
from bot.storage.engine import make_engine, url_of
from bot.storage.failures import translate
from bot.storage.migrate import Upgrade, check, upgrade
from bot.storage.schema import PACKAGED_SCRIPTS, read_history
from tests.builders import NOON, a_user
from tests.databases import units_of
from tests.storage import workers

HEAD = read_history().head
UNUSED = Path("unused")


def test_a_new_database_is_created_and_then_up_to_date(empty_server_database: str) -> None:
    assert not check(empty_server_database).ok
    assert upgrade(empty_server_database, UNUSED) == Upgrade(None, HEAD)
    assert check(empty_server_database).ok
    assert not upgrade(empty_server_database, UNUSED).changed


def test_processes_that_start_at_once_create_one_database(empty_server_database: str) -> None:
    processes = [
        workers.start(workers.upgrade_once, empty_server_database, UNUSED, PACKAGED_SCRIPTS)
        for _ in range(2)
    ]
    assert workers.exit_codes(processes) == [0, 0]
    assert check(empty_server_database).ok


def test_a_failing_migration_changes_nothing(server_database: str, scripts: Path) -> None:
    workers.answer_many(server_database, "Grace", 3)
    lines = [
        "from alembic import op",
        'revision = "later"',
        f'down_revision = "{HEAD}"',
        "def upgrade() -> None:",
        '    op.execute("DELETE FROM attempts")',
        '    op.execute("INSERT INTO nowhere VALUES (1)")',
    ]
    (scripts / "versions" / "20991231_later.py").write_text("\n".join(lines))
    with pytest.raises(StorageError, match="nowhere"):
        upgrade(server_database, UNUSED, scripts=scripts)
    assert check(server_database).ok
    assert len(answers(server_database)) == 3


@pytest.mark.parametrize(
    ("statement", "kind", "reason"),
    [
        ("UPDATE alembic_version SET version_num = 'later'", SchemaMismatch, "later"),
        ("DROP TABLE alembic_version", StorageError, "another program"),
    ],
)
def test_a_database_that_is_not_ours_is_refused(
    server_database: str, statement: str, kind: type[StorageError], reason: str
) -> None:
    with connected(server_database) as connection:
        connection.execute(text(statement))
    with pytest.raises(kind, match=reason):
        upgrade(server_database, UNUSED)


def test_threads_write_at_once_and_lose_nothing(server_database: str) -> None:
    names = ["one", "two", "three", "four"]
    threads = [
        threading.Thread(target=workers.answer_many, args=(server_database, name, 10))
        for name in names
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = [answer.split()[0] for answer in answers(server_database)]
    assert {name: found.count(name) for name in names} == dict.fromkeys(names, 10)


def test_processes_that_register_one_user_at_once_make_one_learner(server_database: str) -> None:
    processes = [workers.start(workers.register, server_database, "same") for _ in range(2)]
    assert workers.exit_codes(processes) == [0, 0]
    with connected(server_database) as connection:
        assert connection.scalar(text("SELECT count(*) FROM learners")) == 1


def test_a_transaction_waits_only_so_long_for_its_turn(server_database: str) -> None:
    first, second = (make_engine(server_database, busy_seconds=0.1) for _ in range(2))
    with units_of(first)() as uow:
        uow.learners.find(a_user())
        with pytest.raises(DatabaseLocked) as caught, units_of(second)() as other:
            other.learners.find(a_user())
    assert caught.value.path.startswith("postgresql://postgres:***@")
    with units_of(second)() as other:
        assert other.learners.find(a_user()) is None
    for engine in (first, second):
        engine.dispose()


def test_a_server_that_is_not_there_is_reported_without_the_password() -> None:
    engine = make_engine("postgresql://coach:secret@127.0.0.1:9/coach")
    with pytest.raises(StorageError, match="connection") as caught:
        engine.connect()
    assert caught.value.path == "postgresql://coach:***@127.0.0.1:9/coach"
    assert "secret" not in str(caught.value.reason)


def test_what_a_row_holds_is_not_told_with_the_failure(server_database: str) -> None:
    engine = make_engine(server_database)
    with units_of(engine)() as uow:
        learner = uow.learners.register(a_user(), NOON)
        uow.attempts.add(uow.asks.add(learner.id, "a/b", NOON), "my private answer", NOON)
        uow.commit()
    with engine.begin() as connection, pytest.raises(StorageError, match="hints_used") as caught:
        connection.execute(text("UPDATE attempts SET hints_used = -1"))
    assert "private" not in caught.value.reason
    engine.dispose()


@pytest.mark.parametrize(
    ("sqlstate", "kind"),
    [
        ("55P03", DatabaseLocked),
        ("25006", DatabaseReadOnly),
        ("42501", DatabaseReadOnly),
        ("53100", DatabaseFull),
        ("57P01", StorageError),
    ],
)
def test_the_sqlstate_decides(sqlstate: str, kind: type[StorageError]) -> None:
    from psycopg import errors

    problem = errors.lookup(sqlstate)("words that may change")
    translated = translate(problem, "place")
    assert type(translated) is kind
    assert translated.reason == f"words that may change ({sqlstate})"


def answers(url: str) -> list[str]:
    with connected(url) as connection:
        return list(connection.scalars(text("SELECT answer FROM attempts")))


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    engine = create_engine(url_of(url))
    with engine.begin() as connection:
        yield connection
    engine.dispose()
