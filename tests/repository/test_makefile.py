import os
import re
import shutil
import subprocess

import pytest

from tests.repository.checkout import ROOT, project, text

TARGETS = [
    "help",
    "install",
    "chat",
    "test",
    "coverage",
    "faults",
    "quick",
    "check",
    "audit",
    "sbom",
    "fix",
    "lock",
    "clean",
]
PLUMBING = [
    *("Makefile", "Dockerfile", ".dockerignore", ".pre-commit-config.yaml", ".ci/run"),
    *("requirements.lock", "pyproject.toml", "tools/install"),
]


def run(command, folder=ROOT, **options):
    """Run a command as a person would: not as a part of the make that may run these tests."""
    variables = ("ARGS", "PYTHON", "TORCH_INDEX")
    mine = {
        name: value
        for name, value in os.environ.items()
        if name not in variables and not name.startswith(("MAKE", "MFLAGS", "GNUMAKEFLAGS"))
    }
    return subprocess.run(
        command,
        cwd=folder,
        env=mine,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
        **options,
    )


def make(*arguments, **options):
    return run(["make", *arguments], **options)


def test_help_is_the_default_and_names_every_target():
    by_default, by_name = make(), make("help")
    assert by_default.stdout == by_name.stdout
    assert re.findall(r"^make (\w+)", by_name.stdout, re.MULTILINE) == TARGETS


@pytest.mark.parametrize("target", TARGETS)
def test_every_target_has_a_readable_recipe(target):
    done = make("--dry-run", target)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("target", ["chat", "test", "quick", "check", "fix"])
def test_what_needs_the_environment_installs_first(target):
    assert "tools/install" in make("--dry-run", target).stdout


def test_locking_installs_only_where_uv_is_missing():
    (line,) = (line for line in make("--dry-run", "lock").stdout.splitlines() if "tools/" in line)
    assert line.startswith("[ -x .venv/bin/uv ] || ")


@pytest.mark.parametrize("target", ["chat", "test"])
def test_arguments_are_passed_on(target):
    lines = make("--dry-run", target, "ARGS=-x 'two words'").stdout.splitlines()
    runs = [line for line in lines if "pytest" in line or "coach chat" in line]
    assert runs
    assert all("-x 'two words'" in line for line in runs)


def test_coverage_is_measured_over_all_tests_by_itself():
    assert "--cov" in make("--dry-run", "coverage").stdout
    assert "--cov" not in make("--dry-run", "test").stdout


def a_checkout(folder):
    """A checkout whose installer does nothing and whose coach says what it was given."""
    coach = folder / ".venv/bin/coach"
    coach.parent.mkdir(parents=True)
    coach.write_text('#!/bin/sh\necho "$@"\ncat\n')
    coach.chmod(0o755)
    (folder / "tools").mkdir()
    (folder / "tools/install").touch()
    shutil.copy(ROOT / "Makefile", folder)
    return folder


def test_chat_reads_what_is_piped_in_and_prints_only_the_coach(tmp_path):
    checkout = a_checkout(tmp_path)
    done = make("chat", "ARGS=--topic 'a b'", folder=checkout, input="an answer\n")
    assert (done.returncode, done.stdout) == (0, "chat --topic a b\nan answer\n")


def test_chat_ends_when_standard_input_is_closed(tmp_path):
    checkout = a_checkout(tmp_path)
    done = run(["sh", "-c", "exec make chat <&-"], checkout)
    assert (done.returncode, done.stdout) == (0, "chat\n")


def test_every_place_names_the_same_pythons():
    oldest, too_new = re.findall(r"\((3), (\d+)\)", text("tools/install"))
    assert project()["requires-python"] == f">={'.'.join(oldest)},<{'.'.join(too_new)}"
    assert f"--python-version {'.'.join(oldest)} " in text("Makefile")


@pytest.mark.parametrize("name", PLUMBING)
def test_no_address_of_an_index_is_written_down(name):
    remote = re.compile(r"\b(https?|ftp|git\+\w+)://|index-url[= ]+[\"']?[a-z]", re.IGNORECASE)
    assert not remote.search(text(name))


def test_the_hooks_run_what_the_check_runs():
    entries = re.findall(r"entry: (\S+(?: check| format)?)", text(".pre-commit-config.yaml"))
    assert entries
    assert [entry for entry in entries if entry not in text("Makefile")] == []


@pytest.mark.parametrize("name", [".ci/run", "tools/install"])
def test_the_scripts_can_be_run(name):
    assert os.access(ROOT / name, os.X_OK)
