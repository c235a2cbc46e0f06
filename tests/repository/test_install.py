import fcntl
import os
import threading

import pytest

from tools.environment import (
    NEEDED_BYTES,
    CannotInstallError,
    Environment,
    Machine,
    alone,
    install,
)
from tools.install import refusal
from tools.pip_errors import DISK_FULL, NO_NETWORK
from tools.process import Outcome

PYPROJECT = '[project]\nname = "x"\nversion = "1"\ndependencies = []\n[tool.ruff]\nx = 1\n'


class Commands:
    """Stands in for venv and pip: makes the files that they make, or fails as told."""

    def __init__(self, root):
        self.root = root
        self.done = []
        self.failures = {}
        self.version = "3.11.7"

    def __call__(self, command):
        kind = "venv" if "venv" in command else "probe" if "-c" in command else "pip"
        if kind != "probe":
            self.done.append(kind)
        if self.failures.get(kind) is KeyboardInterrupt:
            raise KeyboardInterrupt
        if kind in self.failures:
            return Outcome(1, self.failures[kind])
        if kind == "probe":
            return Outcome(0, f"{self.version}\n")
        name = "python" if kind == "venv" else "coach"
        (self.root / ".venv/bin").mkdir(exist_ok=True)
        (self.root / ".venv/bin" / name).touch()
        return Outcome(0, "")


@pytest.fixture
def root(tmp_path):
    folder = tmp_path / "checkout"
    folder.mkdir()
    (folder / "requirements.lock").write_text("a==1\n")
    (folder / "requirements-dev.lock").write_text("-r requirements.lock\nb==2\n")
    (folder / "pyproject.toml").write_text(PYPROJECT)
    return folder


@pytest.fixture
def commands(root):
    return Commands(root)


FROM_NOTHING = ["venv", "pip", "pip"]
UPDATE = ["pip", "pip"]


def ensure(root, commands, **changes):
    """Run the installer once; return the commands it needed and what it said."""
    commands.done, said = [], []
    machine = {"run": commands, "say": said.append, "python": "python3", "version": "3.11.7"}
    machine |= {"free_bytes": lambda _: NEEDED_BYTES, "has_module": lambda _: True}
    Environment(root, Machine(**machine | changes)).ensure()
    return commands.done, said


def refused(root, commands, **changes):
    with pytest.raises(CannotInstallError) as caught:
        ensure(root, commands, **changes)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_the_first_run_builds_and_the_second_does_nothing(root, commands):
    assert ensure(root, commands)[0] == FROM_NOTHING
    assert ensure(root, commands) == ([], [])


def test_touching_files_changes_nothing(root, commands):
    ensure(root, commands)
    for name in ("requirements.lock", "requirements-dev.lock", "pyproject.toml"):
        os.utime(root / name, (0, 0))
    assert ensure(root, commands)[0] == []


def test_settings_of_tools_change_nothing(root, commands):
    ensure(root, commands)
    (root / "pyproject.toml").write_text(PYPROJECT.replace("x = 1", "x = 2"))
    assert ensure(root, commands)[0] == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("requirements.lock", "a==2\n"),
        ("requirements-dev.lock", "-r requirements.lock\nb==3\n"),
        ("pyproject.toml", PYPROJECT.replace("[]", '["a"]')),
    ],
)
def test_a_change_that_matters_updates_without_building_anew(root, commands, name, content):
    ensure(root, commands)
    (root / name).write_text(content)
    assert ensure(root, commands)[0] == UPDATE
    assert ensure(root, commands)[0] == []


@pytest.mark.parametrize("step", ["venv", "pip"])
def test_an_interrupted_install_is_repaired(root, commands, step):
    commands.failures = {step: KeyboardInterrupt}
    with pytest.raises(KeyboardInterrupt):
        ensure(root, commands)
    commands.failures = {}
    done, said = ensure(root, commands)
    assert done == FROM_NOTHING
    assert said[0] == "removing .venv: the last install did not finish"


def test_an_interrupted_update_is_repaired(root, commands):
    ensure(root, commands)
    (root / "requirements.lock").write_text("a==2\n")
    commands.failures = {"pip": KeyboardInterrupt}
    with pytest.raises(KeyboardInterrupt):
        ensure(root, commands)
    commands.failures = {}
    assert ensure(root, commands)[0] == FROM_NOTHING


def test_a_refused_update_leaves_the_environment_in_use(root, commands):
    ensure(root, commands)
    before = (root / "requirements.lock").read_text()
    (root / "requirements.lock").write_text("a==2\n")
    commands.failures = {"pip": "NewConnectionError"}
    assert refused(root, commands) == NO_NETWORK
    (root / "requirements.lock").write_text(before)
    assert ensure(root, commands)[0] == []


def test_another_python_builds_anew(root, commands):
    ensure(root, commands)
    commands.version = "3.12.1"
    done, said = ensure(root, commands, version="3.12.1")
    assert done == FROM_NOTHING
    assert said[0] == "removing .venv: it is for Python 3.11.7, this is 3.12.1"


def test_a_python_that_is_gone_builds_anew(root, commands):
    ensure(root, commands)
    python = root / ".venv/bin/python"
    python.unlink()
    python.symlink_to(root / "uninstalled")
    assert ensure(root, commands)[0] == FROM_NOTHING


