"""`coach doctor` on a healthy installation and on broken ones, as an operator sees it."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.core.daily.post import PostState
from bot.storage.engine import make_engine
from bot.storage.migrate import upgrade
from bot.storage.schema import read_history
from tests.builders import NOON, a_post, a_study_channel, a_user
from tests.cli.conftest import QUESTIONS, Coach, Outcome
from tests.cli.test_config import GIVEN
from tests.databases import units_of
from tests.grading.chat_server import Handler, Server, serving

Found = dict[str, dict[str, Any]]

MODELS = b'{"data": [{"id": "tiny"}]}'


def found_by(outcome: Outcome) -> Found:
    """Return the findings by their subject; what is not well has a remedy, and nothing else has."""
    findings = outcome.json["findings"]
    assert all(bool(each["remedy"]) is (each["mark"] != "ok") for each in findings)
    assert all(each["remedy"].count(". ") == 0 for each in findings if each["mark"] != "ok")
    assert all(each["found"] for each in findings)
    problems = sum(each["mark"] == "problem" for each in findings)
    assert outcome.json["ok"] is (problems == 0)
    assert outcome.status == int(problems > 0)
    assert outcome.err.startswith("coach: ") is (problems > 0)
    found = {each["subject"]: each for each in findings}
    assert len(found) == len(findings)
    return found


@pytest.fixture
def installed(home: Path) -> Path:
    """A home with an up-to-date database; return that."""
    upgrade(home / "coach.sqlite3", home / "backups")
    return home / "coach.sqlite3"


@pytest.mark.usefixtures("installed")
def test_a_healthy_installation_is_well(coach: Coach, environment: dict[str, str], home: Path):
    del environment["COACH_KNOWLEDGE"]
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}

    found = found_by(coach("doctor", "--json"))

    assert {each["mark"] for each in found.values()} == {"ok"}
    assert list(found) == [
        "Python", "disk", "home", "time zones", "database", "ungraded answers", "unsent posts",
        "questions", "vectors", "model", "coefficients", "grader's network", "Discord", "Slack",
    ]  # fmt: skip
    assert found["Discord"]["found"] == "not configured, so not served"
    assert "is sound and can be written" in found["database"]["found"]
    after = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    assert after.items() >= before.items()


def test_a_new_installation_is_well_and_nothing_is_made(coach: Coach, home: Path):
    found = found_by(coach("doctor", "--json"))

    assert {each["mark"] for each in found.values()} == {"ok"}
    assert found["database"]["found"].endswith("is made by the first start")
    assert not home.exists()


def test_in_words_each_line_has_a_sign_and_below_it_what_to_do(coach: Coach, home: Path):
    home.mkdir()
    (home / "coach.sqlite3").write_bytes(b"this is a shopping list, not a database" * 50)

    outcome = coach("doctor")

    lines = outcome.out.splitlines()
    (number,) = [number for number, line in enumerate(lines) if line.startswith("✗ database ")]
    assert lines[number].endswith("is damaged, or no database")
    assert lines[number + 1].strip().startswith("Move the file away")
    assert all(line[0] in "✓!✗ " for line in lines)
    assert outcome.err == "coach: 1 problem to be solved\n"
    assert outcome.status == 1


def _changed(statement: str) -> Callable[..., Any]:
    @contextmanager
    def change(database: Path) -> Iterator[dict[str, str]]:
        with closing(sqlite3.connect(database)) as connection:
            connection.execute(statement)
            connection.commit()
        yield {}

    return change


@contextmanager
def _damaged(database: Path) -> Iterator[dict[str, str]]:
    """Overwrite some pages in the middle of the file."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    content = bytearray(database.read_bytes())
    content[size * 4 : size * 12] = b"\x07" * size * 8
    database.write_bytes(content)
    yield {}


@contextmanager
def _locked(database: Path) -> Iterator[dict[str, str]]:
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield {"COACH_BUSY_SECONDS": "0.1"}


@contextmanager
def _read_only(database: Path) -> Iterator[dict[str, str]]:
    yield {"COACH_DATABASE": f"sqlite:///file:{database}?mode=ro&uri=true"}


