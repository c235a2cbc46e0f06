"""What is looked at of a coach that serves, on real databases."""

from pathlib import Path

import pytest
from sqlalchemy import text

from bot.bootstrap.application import application_of
from bot.bootstrap.settings import settings_model
from bot.bootstrap.watch import CHANGED, readiness_of


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_program_that_was_overtaken_by_a_newer_one_is_not_ready(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    chosen = {"home": tmp_path / "home"}
    if kind == "postgresql":
        chosen["database"] = request.getfixturevalue("server_database")
    application = application_of(settings_model().model_validate(chosen))
    engine = application.storage.engine()
    (database,) = (part for part in readiness_of(application).parts if part.name == "database")
    database.look()
    assert database.trouble() is None

    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'tomorrow'"))
    database.look()

    assert database.trouble() == CHANGED
    engine.dispose()
