"""A stage for each platform and database, made when it is first asked for; the table at the end."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.houses import DiscordHouse, House, SlackHouse
from tests.faults.program import Program
from tests.faults.stores import Postgres, Sqlite, Store
from tests.faults.table import table
from tests.faults.trial import Row, Stage

ROWS = pytest.StashKey[list[Row]]()


@pytest.fixture(scope="session")
def rows(request: pytest.FixtureRequest) -> list[Row]:
    """What became of each fault that was tried."""
    return request.config.stash.setdefault(ROWS, [])


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Print the table."""
    if found := config.stash.get(ROWS, None):
        terminalreporter.write_line(table(found))


@pytest.fixture(scope="session")
def stages() -> Iterator[dict[tuple[str, str], Stage]]:
    """The stages that were made, by platform and database."""
    made: dict[tuple[str, str], Stage] = {}
    yield made
    for stage in made.values():
        stage.program.close()
        stage.house.close()
        stage.store.close()


@pytest.fixture
def stage(
    request: pytest.FixtureRequest,
    stages: dict[tuple[str, str], Stage],
    tmp_path_factory: pytest.TempPathFactory,
    vector_cache: Path,
) -> Stage:
    """The program between the platform and the database that a test names."""
    if request.param not in stages:
        folder = tmp_path_factory.mktemp("-".join(request.param))
        platform, database = request.param
        stages[request.param] = _made(platform, database, folder, vector_cache)
    return stages[request.param]


def _made(platform: str, database: str, folder: Path, vectors: Path) -> Stage:
    home = folder / "home"
    home.mkdir()
    store: Store = Sqlite(home) if database == "sqlite" else Postgres()
    house: House = DiscordHouse() if platform == "discord" else SlackHouse()
    environment = {
        **house.environment,
        "HF_HUB_OFFLINE": "1",
        "COACH_CACHE": str(vectors),
        "COACH_POLL_SECONDS": "1",
        "COACH_DATABASE": store.url,
    }
    program = Program(home, folder / "stderr.log", environment)
    return Stage(house, store, program, vectors)
