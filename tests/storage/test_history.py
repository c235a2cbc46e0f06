"""Databases of earlier versions, full of rows: every migration goes up and down without loss."""

import argparse
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from bot.storage.engine import make_engine
from bot.storage.migrate import check, upgrade
from bot.storage.orm.packed import unpack
from bot.storage.schema import PACKAGED_SCRIPTS
from grading.grade import Flag
from tests.builders import NOON, a_grade, a_user
from tests.databases import units_of
from tests.storage.full import fill_the_rest

FIRST_TABLES = "6f1d2a9c40b7"

OLD_ROWS = {
    "learners": "id, display_name, joined_at",
    "identities": "id, learner_id, platform, team, external_id",
    "asks": "id, learner_id, question_id, asked_at, state, hints",
    "attempts": "id, ask_id, learner_id, question_id, answer, submitted_at, hints_used, assisted, "
    "score, band, grade, grader_version, model, graded_at",
}
"""The tables of the first version and their columns."""

ATTEMPTS = [
    # id, learner, question, assisted, whether it is the first
    (1, 1, "a/b", False, True),
    (2, 1, "a/b", False, False),
    (3, 1, "a/c", True, False),
    (4, 1, "a/c", False, False),
    (5, 2, "a/b", False, True),
]


@pytest.fixture(params=["sqlite", "postgresql"])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database of the first version with rows in every table."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path}/coach.sqlite3"
    else:
        url = request.getfixturevalue("empty_server_database")
    command.upgrade(config(url), FIRST_TABLES)
    engine = make_engine(url)
    with engine.begin() as connection:
        _fill(connection)
    engine.dispose()
    return url


@pytest.fixture
def engine(old: str) -> Iterator[Engine]:
    engine = make_engine(old)
    yield engine
    engine.dispose()


def _fill(connection: Connection) -> None:
    at = {"at": NOON}
    for number, name in ((1, "Ada"), (2, "Grace")):
        values = at | {"id": number, "name": name}
        connection.execute(text("INSERT INTO learners VALUES (:id, :name, :at)"), values)
        connection.execute(
            text("INSERT INTO identities VALUES (:id, :id, 'discord', '', :name)"), values
        )
    for number, learner, question, assisted, _first in ATTEMPTS:
        values = at | {"id": number, "learner": learner, "question": question, "shown": assisted}
        connection.execute(
            text("INSERT INTO asks VALUES (:id, :learner, :question, :at, 'answered', 1)"), values
        )
        connection.execute(
            text(
                "INSERT INTO attempts VALUES (:id, :id, :learner, :question, 'an answer', :at, 1, "
                ":shown, 0.7, 'good', :grade, '1', 'tiny', :at)"
            ),
            values | {"grade": a_grade().model_dump_json()},
        )


def rows(engine: Engine) -> dict[str, list[object]]:
    with engine.connect() as connection:
        return {
            table: [
                tuple(unpack(value) if isinstance(value, bytes) else value for value in row)
                for row in connection.execute(text(f"SELECT {columns} FROM {table} ORDER BY id"))  # noqa: S608
            ]
            for table, columns in OLD_ROWS.items()
        }


def test_a_database_of_the_first_version_keeps_every_row(
    old: str, engine: Engine, tmp_path: Path
) -> None:
    before = rows(engine)
    engine.dispose()
    assert upgrade(old, tmp_path / "backups").from_revision == FIRST_TABLES
    assert rows(engine) == before
    assert check(old).ok


def test_earlier_rows_get_what_is_new(old: str, engine: Engine, tmp_path: Path) -> None:
    upgrade(old, tmp_path / "backups")
    query = text("SELECT id, first, purpose FROM attempts JOIN asks USING (id) ORDER BY id")
    with engine.connect() as connection:
        found = [(number, bool(first), why) for number, first, why in connection.execute(query)]
        settings = text("SELECT DISTINCT zone, day_starts, reviews_a_day FROM learners")
        assert connection.execute(settings).all() == [(None, 4, 20)]
    assert found == [(number, first, "practice") for number, _, _, _, first in ATTEMPTS]


def test_earlier_answers_that_were_no_try_count_no_more(
    old: str, engine: Engine, tmp_path: Path
) -> None:
    small_talk = a_grade().model_copy(update={"flags": (Flag.OFF_TOPIC,)}).model_dump_json()
    with engine.begin() as connection:
        change = text("UPDATE attempts SET grade = :grade WHERE id = 1")
        connection.execute(change, {"grade": small_talk})
    upgrade(old, tmp_path / "backups")
    query = text("SELECT id, first, counts FROM attempts WHERE id IN (1, 5) ORDER BY id")
    with engine.connect() as connection:
        found = [(number, bool(first), bool(c)) for number, first, c in connection.execute(query)]
    assert found == [(1, False, False), (5, True, True)]


def test_every_migration_can_be_undone_without_loss(old: str, engine: Engine) -> None:
    before = rows(engine)
    command.upgrade(config(old), "head")
    _use_what_is_new(engine)
    after = rows(engine)
    for revision in _later_revisions():
        command.downgrade(config(old), "-1")
        assert rows(engine) == after, revision
    assert {name: found[: len(before[name])] for name, found in after.items()} == before
    command.upgrade(config(old), "head")
    assert rows(engine) == after


def test_old_ids_are_followed_by_new_ones(old: str, engine: Engine, tmp_path: Path) -> None:
    upgrade(old, tmp_path / "backups")
    if not old.startswith("sqlite"):
        with engine.begin() as connection:
            for table in OLD_ROWS:  # the rows were inserted with their ids, past the sequence
                last = f"SELECT setval('{table}_id_seq', (SELECT max(id) FROM {table}))"  # noqa: S608
                connection.execute(text(last))
    with units_of(engine)() as uow:
        learner = uow.learners.register(a_user("somebody new"), NOON)
        ask = uow.asks.add(learner.id, "a/b", NOON)
        attempt = uow.attempts.add(ask, "answer", NOON)
    assert (learner.id, ask.id, attempt.id) == (3, 6, 6)


def _use_what_is_new(engine: Engine) -> None:
    with units_of(engine)() as uow:
        learner, ask = uow.learners.find(a_user("Ada")), uow.asks.get(1)
        assert learner is not None
        assert ask is not None
        fill_the_rest(uow, learner.id, ask, 1)
        uow.commit()


def _later_revisions() -> list[str]:
    alembic = Config()
    alembic.set_main_option("script_location", str(PACKAGED_SCRIPTS))
    revisions = [
        script.revision for script in ScriptDirectory.from_config(alembic).walk_revisions()
    ]
    return revisions[:-1]


def config(url: str) -> Config:
    """The configuration of `alembic -x url=…` in the root of the repository."""
    options = argparse.Namespace(x=[f"url={url}"])
    return Config(toml_file=PACKAGED_SCRIPTS.parent / "pyproject.toml", cmd_opts=options)
