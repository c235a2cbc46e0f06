"""Own questions that were stored with opposites can still be read."""

import json
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text

from bot.core.own_questions.model import OwnState
from bot.storage.engine import make_engine
from bot.storage.migrate import upgrade
from tests.builders import NOON
from tests.databases import units_of
from tests.drafts import POINTS
from tests.storage.test_history import config

BEFORE = "7d40c9a1e6b2"

PLAIN = {
    "prompt": "What is it good for?",
    "topic": "monitoring",
    "key_points": [{"statement": point} for point in POINTS],
}
TWINS = {
    "prompt": "Why is the fleet „late“ on Mondays?",
    "topic": "monitoring",
    "key_points": [
        {"statement": POINTS[0], "opposites": ["Compare nothing with anything."]},
        *({"statement": point} for point in POINTS[1:]),
    ],
}


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database of the version before, with own questions of both kinds."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path}/coach.sqlite3"
    else:
        url = request.getfixturevalue("empty_server_database")
    command.upgrade(config(url), BEFORE)
    engine = make_engine(url)
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO communities (id, platform, external_id, name, created_at)"
                " VALUES (1, 'discord', 'guild', 'ML club', :at)"
            ),
            {"at": NOON},
        )
        for number, document in enumerate((PLAIN, TWINS), 1):
            values = {"id": number, "slug": f"q{number}", "at": NOON, "new": json.dumps(document)}
            connection.execute(
                text(
                    "INSERT INTO own_questions (id, community_id, slug, document, state, revision,"
                    " created_at, updated_at) VALUES (:id, 1, :slug, :new, 'active', :id, :at, :at)"
                ),
                values,
            )
    engine.dispose()
    return url


def test_opposites_go_and_the_rest_of_a_question_stays(url: str, tmp_path: Path) -> None:
    upgrade(url, tmp_path / "backups")

    engine = make_engine(url)
    with units_of(engine)() as uow:
        found = uow.contributions.of_community(1, OwnState.ACTIVE)
    with engine.connect() as connection:
        query = text("SELECT document FROM own_questions WHERE id = 1")
        assert json.loads(connection.execute(query).scalar_one()) == PLAIN
    engine.dispose()

    assert {each.draft.prompt for each in found} == {PLAIN["prompt"], TWINS["prompt"]}
    for each in found:
        assert tuple(point.statement for point in each.draft.points) == POINTS
