import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import Coach, Outcome


def tells_one_line(outcome: Outcome) -> str:
    """Check that a domain error is one line on stderr; return it."""
    assert outcome.status == 1
    assert outcome.out == ""
    assert outcome.err.startswith("coach: ")
    assert outcome.err.count("\n") == 1
    assert outcome.err.endswith("\n")
    return outcome.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("knowledge", "show", "nope"), "nope"),
        (("grade", "drift", "--answer-file", "gone.txt"), "gone.txt"),
        (("grade", "drift", "--answer-file", "."), "."),
        (("evaluate", "gone.jsonl"), "gone.jsonl"),
        (("db", "backup", "copy.sqlite3"), "coach.sqlite3"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_is_missing_is_named(coach: Coach, arguments: tuple[str, ...], words: str):
    outcome = coach(*arguments)

    assert words in tells_one_line(outcome)


@pytest.mark.usefixtures("corpus")
def test_an_unknown_topic_is_told_with_the_nearest_questions(coach: Coach):
    outcome = coach("ask", "best", "pizza", "in", "town")

    line = tells_one_line(outcome)
    assert "best pizza in town" in line
    assert "/topics" in line


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("COACH_BUSY_SECONDS", "soon"),
        ("COACH_BUSY_SECONDS", "-1"),
        ("COACH_LOG_LEVEL", "LOUD"),
    ],
)
@pytest.mark.parametrize("command", ["topics", "ask", "knowledge list", "db check"])
def test_a_setting_that_does_not_fit_is_named(coach: Coach, command: str, name: str, value: str):
    outcome = coach(*command.split(), **{name: value})

    assert name in tells_one_line(outcome)


def test_a_knowledge_folder_without_questions_is_named(coach: Coach, tmp_path: Path):
    outcome = coach("topics", COACH_KNOWLEDGE=str(tmp_path / "nowhere"))

    assert "knowledge check" in tells_one_line(outcome)


def test_a_model_that_is_not_there_is_named(coach: Coach, tmp_path: Path):
    outcome = coach(
        "grade",
        "drift",
        "--answer",
        "It changes.",
        COACH_MODEL=str(tmp_path / "nothing"),
    )

    assert "cannot be loaded" in tells_one_line(outcome)


def test_a_second_opinion_that_is_not_there_is_named_with_a_remedy(coach: Coach, tmp_path: Path):
    missing = str(tmp_path / "no-model")
    outcome = coach("grade", "drift", "--answer", "It changes.", COACH_NLI_MODEL=missing)

    line = tells_one_line(outcome)
    assert "no-model" in line
    assert "COACH_NLI_MODEL" in line


def test_grading_one_answer_needs_no_database(coach: Coach, home: Path):
    home.mkdir()
    (home / "coach.sqlite3").write_bytes(b"this is a shopping list, not a database" * 50)

    assert coach("grade", "drift", "--answer", "x", "--json").status == 0


@pytest.mark.parametrize("command", ["ask", "db upgrade", "chat"])
def test_a_corrupt_database_is_named_and_left_as_it_is(coach: Coach, home: Path, command: str):
    home.mkdir()
    database = home / "coach.sqlite3"
    database.write_bytes(b"this is a shopping list, not a database" * 50)
    before = database.read_bytes()

    outcome = coach(*command.split())

    assert "coach.sqlite3" in tells_one_line(outcome)
    assert database.read_bytes() == before


@pytest.mark.parametrize("command", ["ask", "db upgrade"])
def test_a_database_of_a_newer_version_is_named_and_left_as_it_is(
    coach: Coach, home: Path, command: str
):
    coach("db", "upgrade")
    database = home / "coach.sqlite3"
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'tomorrow'")
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = database.read_bytes()

    outcome = coach(*command.split())

    assert "newer version" in tells_one_line(outcome)
    assert database.read_bytes() == before


def test_a_home_that_is_a_file_is_told(coach: Coach, tmp_path: Path):
    (tmp_path / "file").write_text("mine", encoding="utf-8")

    outcome = coach("ask", "--home", str(tmp_path / "file"))

    tells_one_line(outcome)
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


def test_a_home_on_the_command_line_wins_over_the_environment(coach: Coach, tmp_path: Path, home):
    before, after = tmp_path / "before", tmp_path / "after"

    assert coach("--home", str(before), "ask").status == 0
    assert coach("ask", "--home", str(after)).status == 0

    assert (before / "coach.sqlite3").exists()
    assert (after / "coach.sqlite3").exists()
    assert not home.exists()


def test_a_domain_error_of_the_real_program_is_one_line_and_no_traceback(process: Coach):
    outcome = process("knowledge", "show", "nope")

    assert "nope" in tells_one_line(outcome)


def test_a_screen_that_is_not_unicode_is_no_traceback(process: Coach):
    outcome = process("knowledge", "show", "drift", PYTHONIOENCODING="ascii")

    assert outcome.status == 0
    assert "What is concept drift" in outcome.out
