"""A platform is its folder: without it, everything else is as it was."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.bootstrap.platforms import PLATFORMS
from tests.repository.checkout import ROOT

PARTS = ("bot", "grading", "knowledge", "migrations", "tests", "pyproject.toml")
LEFT_OUT = shutil.ignore_patterns("contrasts")

LEFT = """
import importlib, pkgutil, sys
import bot, pytest
for module in pkgutil.walk_packages(bot.__path__, "bot."):
    if module.name != "bot.__main__":
        importlib.import_module(module.name)
from bot.bootstrap.platforms import registered
from bot.cli import app
from typer.main import get_command
print(*(each.name for each in registered()))
print(*get_command(app).commands)
quickly = ("-q", "-p", "no:cacheprovider", "--hypothesis-profile", "few")
sys.exit(pytest.main([*quickly, *sys.argv[1:]]))
"""
"""Imports everything, prints platforms and commands, and runs tests: in the time of one start."""

CORE = ("practice/test_ratings.py", "daily/test_schedule.py", "words", "questions/test_banks.py")
"""Quick ones, of values, of words, and over a database."""


def run(tree: Path, *arguments: str) -> str:
    """Run Python in the tree and return what it printed; the test fails where it does."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COACH_")}
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=tree,
        env=kept | {"COACH_HOME": str(tree / "home"), "PYTHONPATH": str(tree)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(params=PLATFORMS)
def gone(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The name of a platform, whose folders are missing in a copy of the tree."""
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, tmp_path / part, ignore=LEFT_OUT)
        else:
            shutil.copy(ROOT / part, tmp_path)
    shutil.rmtree(tmp_path / "bot" / "platforms" / request.param)
    shutil.rmtree(tmp_path / "tests" / "platforms" / request.param)
    return str(request.param)


@pytest.mark.slow
def test_a_platform_is_removed_by_deleting_its_folder(gone: str, tmp_path: Path):
    left = [name for name in PLATFORMS if name != gone]

    core = [f"tests/core/{each}" for each in CORE]
    platforms, commands = (
        line.split() for line in run(tmp_path, "-c", LEFT, *core).splitlines()[:2]
    )
    assert platforms == left
    assert {"run", "knowledge"} < set(commands)
    alone = {"discord": "discord", "slack": "slack", "terminal": "chat"}
    assert {name for name, command in alone.items() if command in commands} == set(left)

    assert "questions with" in run(tmp_path, "-m", "bot", "knowledge", "check")