def test_a_python_that_does_not_run_builds_anew(root, commands):
    ensure(root, commands)
    commands.version = "3.11.8"
    assert ensure(root, commands)[0] == FROM_NOTHING


def test_a_lost_command_builds_anew(root, commands):
    ensure(root, commands)
    (root / ".venv/bin/coach").unlink()
    assert ensure(root, commands)[0] == FROM_NOTHING


def test_a_moved_checkout_builds_anew(root, commands):
    ensure(root, commands)
    commands.root = root.rename(root.with_name("elsewhere"))
    done, said = ensure(commands.root, commands)
    assert done == FROM_NOTHING
    assert said[0] == "removing .venv: the checkout was moved or copied"


def test_a_damaged_state_builds_anew(root, commands):
    ensure(root, commands)
    (root / ".venv/install-state.json").write_text("{half")
    assert ensure(root, commands)[0] == FROM_NOTHING


def test_a_folder_that_is_no_environment_is_left_alone(root, commands):
    (root / ".venv").mkdir()
    (root / ".venv/letters.txt").write_text("dear")
    assert "move it away" in refused(root, commands)
    assert (root / ".venv/letters.txt").read_text() == "dear"


def test_a_link_is_removed_and_not_what_it_leads_to(root, commands, tmp_path):
    (tmp_path / "big disk").mkdir()
    (tmp_path / "big disk/kept").touch()
    (root / ".venv").symlink_to(tmp_path / "big disk")
    assert ensure(root, commands)[0] == FROM_NOTHING
    assert (tmp_path / "big disk/kept").exists()


@pytest.mark.parametrize("lacking", ["venv", "ensurepip"])
def test_no_venv_module(root, commands, lacking):
    message = refused(root, commands, has_module=lambda name: name != lacking)
    assert "python3.11-venv" in message
    assert commands.done == []


def test_ensurepip_without_its_wheels(root, commands):
    commands.failures = {"venv": "ensurepip is not\navailable"}
    assert "python3.11-venv" in refused(root, commands)


def test_a_venv_that_fails_otherwise(root, commands):
    commands.failures = {"venv": "Error: no\nError: [Errno 13] Permission denied\n"}
    assert refused(root, commands).endswith("Permission denied")


def test_no_disk_space_before(root, commands):
    message = refused(root, commands, free_bytes=lambda _: 900_000_000)
    assert message == "too little disk space: 0.9 GB free, about 2.5 GB needed"
    assert commands.done == []


@pytest.mark.parametrize("step", ["venv", "pip"])
def test_no_disk_space_during(root, commands, step):
    commands.failures = {step: "OSError: [Errno 28] No space left on device"}
    assert refused(root, commands) == DISK_FULL


def test_no_network(root, commands):
    commands.failures = {"pip": "WARNING: connection broken by 'NewConnectionError(...)'"}
    assert refused(root, commands) == NO_NETWORK
    commands.failures = {}
    assert ensure(root, commands)[0] == FROM_NOTHING


def test_an_entry_that_does_not_resolve(root, commands):
    commands.failures = {"pip": "ERROR: No matching distribution found for a==99"}
    assert refused(root, commands).startswith("a==99 does not resolve")


def test_any_other_failure_names_pips_log(root, commands):
    commands.failures = {"pip": "ERROR: something new\n"}
    assert refused(root, commands).endswith(str(root / ".venv/pip.log"))


def test_a_missing_lock_file(root, commands):
    (root / "requirements.lock").unlink()
    assert refused(root, commands).startswith("requirements.lock is missing")


def test_a_broken_pyproject(root, commands):
    (root / "pyproject.toml").write_text("[project\n")
    assert refused(root, commands).startswith("pyproject.toml cannot be read")


def test_the_index_of_cpu_builds_is_passed_to_pip(root):
    seen = []
    commands = Commands(root)

    def run(command):
        seen.append(list(command))
        return commands(command)

    ensure(root, commands, run=run, torch_index="file:///builds")
    locked = next(command for command in seen if "-r" in command)
    assert locked[locked.index("--extra-index-url") + 1] == "file:///builds"


def test_a_second_run_waits_for_the_first(tmp_path):
    said, entered = [], threading.Event()
    first = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(first, fcntl.LOCK_EX)

    def second():
        with alone(tmp_path, said.append):
            entered.set()

    thread = threading.Thread(target=second)
    thread.start()
    assert not entered.wait(0.2)
    os.close(first)
    thread.join(10)
    assert entered.is_set()
    assert said == ["another install is at work here: waiting for it"]


def test_the_command_says_one_line_and_fails(root, capsys):
    (root / "requirements.lock").unlink()
    assert install(str(root)) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err == "error: requirements.lock is missing: restore it or run `make lock`\n"


@pytest.mark.parametrize("version", [(3, 6, 15), (3, 10, 13), (3, 14, 0)])
def test_an_unfitting_python_is_told_so(version):
    message = refusal(version)
    assert ".".join(map(str, version)) in message
    assert "3.11, 3.12 or 3.13" in message


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 13, 9)])
def test_a_fitting_python_is_let_through(version):
    assert refusal(version) == ""
