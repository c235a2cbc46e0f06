import json
import re

import pytest

from tests.repository.checkout import ROOT, dockerfile, project, text


def instructions(name):
    return [arguments for instruction, arguments in dockerfile() if instruction == name]


def copied():
    """What comes from the checkout; a copy from the other stage does not."""
    sources = []
    for arguments in instructions("COPY"):
        if not arguments.startswith("--from"):
            sources += arguments.split()[:-1]
    return sources


@pytest.mark.parametrize("source", copied())
def test_what_is_copied_exists(source):
    assert (ROOT / source).exists()


@pytest.mark.parametrize("source", copied())
def test_what_is_copied_is_sent_to_the_builder(source):
    assert f"!{source}" in text(".dockerignore").splitlines()


def test_nothing_else_is_sent_to_the_builder():
    lines = [line for line in text(".dockerignore").splitlines() if not line.startswith("#")]
    assert lines[0] == "*"
    assert sorted(line[1:] for line in lines if line.startswith("!")) == sorted(copied())


def test_every_package_of_the_project_is_copied():
    packages = re.search(r'^packages = \["bot".*\]$', text("pyproject.toml"), re.MULTILINE)
    assert packages is not None
    assert set(re.findall(r'"(\w+)"', packages.group())) <= set(copied())


def test_the_locked_dependencies_come_before_the_source():
    assert copied()[:2] == ["requirements.lock", "pyproject.toml"]
    first, last = (command for command in instructions("RUN") if "uv pip install" in command)
    assert "--constraints requirements.lock -r pyproject.toml" in first
    assert last.endswith("--no-deps .")


def test_it_takes_uv_and_the_index_of_cpu_builds_as_the_install_does():
    first = next(command for command in instructions("RUN") if "uv pip install" in command)
    for words in ("'/^uv==/, !/\\\\$/'", "--index-strategy unsafe-best-match", "--require-hashes"):
        assert words in first
        assert words in text("tools/install")


def test_the_entry_point_is_the_console_script():
    (entry,) = instructions("ENTRYPOINT")
    assert json.loads(entry) == list(project()["scripts"])


def test_the_image_runs_as_somebody_and_keeps_data_in_the_volume():
    (user,) = instructions("USER")
    assert user not in {"root", "0"}
    (volume,) = instructions("VOLUME")
    settings = instructions("ENV")[-1].split()
    assert f"COACH_HOME={volume}" in settings
    assert "HF_HUB_OFFLINE=1" in settings


def test_the_last_stage_starts_from_the_same_slim_python():
    stages = [arguments.split()[0] for arguments in instructions("FROM")]
    assert stages == ["python:3.11-slim"] * 2
    last = [name for name, _ in dockerfile()][::-1].index("FROM")
    final = dockerfile()[-last:]
    assert not [text for name, text in final if name == "RUN" and ("apt" in text or "pip" in text)]
