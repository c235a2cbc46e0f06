from pathlib import Path

import pytest

from tests.cli.conftest import Coach, rows


def test_a_database_is_made_and_then_up_to_date(coach: Coach, home: Path):
    first = coach("db", "upgrade", "--json").json
    second = coach("db", "upgrade", "--json").json

    assert set(first) == {"database", "from", "to", "changed", "backup"}
    assert (first["from"], first["changed"], first["backup"]) == (None, True, None)
    assert (second["from"], second["changed"]) == (first["to"], False)
    assert first["database"] == str(home / "coach.sqlite3")


def test_an_upgrade_is_told_in_words(coach: Coach, home: Path):
    assert "is now at" in coach("db", "upgrade").out
    assert "is up to date" in coach("db", "upgrade").out


def test_a_sound_database_is_told_so(coach: Coach):
    coach("db", "upgrade")

    outcome = coach("db", "check")

    assert outcome.status == 0
    assert "sound and up to date" in outcome.out


def test_a_sound_database_is_told_so_in_json(coach: Coach):
    coach("db", "upgrade")

    outcome = coach("db", "check", "--json")

    assert outcome.json["ok"] is True
    assert outcome.json["revision"] == outcome.json["head"]
    assert outcome.json["problems"] == []


@pytest.mark.parametrize("content", [None, b"", b"no database at all" * 100])
def test_what_is_no_database_fails_the_check_and_stays_as_it_is(
    coach: Coach, home: Path, content: bytes | None
):
    database = home / "coach.sqlite3"
    if content is not None:
        home.mkdir()
        database.write_bytes(content)

    outcome = coach("db", "check", "--json")

    assert outcome.status == 1
    assert outcome.json["ok"] is False
    assert outcome.json["problems"]
    assert outcome.err.startswith("coach: ")
    assert (database.read_bytes() if database.exists() else None) == content


def test_a_backup_is_a_database_of_its_own(coach: Coach, tmp_path: Path):
    coach("db", "upgrade")

    outcome = coach("db", "backup", "copy.sqlite3")

    assert outcome.status == 0
    assert "copy.sqlite3" in outcome.out
    assert rows(tmp_path / "copy.sqlite3", "SELECT count(*) FROM alembic_version") == [(1,)]


def test_a_backup_goes_over_no_other_file(coach: Coach, tmp_path: Path):
    coach("db", "upgrade")
    (tmp_path / "precious").write_text("mine", encoding="utf-8")

    outcome = coach("db", "backup", "precious")

    assert outcome.status == 1
    assert outcome.err.count("\n") == 1
    assert (tmp_path / "precious").read_text(encoding="utf-8") == "mine"
