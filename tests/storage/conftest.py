import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.storage.schema import PACKAGED_SCRIPTS
from tests.databases import MakeUnitOfWork
from tests.storage import workers

__all__ = ["MakeUnitOfWork"]


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
