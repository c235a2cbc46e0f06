import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import sessionmaker

from bot.storage.engine import make_engine
from bot.storage.migrate import upgrade
from bot.storage.schema import PACKAGED_SCRIPTS
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.storage import workers

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
    sessions = sessionmaker(engine)
    return lambda: SqlUnitOfWork(sessions)


@pytest.fixture
def with_rows(database: Path) -> Path:
    workers.answer_many(database, "Grace", 3)
    return database


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    ignored = shutil.ignore_patterns("__pycache__")
    return Path(shutil.copytree(PACKAGED_SCRIPTS, tmp_path / "scripts", ignore=ignored))


def rows(database: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(query).fetchall()
