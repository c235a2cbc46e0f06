"""The looks of `coach doctor` at a machine that is not like this one, and looks that do not end."""

import threading
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.bootstrap.checkup import machine
from bot.bootstrap.checkup.looking import Examination
from bot.bootstrap.checkup.looks import secrets_in
from bot.core.checkup import Finding, Look, Mark, fine
from bot.settings import Settings
from tests.repository.checkout import text


def marks(findings: Iterator[Finding]) -> list[Mark]:
    return [each.mark for each in findings]


def test_the_versions_of_python_are_those_of_the_project():
    required = tomllib.loads(text("pyproject.toml"))["project"]["requires-python"]
    oldest, newest = machine.OLDEST, machine.NEWEST

    assert required == f">={oldest[0]}.{oldest[1]},<{newest[0]}.{newest[1] + 1}"


@pytest.mark.parametrize(
    ("running", "mark"),
    [((3, 10, 9), Mark.PROBLEM), ((3, 11, 0), Mark.OK), ((3, 13, 9), Mark.OK),
     ((3, 14, 0), Mark.PROBLEM)],
)  # fmt: skip
def test_a_python_that_nobody_tried_is_told(running: tuple[int, ...], mark: Mark):
    assert marks(machine.python(running)) == [mark]


@pytest.mark.parametrize(
    ("free", "mark"),
    [(machine.LEAST_FREE - 1, Mark.PROBLEM), (machine.PLENTY - 1, Mark.WARNING),
     (machine.PLENTY, Mark.OK)],
)  # fmt: skip
def test_a_disk_that_fills_up_is_told(tmp_path: Path, free: int, mark: Mark):
    settings = Settings(home=tmp_path / "not" / "there")

    assert marks(machine.disk(settings, lambda _: free)) == [mark]


def test_the_disk_of_a_database_elsewhere_is_looked_at_too(tmp_path: Path):
    home, elsewhere = tmp_path / "home", tmp_path / "elsewhere"
    elsewhere.mkdir()
    free = {tmp_path: machine.PLENTY, elsewhere: machine.LEAST_FREE - 1}
    settings = {"home": home, "database": f"sqlite:///{elsewhere}/coach.sqlite3"}

    found = list(machine.disk(Settings.model_validate(settings), free.__getitem__))

    assert [each.mark for each in found] == [Mark.OK, Mark.PROBLEM]
    assert str(elsewhere) in found[1].found
    assert "COACH_DATABASE" in found[1].remedy


@pytest.mark.parametrize(
    "database",
    ["postgresql://coach@db/coach", "sqlite:///HOME/coach.sqlite3", "sqlite:///:memory:"],
)
def test_no_other_disk_is_looked_at(tmp_path: Path, database: str):
    chosen = {"home": tmp_path, "database": database.replace("HOME", str(tmp_path))}
    settings = Settings.model_validate(chosen)

    assert marks(machine.disk(settings, lambda _: machine.PLENTY)) == [Mark.OK]


def test_a_machine_without_time_zones_is_told():
    def nowhere(_: str) -> object:
        raise machine.ZoneInfoNotFoundError

    (found,) = machine.zones(nowhere)

    assert found.mark is Mark.PROBLEM
    assert "tzdata" in found.remedy


def test_files_that_others_can_read_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    home = tmp_path / "home"
    settings = Settings(home=home)
    for name in ("coach.sqlite3", "backups/old", "closed/inner", "cache/vectors"):
        file = home / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
        file.chmod(0o644)
        file.parent.chmod(0o755)
    (home / "closed").chmod(0o700)

    (open_home,) = machine.home(settings)
    home.chmod(0o700)
    (closed_home,) = machine.home(settings)

    assert open_home.mark is Mark.WARNING
    assert open_home.found.endswith("others can read backups/old, coach.sqlite3")
    assert f"chmod -R go= {home}" in open_home.remedy
    assert closed_home.mark is Mark.OK


def test_an_env_file_that_others_can_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").touch(0o644)
    (tmp_path / ".env").chmod(0o644)

    _, found = machine.home(Settings(home=tmp_path / "home"))

    assert (found.subject, found.mark) == (".env", Mark.WARNING)


def test_a_look_that_does_not_end_is_given_up_and_the_next_one_is_taken():
    times = iter([0.0, 1.0, 100.0, 200.0, 201.0, 202.0])
    end = threading.Event()

    def endless() -> Iterator[Finding]:
        yield fine("one", "quick")
        end.wait()

    looks = (Look("one", endless, 60), Look("two", lambda: [fine("two", "well")], 60))
    examination = Examination(looks, clock=lambda: next(times))
    try:
        first, late, second = examination.findings()
    finally:
        end.set()

    assert (first.mark, second.mark) == (Mark.OK, Mark.OK)
    assert (late.mark, late.found) == (Mark.PROBLEM, "not done within 60 seconds")
    assert examination.left == ["one"]


def test_what_nobody_foresaw_is_a_finding_and_never_a_traceback():
    def fails() -> Iterator[Finding]:
        raise KeyError("the moon, and a secret")

    (found,) = Examination([Look("one", fails, 60)]).findings()

    assert (found.mark, found.found) == (Mark.PROBLEM, "could not be looked at (KeyError)")
    assert found.remedy


def test_no_secret_is_in_what_is_found():
    settings = Settings(database="postgresql://me:hunter2@db/coach")  # type: ignore[arg-type]
    look = Look("one", lambda: [fine("one", f"went to {settings.database_url}")], 60)

    (found,) = Examination([look], secrets_in(settings)).findings()

    assert found.found == "went to ••••••"
