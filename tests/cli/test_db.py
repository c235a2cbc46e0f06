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


def test_another_database_is_used_where_its_url_is_set(coach: Coach, home: Path, tmp_path: Path):
    other = tmp_path / "other.sqlite3"

    outcome = coach("db", "upgrade", "--json", COACH_DATABASE=f"sqlite:///{other}")

    assert outcome.json["database"] == str(other)
    assert other.exists()
    assert not (home / "coach.sqlite3").exists()


def test_a_server_is_upgraded_and_checked(coach: Coach, empty_server_database: str):
    upgraded = coach("db", "upgrade", COACH_DATABASE=empty_server_database)
    checked = coach("db", "check", COACH_DATABASE=empty_server_database)

    assert "is now at" in upgraded.out
    assert checked.status == 0
    assert "sound and up to date" in checked.out


@pytest.mark.parametrize(
    "url", ["postgresql://coach:secret@127.0.0.1:9/coach", "coach:secret@db/coach"]
)
def test_a_database_that_cannot_be_used_is_told_without_its_password(coach: Coach, url: str):
    outcome = coach("db", "upgrade", COACH_DATABASE=url)

    assert outcome.status == 1
    assert outcome.err.startswith("coach: ")
    assert "secret" not in outcome.out + outcome.err


def test_a_database_is_tidied_and_a_dry_run_only_says_how_much(coach: Coach):
    dry = coach("db", "tidy", "--dry-run")
    told = coach("db", "tidy", "--json", COACH_RETENTION_DAYS="30").json

    assert dry.out.startswith("Would be done: 0 answers")
    assert told == {
        "dry_run": False,
        "answers": 0,
        "communities": 0,
        "memberships": 0,
        "copies": 0,
        "events": 0,
        "notices": 0,
    }


def test_a_retention_of_no_days_is_refused(coach: Coach):
    outcome = coach("db", "tidy", COACH_RETENTION_DAYS="0")

    assert outcome.status != 0
    assert "COACH_RETENTION_DAYS" in outcome.err


def test_a_file_moves_to_a_server_and_back(
    coach: Coach, home: Path, tmp_path: Path, empty_server_database: str
):
    coach("db", "upgrade")

    there = coach("db", "copy", str(home / "coach.sqlite3"), empty_server_database)
    back = coach("db", "copy", empty_server_database, "back.sqlite3", "--json")

    assert there.status == 0
    assert "and verified" in there.out
    assert back.json["serving"] is False
    assert rows(tmp_path / "back.sqlite3", "SELECT count(*) FROM alembic_version") == [(1,)]


def test_a_copy_goes_over_nothing_and_is_told_without_its_password(coach: Coach, home: Path):
    coach("db", "upgrade")
    file = str(home / "coach.sqlite3")

    onto_itself = coach("db", "copy", file, file)
    nowhere = coach("db", "copy", file, "postgresql://coach:secret@127.0.0.1:9/coach")
    misspelt = coach("db", "copy", "postgrs://coach:secret@db/coach", "new.sqlite3")

    for outcome in (onto_itself, nowhere, misspelt):
        assert outcome.status == 1
        assert outcome.err.startswith("coach: ")
        assert "secret" not in outcome.out + outcome.err
    assert "exists already" in onto_itself.err


def test_a_copy_comes_back_and_what_it_replaces_is_told(coach: Coach, home: Path, tmp_path: Path):
    coach("db", "upgrade")
    coach("db", "backup", "copy.sqlite3")

    refused = coach("db", "restore", "copy.sqlite3")
    done = coach("db", "restore", "copy.sqlite3", "--force")
    nowhere = coach("db", "restore", "nowhere.sqlite3", "--force")

    assert (refused.status, done.status, nowhere.status) == (1, 0, 1)
    assert "--force" in refused.err
    (kept,) = (home / "backups").iterdir()
    assert str(kept) in done.out
    assert nowhere.err.count("\n") == 1


def test_a_server_is_copied_to_a_file(coach: Coach, tmp_path: Path, server_database: str):
    outcome = coach("db", "backup", "copy.sqlite3", COACH_DATABASE=server_database)

    assert outcome.status == 0
    assert rows(tmp_path / "copy.sqlite3", "SELECT count(*) FROM alembic_version") == [(1,)]
