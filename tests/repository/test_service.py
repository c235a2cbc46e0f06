"""The unit for systemd runs what there is, with settings that are some."""

import shutil
import subprocess
import sys

import pytest

from bot.cli import app
from tests.repository.checkout import longest_stop, text, unknown_settings

UNIT = "docs/coach.service"
PROGRAM = "/opt/interview-coach/bin/coach"


def values(key):
    """The values of a key, in order."""
    pairs = (line.split("=", 1) for line in text(UNIT).splitlines() if "=" in line)
    return [value for name, value in pairs if name == key]


def test_every_setting_that_it_names_is_one():
    assert unknown_settings(text(UNIT)) == set()


def test_it_starts_a_command_that_there_is():
    (start,) = values("ExecStart")
    program, command = start.split()

    assert program == PROGRAM
    assert command in {each.name for each in app.registered_commands}


def test_it_can_write_its_home_and_nobody_else_can_read_it():
    (state,), (mode,), (mask,) = map(values, ("StateDirectory", "StateDirectoryMode", "UMask"))
    home = f"/var/lib/{state}"

    assert f"COACH_HOME={home}" in values("Environment")
    assert values("WorkingDirectory") == [home]
    assert values("ProtectSystem") == ["strict"]
    assert (mode, mask) == ("0700", "0077")


def test_it_is_given_the_time_that_it_may_take_to_stop():
    assert int(values("TimeoutStopSec")[0]) > longest_stop()


def test_the_time_that_it_may_take_to_stop_is_told():
    told = f"takes up to {-(-longest_stop() // 5) * 5:g} seconds"

    assert told in text(UNIT)
    assert told in text("compose.yaml")


@pytest.mark.parametrize("key", ["ExecStart", "EnvironmentFile", "WorkingDirectory", "User"])
def test_the_documentation_sets_up_what_it_needs(key):
    (value,) = values(key)

    assert value.removeprefix("-").split()[0] in text("docs/operations.md")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not here")
def test_systemd_finds_no_fault_in_it(tmp_path):
    unit = tmp_path / "coach.service"
    unit.write_text(text(UNIT).replace(PROGRAM, sys.executable))

    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(unit)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert "coach.service" not in done.stdout + done.stderr
