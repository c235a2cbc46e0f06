"""What the coach stores is closed to other accounts, whoever made the folder."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Coach


@pytest.fixture(autouse=True)
def open_handed() -> Iterator[None]:
    """Begin with the mask that most systems have, and leave with it."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def modes(folder: Path) -> dict[str, int]:
    return {
        str(file.relative_to(folder)): stat.S_IMODE(file.stat().st_mode)
        for file in folder.rglob("*")
        if file.is_file()
    }


def test_every_file_is_its_owners_alone(coach: Coach, home: Path):
    home.mkdir(mode=0o755)
    (home / "history").write_text("/ask", encoding="utf-8")

    coach("chat", stdin=b"/privacy export mine.json\n/quit\n")
    coach("db", "upgrade")

    found = modes(home)
    assert {"coach.sqlite3", "coach.log", "history"} <= set(found)
    assert {name: mode for name, mode in found.items() if mode & 0o077} == {}
    assert stat.S_IMODE(home.stat().st_mode) == 0o755


def test_a_database_is_made_for_its_owner_alone(coach: Coach, home: Path):
    coach("db", "upgrade")

    assert {name: mode for name, mode in modes(home).items() if mode & 0o077} == {}


@pytest.mark.parametrize("command", [("db", "tidy"), ("db", "backup", "HERE/copy.sqlite3")])
def test_a_command_that_serves_nobody_leaves_nothing_open_either(
    coach: Coach, home: Path, command: tuple[str, ...]
):
    home.mkdir(mode=0o755)
    coach("db", "upgrade")

    coach(*(word.replace("HERE", str(home)) for word in command))

    assert {name: mode for name, mode in modes(home).items() if mode & 0o077} == {}


def test_a_file_of_another_name_stays_where_it_is(coach: Coach, home: Path, tmp_path: Path):
    other = tmp_path / "other"
    other.write_text("mine", encoding="utf-8")
    other.chmod(0o644)
    home.mkdir()
    (home / "link").symlink_to(other)

    coach("chat", stdin=b"/quit\n")

    assert stat.S_IMODE(other.stat().st_mode) == 0o644
