import os
import shutil
import subprocess
import sys

import pytest

from tests.repository.checkout import ROOT


@pytest.fixture
def folder(tmp_path):
    """A folder that is the whole PATH, but for the shell's own tools, which are built in."""
    path = tmp_path / "path"
    path.mkdir()
    return path


def a_python(path, answer):
    """Put a Python there that answers the script's question so, or fails without an answer."""
    ending = f"echo '{answer}'" if answer else "echo 'shim: not installed' >&2; exit 127"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{ending}\n")
    path.chmod(0o755)


def find(folder, *arguments):
    shell = shutil.which("sh")
    return subprocess.run(
        [shell, str(ROOT / "tools/find-python"), *arguments],
        cwd=folder.parent,
        env={"PATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_first_that_fits_is_taken(folder):
    a_python(folder / "python3", "3.8.18 False True /old")
    a_python(folder / "python3.13", "")
    a_python(folder / "python3.12", "3.12.1 True True /a folder/python3.12")
    a_python(folder / "python3.11", "3.11.7 True True /never/asked")
    done = find(folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, "/a folder/python3.12\n", "")


def test_a_shim_hides_no_python_further_along_the_path(folder, tmp_path):
    a_python(folder / "python3", "")
    a_python(tmp_path / "further/python3", "3.11.2 True True /usr/python3")
    both = f"{folder}{os.pathsep}{tmp_path / 'further'}"
    shell = shutil.which("sh")
    command = [shell, str(ROOT / "tools/find-python")]
    done = subprocess.run(
        command, cwd=tmp_path, env={"PATH": both}, capture_output=True, text=True, check=False
    )
    assert done.stdout == "/usr/python3\n"


def test_the_python_of_the_environment_comes_first(folder, tmp_path):
    a_python(tmp_path / ".venv/bin/python", "3.11.7 True True /base/python3.11")
    a_python(folder / "python3", "3.13.0 True True /other")
    assert find(folder).stdout == "/base/python3.11\n"


def test_nothing_fits(folder):
    a_python(folder / "python3", "3.10.13 False True /old")
    a_python(folder / "python3.12", "")
    done = find(folder)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert f"{folder}/python3 is 3.10.13" in done.stderr
    assert f"{folder}/python3.12 does not run" in done.stderr
    assert "PYTHON=" in done.stderr


def test_no_python_at_all(folder):
    done = find(folder)
    assert done.returncode == 1
    assert "no python3 on PATH" in done.stderr


def test_a_given_python_is_the_only_candidate(folder):
    a_python(folder / "mine", "3.14.0 False True /new")
    a_python(folder / "python3", "3.11.7 True True /fits")
    done = find(folder, str(folder / "mine"))
    assert done.returncode == 1
    assert "mine is 3.14.0" in done.stderr


def test_one_without_venv_is_the_last_resort(folder):
    a_python(folder / "python3", "3.11.2 True False /bare")
    a_python(folder / "python3.12", "3.12.1 True True /whole")
    assert find(folder).stdout == "/whole\n"
    (folder / "python3.12").unlink()
    assert find(folder).stdout == "/bare\n"


def test_a_virtual_environment_leads_to_the_python_it_was_made_from(folder):
    done = find(folder, sys.executable)
    assert done.stdout.strip() == getattr(sys, "_base_executable", sys.executable)
