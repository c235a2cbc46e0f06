"""Every repository test runs on SQLite and on PostgreSQL."""

import pytest
from sqlalchemy import Engine

from tests.databases import MakeUnitOfWork, units_of


@pytest.fixture
def engine(every_engine: Engine) -> Engine:
    return every_engine


@pytest.fixture
def unit_of_work(engine: Engine) -> MakeUnitOfWork:
    return units_of(engine)
