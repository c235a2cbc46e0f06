"""The points of leaderboards keep their periods and days when they become numbers, and back."""

from datetime import date
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import func, select, text

from bot.storage.engine import make_engine
from bot.storage.orm import PointsRow
from tests.databases import units_of
from tests.storage.full import fill
from tests.storage.test_history import config

BEFORE = "6f1b0d94c7ae"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    if request.param == "sqlite":
        database: Path = request.getfixturevalue("database")
        return f"sqlite:///{database}"
    return str(request.getfixturevalue("server_database"))


def test_points_are_the_same_before_and_after(url: str) -> None:
    engine = make_engine(url)
    fill(units_of(engine))
    rows = select(PointsRow.__table__).order_by(PointsRow.period, PointsRow.channel_id)
    days = text("SELECT DISTINCT period, CAST(start AS TEXT) FROM points ORDER BY 1")
    with engine.connect() as connection:
        now = connection.execute(rows).all()
    assert {row.period for row in now} == {"day", "week", "month", "season", "all_time"}

    command.downgrade(config(url), BEFORE)
    with engine.connect() as connection:
        then = {name: date.fromisoformat(start) for name, start in connection.execute(days)}
    assert then == {row.period: row.start for row in now}

    command.upgrade(config(url), "head")
    with engine.connect() as connection:
        assert connection.execute(rows).all() == now
        assert connection.scalar(select(func.count()).select_from(PointsRow)) == len(now) > 0
    engine.dispose()
