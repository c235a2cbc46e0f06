"""A stage for each platform and database, one after the other; the table at the end."""

from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from tests.faults.discord_house import DiscordHouse
from tests.faults.house import House
from tests.faults.slack_house import SlackHouse
from tests.faults.stores import Postgres, Sqlite, Store
from tests.faults.table import table
from tests.faults.trial import Row, Stage

FOUND = "fault"
"""The property of a test that holds a row of the table; it comes from other processes too."""

Stages = dict[tuple[str, str], Stage]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the table."""
    reports = [each for kind in ("passed", "failed") for each in terminalreporter.getreports(kind)]
    found = [
        Row(**value)
        for report in reports
        if report.when == "call"
        for name, value in report.user_properties
        if name == FOUND
    ]
    if found:
        terminalreporter.write_line(table(found))


@pytest.fixture
def note(record_property: Callable[[str, object], None]) -> Callable[[Row], None]:
    """Keep what became of a fault for the table."""
    return lambda row: record_property(FOUND, asdict(row))


@pytest.fixture(scope="session")
def stages() -> Iterator[Stages]:
    """The stage that there is, by platform and database."""
    made: Stages = {}
    yield made
    _clear(made)


def _clear(stages: Stages) -> None:
    while stages:
        _, stage = stages.popitem()
        stage.close()


@pytest.fixture
def stage(
    request: pytest.FixtureRequest,
    stages: Stages,
    tmp_path_factory: pytest.TempPathFactory,
    vector_cache: Path,
) -> Iterator[Stage]:
    """The program between the platform and the database that a test names.

    What a fault left that did not end well is left to nobody else.
    """
    failed = request.session.testsfailed
    where: tuple[str, str] = request.param
    if where not in stages:
        _clear(stages)
        stages[where] = _made(*where, tmp_path_factory.mktemp("-".join(where)), vector_cache)
    yield stages[where]
    if request.session.testsfailed > failed:
        _clear(stages)


def _made(platform: str, database: str, folder: Path, vectors: Path) -> Stage:
    home = folder / "home-0"
    home.mkdir()
    store: Store = Sqlite(home) if database == "sqlite" else Postgres()
    house: House = DiscordHouse() if platform == "discord" else SlackHouse()
    settings = {
        "HF_HUB_OFFLINE": "1",
        "OMP_NUM_THREADS": "1",
        "COACH_CACHE": str(vectors),
        "COACH_POLL_SECONDS": "1",
        "COACH_DATABASE": store.url,
        "COACH_RATE_LIMITS__ANSWERS": "0",  # a few people answer for many
    }
    return Stage(house, store, vectors, folder, settings)