@contextmanager
def _other(database: Path) -> Iterator[dict[str, str]]:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("DROP TABLE alembic_version")
        connection.commit()
    yield {}


@contextmanager
def _server_that_is_away(database: Path) -> Iterator[dict[str, str]]:
    del database
    yield {"COACH_DATABASE": "postgresql://coach:hunter2@127.0.0.1:9/coach"}


def _set(**settings: str) -> Callable[..., Any]:
    @contextmanager
    def settle(database: Path) -> Iterator[dict[str, str]]:
        folder = database.parent.parent
        yield {name: value.replace("HERE", str(folder)) for name, value in settings.items()}

    return settle


@contextmanager
def _faulty_question(database: Path) -> Iterator[dict[str, str]]:
    knowledge = database.parent.parent / "knowledge"
    (knowledge / "questions" / QUESTIONS[0]).parent.mkdir(parents=True, exist_ok=True)
    (knowledge / "topics.yaml").write_text("- nothing", encoding="utf-8")
    (knowledge / "questions" / f"{QUESTIONS[0]}.md").write_text("no question", encoding="utf-8")
    yield {"COACH_KNOWLEDGE": str(knowledge)}


OLDER = min(read_history().revisions - {read_history().head})
TO_OLDER = f"UPDATE alembic_version SET version_num = '{OLDER}'"  # noqa: S608 one of ours

BROKEN = {
    "the home is a file": (_set(COACH_HOME="HERE/a-file"), "home", "is no folder", "COACH_HOME"),
    "a damaged database": (_damaged, "database", "damaged", "backups"),
    "a newer schema": (
        _changed("UPDATE alembic_version SET version_num = 'tomorrow'"),
        "database", "newer version", "Install that version",
    ),
    "an older schema": (
        _changed(TO_OLDER),
        "database", "older version", "coach db upgrade",
    ),
    "another program's tables": (_other, "database", "another program", "COACH_DATABASE"),
    "rows without what they refer to": (
        _changed(
            "INSERT INTO channels (community_id, external_id, name, created_at) "
            "VALUES (99, 'C', 'c', '2026-01-01')"
        ),
        "database", "rows of channels refer to missing ones", "backups",
    ),
    "a locked database": (_locked, "database", "does not let go", "End the other program"),
    "a read-only database": (_read_only, "database", "may not be written", "write permission"),
    "a server that is away": (_server_that_is_away, "database", "postgresql://", "COACH_DATABASE"),
    "no model": (_set(COACH_MODEL="HERE/no-model"), "model", "no-model", "COACH_MODEL"),
    "no model for inference": (
        _set(COACH_NLI_MODEL="HERE/no-model"), "second opinion", "no-model", "COACH_NLI_MODEL",
    ),
    "no questions": (_set(COACH_KNOWLEDGE="HERE/no"), "questions", "fault", "knowledge check"),
    "a faulty question": (_faulty_question, "questions", "fault", "knowledge check"),
    "a server for second opinions that is away": (
        _set(COACH_OPINION__URL="http://127.0.0.1:9/v1", COACH_OPINION__MODEL="tiny"),
        "second opinion", "127.0.0.1:9 does not answer", "COACH_OPINION__URL",
    ),
}  # fmt: skip
"""What is broken, about what that is told, in which words, and with which remedy."""


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_is_named_with_its_remedy_and_nothing_else_is(
    coach: Coach, installed: Path, tmp_path: Path, name: str
):
    (tmp_path / "a-file").touch()
    breaks, subject, words, remedy = BROKEN[name]

    with breaks(installed) as settings:
        outcome = coach("doctor", "--json", **settings)

    found = found_by(outcome)
    assert found[subject]["mark"] == "problem"
    assert words in found[subject]["found"]
    assert remedy in found[subject]["remedy"]
    others = {each["mark"] for key, each in found.items() if key not in {subject, "database"}}
    assert others == {"ok"}
    assert "hunter2" not in outcome.out + outcome.err


