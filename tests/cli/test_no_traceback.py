"""No command shows a traceback, whichever setting is missing, odd or of no use."""

import os
import subprocess
import sys
from pathlib import Path
from subprocess import PIPE

import pytest

from bot.cli import questions
from tests.application import move_in
from tests.cli.conftest import Coach, Outcome
from tests.cli.test_help import EVERY

NEEDS = {
    "bench": ("--quick",),  # with settings of no use it would measure for a minute
    "daily": ("--once",),
    "db backup": ("copy.sqlite3",),
    "db copy": ("sqlite:///one.sqlite3", "sqlite:///other.sqlite3"),
    "db restore": ("copy.sqlite3",),
    "discord translations": ("it",),
    "evaluate": ("--bank", "--half", "held-out"),
    "grade": ("drift", "--answer", "It changes."),
    "knowledge search": ("drift",),
    "knowledge show": ("drift",),
}
"""What a command needs to be run at all."""

UNSET = {
    ("db", "copy"),
    ("grader",),
    ("knowledge", "export"),
    ("knowledge", "import"),
    ("knowledge", "site"),
    ("knowledge", "test"),
    ("simulate",),
}
"""Commands that read no setting before they are given something to work on."""

ODD = {
    "COACH_BUSY_SECONDS": "soon",
    "COACH_DATABASE": "mysql://here",
    "COACH_DISCORD": "a token",
    "COACH_DISCORD__API_URL": "here",
    "COACH_DISCORD__TRANSLATIONS": "no/such/folder",
    "COACH_LOG_LEVEL": "LOUD",
    "COACH_POLL_SECONDS": "0",
    "COACH_PRECISION": "half",
    "COACH_RETENTION_DAYS": "1.5",
    "COACH_SLACK__MODE": "pigeon",
}

USELESS = {
    "COACH_DATABASE": "postgresql://nobody@127.0.0.1:9/nothing",
    "COACH_HOME": "a-file",
    "COACH_KNOWLEDGE": "no/such/folder",
    "COACH_MODEL": "no/such/model",
}
"""They can be read, but nothing is there."""


@pytest.fixture(autouse=True)
def a_file(home: Path, tmp_path: Path) -> None:
    move_in(home / "coach.sqlite3")
    (tmp_path / "a-file").write_text("mine", encoding="utf-8")


def told(outcome: Outcome) -> str:
    """Return what a command said; of one that could not do it, one line on stderr."""
    assert "Traceback" not in outcome.out + outcome.err
    assert outcome.status in {0, 1, 2}
    if outcome.status == 1:
        assert outcome.err.strip().splitlines()[-1].startswith("coach: ")
        assert outcome.err.count("coach: ") == 1
    return outcome.err


@pytest.mark.parametrize("path", [("discord", "invite"), ("discord", "sync"), ("run",)], ids=repr)
def test_without_a_token_the_setting_is_named(coach: Coach, path: tuple[str, ...]):
    line = told(coach(*path))

    assert "COACH_DISCORD__TOKEN" in line
    assert line.count("\n") == 1


AWAY = {"COACH_DISCORD__TOKEN": "t", "COACH_DISCORD__API_URL": "http://127.0.0.1:9/api/v10"}


@pytest.mark.parametrize("path", [("discord", "invite"), ("discord", "sync")], ids=repr)
def test_without_a_network_the_platform_is_named(coach: Coach, path: tuple[str, ...]):
    line = told(coach(*path, **AWAY))

    assert "Discord" in line
    assert len([each for each in line.splitlines() if each.startswith("coach: ")]) == 1


@pytest.mark.slow
def test_without_a_network_whoever_serves_is_told_and_it_is_tried_again(tmp_path: Path):
    command = [sys.executable, "-m", "bot", "--home", str(tmp_path), "run"]
    told = ""
    with subprocess.Popen(command, env=os.environ | AWAY, stderr=PIPE, text=True) as serving:
        assert serving.stderr
        for told in serving.stderr:
            if "reaching discord" in told:
                break
        serving.terminate()
        assert "Traceback" not in serving.stderr.read()
    assert "Discord" in told
    assert serving.returncode == 0


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("path", [path for path in EVERY if path not in UNSET], ids=" ".join)
def test_an_odd_setting_is_named_by_every_command(coach: Coach, path: tuple[str, ...], name: str):
    command = " ".join(path)

    outcome = coach(*path, *NEEDS.get(command, ()), **{name: ODD[name]})

    line = told(outcome)
    assert outcome.status == 1
    assert name in line
    assert "input" not in line.casefold()
    assert "should" not in line


@pytest.mark.slow
@pytest.mark.parametrize("name", USELESS)
@pytest.mark.parametrize("path", [path for path in EVERY if path != ("bench",)], ids=" ".join)
def test_a_setting_of_no_use_is_no_traceback(coach: Coach, path: tuple[str, ...], name: str):
    command = " ".join(path)

    told(coach(*path, *NEEDS.get(command, ()), **{name: USELESS[name]}))


def test_what_nobody_foresaw_is_one_line_and_the_log_has_the_rest(
    coach: Coach, home: Path, monkeypatch: pytest.MonkeyPatch
):
    def fail(*_: object) -> None:
        raise KeyError("the moon\nis gone")

    monkeypatch.setattr(questions, "started_with", fail)

    outcome = coach("topics")

    line = told(outcome)
    assert (outcome.status, line.count("\n")) == (1, 1)
    assert "KeyError" in line
    assert str(home / "coach.log") in line
    log = (home / "coach.log").read_text(encoding="utf-8")
    assert "Traceback" in log
    assert line.rsplit(" ", 1)[1].strip(".\n") in log
