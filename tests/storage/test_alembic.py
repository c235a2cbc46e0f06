"""Alembic as developers use it, on the command line with the settings of pyproject.toml."""

import argparse
import io
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError

from bot.storage.migrate import check, upgrade
from bot.storage.orm import Base
from bot.storage.schema import PACKAGED_SCRIPTS, read_history
from tests.storage.conftest import rows

REPOSITORY = PACKAGED_SCRIPTS.parent
HEAD = read_history().head


def test_the_history_has_the_head_that_alembic_finds() -> None:
    config = Config()
    config.set_main_option("script_location", str(PACKAGED_SCRIPTS))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_two_heads_are_refused(scripts: Path) -> None:
    (scripts / "versions" / "20991231_second.py").write_text('revision = "second"\n')
    with pytest.raises(ValueError, match="one head"):
        read_history(scripts)


def test_alembic_finds_no_difference_between_tables_and_migrations(database: Path) -> None:
    command.check(project_config(f"sqlite:///{database}"))


def test_no_migration_lost_that_ids_are_never_reused(database: Path) -> None:
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%'"
    numbered = {name for name, table in Base.metadata.tables.items() if "id" in table.columns}
    assert {name for (name,) in rows(database, query)} == numbered


def test_a_generated_revision_joins_the_history_and_imports_no_application_code(
    database: Path, scripts: Path
) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("DROP TABLE attempts")
    config = project_config(f"sqlite:///{database}")
    config.set_main_option("script_location", str(scripts))
    command.revision(config, "Something new", autogenerate=True)
    (made,) = (scripts / "versions").glob("*_something_new.py")
    assert "bot" not in made.read_text()
    assert "sa.DateTime(timezone=True)" in made.read_text()
    assert read_history(scripts).head != HEAD
    command.upgrade(config, "head")
    assert rows(database, "SELECT * FROM attempts") == []


def test_the_sql_for_a_server_can_be_printed() -> None:
    config = project_config("postgresql://coach@db/coach")
    config.output_buffer = io.StringIO()
    command.upgrade(config, "head", sql=True)
    assert "ON attempts (id) WHERE graded_at IS NULL" in config.output_buffer.getvalue()


def test_the_database_may_come_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COACH_DATABASE", raising=False)
    with pytest.raises(CommandError, match="url="):
        command.upgrade(project_config(), "head")
    monkeypatch.setenv("COACH_DATABASE", f"sqlite:///{tmp_path}/coach.sqlite3")
    command.upgrade(project_config(), "head")
    assert check(tmp_path / "coach.sqlite3").ok


def test_the_first_migration_can_be_undone(database: Path) -> None:
    command.downgrade(project_config(f"sqlite:///{database}"), "base")
    assert rows(database, "SELECT name FROM sqlite_master WHERE name = 'learners'") == []
    assert upgrade(database, database.parent / "backups").changed


def project_config(url: str | None = None) -> Config:
    """The configuration of `alembic -x url=…` in the root of the repository."""
    options = argparse.Namespace(x=[f"url={url}"] if url else [])
    return Config(toml_file=REPOSITORY / "pyproject.toml", cmd_opts=options)
