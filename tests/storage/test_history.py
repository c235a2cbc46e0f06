"""Databases of earlier versions, full of rows: every migration goes up and down without loss."""

import argparse
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from fsrs import Rating
from sqlalchemy import Connection, Engine, text

from bot.core.champions.model import Champion, ChampionPlan
from bot.core.daily.retries import Admitted
from bot.core.flags.model import FlagKind
from bot.core.leaderboard.model import Scored
from bot.core.notifications.model import FlagHandled
from bot.core.own_questions.model import OwnState
from bot.core.plans.model import StudyPlan
from bot.core.ports import HandledState
from bot.core.practice.ratings import Elo
from bot.core.reviews.model import review
from bot.core.streaks.outages import Outage
from bot.core.streaks.timezone_changes import Days, TimezoneChange
from bot.storage.engine import make_engine
from bot.storage.migrate import check, upgrade
from bot.storage.schema import PACKAGED_SCRIPTS
from grading.grade import Flag
from tests.builders import NOON, a_grade, a_plan, a_post, a_user
from tests.databases import units_of
from tests.drafts import DRAFT

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
            table: list(connection.execute(text(f"SELECT {columns} FROM {table} ORDER BY id")))  # noqa: S608
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
        learner = uow.learners.find(a_user("Ada"))
        assert learner is not None
        community = uow.communities.register("discord", "guild", "ML club", NOON)
        channel = uow.channels.register(community.id, "7", "drift", NOON)
        uow.memberships.join(community.id, learner.id, "Ada", None, NOON)
        uow.contributions.put(community.id, DRAFT, OwnState.ACTIVE, learner.id, NOON)
        uow.link_codes.put(learner.id, "digest", NOON)
        uow.cards.put(learner.id, review(None, "a/b", Rating.Good, NOON))
        uow.elos.put_skill(learner.id, "a", Elo())
        uow.elos.put_difficulty("a/b", Elo())
        uow.handled.put("slack:event:1", HandledState.DONE, NOON)
        uow.installations.put("slack", "T1", "sealed", NOON)
        uow.activity_days.add(learner.id, NOON.date(), 1)
        uow.zone_moves.add(learner.id, TimezoneChange(NOON, Days(), Days("Europe/Malta")))
        uow.heartbeats.note("service", NOON)
        uow.outages.add(Outage(NOON - timedelta(hours=1), NOON))
        uow.reminders.note(learner.id, NOON.date())
        uow.study_plans.put(StudyPlan(learner.id, "", 1, 5, NOON.date()))
        uow.plans.put(a_plan(channel.id, host_learner_id=learner.id))
        uow.audit.add(community.id, learner.id, "exclude", "answer 1", NOON)
        post = a_post(uow, channel.id)
        uow.admissions.put(post.id, learner.id, Admitted(at=NOON))
        uow.points.add(Scored(1, 1, community.id, channel.id, post.id, post.day, 1.0, points=7))
        uow.champions.put(ChampionPlan(community.id, "9", NOON.date(), learner.id))
        uow.champions.add(Champion(community.id, NOON.date(), learner.id, "9"))
        uow.exclusions.put(community.id, learner.id, learner.id, "copies", NOON)
        ask = uow.asks.get(1)
        assert ask is not None
        uow.held.add(ask, "hello", NOON)
        interview = uow.interviews.add(learner.id, ("a/b",), NOON)
        uow.flags.put(learner.id, "a/b", FlagKind.WRONG, "", NOON, community.id)
        about = (community.id, "a/b", "point", "A whole sentence.")
        appeal = uow.appeals.add(learner.id, 1, *about, NOON)
        uow.accepted.add(*about, NOON, appeal.id)
        uow.regrades.add(community.id, "a/b", NOON)
        uow.notices.add(learner.id, FlagHandled(question="Why?"), NOON, community.id)
        uow.commit()
    with engine.begin() as connection:
        in_interview = text("UPDATE asks SET interview_id = :interview, post_id = :post")
        connection.execute(in_interview, {"interview": interview.id, "post": post.id})
        values = {"community": community.id, "channel": channel.id}
        for table in ("asks", "attempts"):
            change = f"UPDATE {table} SET community_id = :community, channel_id = :channel"  # noqa: S608
            connection.execute(text(change), values)


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