def test_a_damaged_cache_is_a_warning(coach: Coach, installed: Path, tmp_path: Path):
    cache = tmp_path / "cache"
    cache.mkdir()
    (cache / "broken.safetensors").write_bytes(b"\0" * 100)

    outcome = coach("doctor", "--json", COACH_CACHE=str(cache))

    found = found_by(outcome)["vectors"]
    assert (found["mark"], outcome.status) == ("warning", 0)
    assert "1 of 1 file" in found["found"]
    assert installed.exists()


@pytest.mark.parametrize("minutes", [2, 200])
def test_answers_and_posts_that_wait_are_counted_and_old_ones_are_warned_of(
    coach: Coach, installed: Path, minutes: int
):
    since = datetime.now(UTC) - timedelta(minutes=minutes)
    engine = make_engine(installed)
    with units_of(engine)() as uow:
        channel = a_study_channel(uow, "discord", "1", "2")
        a_post(uow, channel, state=PostState.PENDING, due_at=since)
        learner = uow.learners.register(a_user(), NOON)
        ask = uow.asks.add(learner.id, "monitoring/concept-drift", since)
        uow.attempts.add(ask, "It changes.", since)
        uow.commit()
    engine.dispose()

    found = found_by(coach("doctor", "--json"))

    expected = "ok" if minutes == 2 else "warning"
    age = "2 min" if minutes == 2 else "3 h 20 min"
    for subject, noun in (("ungraded answers", "answer"), ("unsent posts", "post")):
        assert found[subject]["mark"] == expected
        assert found[subject]["found"] == f"1 {noun}, the oldest for {age}"


@pytest.fixture
def opinions() -> Iterator[Server]:
    with serving() as server:
        yield server


@pytest.mark.parametrize(
    ("status", "body", "mark", "words"),
    [
        (200, MODELS, "ok", "has tiny"),
        (200, b'{"data": []}', "warning", "does not list the model tiny"),
        (200, b"hello", "warning", "does not list the model tiny"),
        (404, b"", "ok", "answers"),
        (401, b"", "problem", "does not take the key"),
        (500, b"", "warning", "HTTP status 500"),
    ],
)
def test_a_server_for_second_opinions_is_asked_for_its_models_and_for_nothing_else(
    coach: Coach, opinions: Server, status: int, body: bytes, mark: str, words: str
):
    asked: list[tuple[str, str | None]] = []

    def behave(handler: Handler) -> None:
        asked.append((handler.command, handler.headers["Authorization"]))
        handler.send(status, body)

    opinions.behave = behave

    outcome = coach(
        "doctor", "--json",
        COACH_OPINION__URL=opinions.url, COACH_OPINION__MODEL="tiny", COACH_OPINION__KEY="hunter2",
    )  # fmt: skip

    found = found_by(outcome)["second opinion"]
    assert found["mark"] == mark
    assert words in found["found"]
    assert asked == [("GET", "Bearer hunter2")]
    assert "hunter2" not in outcome.out + outcome.err


def test_no_secret_is_shown(coach: Coach):
    away = {
        "COACH_DATABASE": "postgresql://coach:hunter2@127.0.0.1:9/coach",
        "COACH_DISCORD__API_URL": "http://127.0.0.1:9/api/v10",
        "COACH_SLACK__API_URL": "http://127.0.0.1:9/api/",
    }

    for words in (("doctor",), ("doctor", "--json")):
        outcome = coach(*words, **(GIVEN | away))
        assert outcome.status == 1
        assert "hunter2" not in outcome.out + outcome.err
        assert "Traceback" not in outcome.out + outcome.err
        assert "could not be reached" in outcome.out


def test_a_server_is_looked_at(coach: Coach, server_database: str, empty_server_database: str):
    ready = found_by(coach("doctor", "--json", COACH_DATABASE=server_database))
    empty = found_by(coach("doctor", "--json", COACH_DATABASE=empty_server_database))

    assert "can be written, PostgreSQL" in ready["database"]["found"]
    assert ready["unsent posts"]["found"] == "none"
    assert empty["database"]["found"].endswith("the first start makes its tables")
    assert "unsent posts" not in empty
