"""Bring `.venv` in line with the lock files, or see at once that it is.

The state is one file, `.venv/install-state.json`. It is replaced by a note before the work starts
and written whole after it ends, so an interrupted install is told from a finished one:

    no .venv, another Python, another folder, no or an unfinished state  →  build from nothing
    another digest of what is to be installed                            →  let pip update it
    the same state, and Python and the command are there                 →  nothing to do

A lock on the checkout's folder keeps two runs apart. It leaves no file behind.
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import json
import os
import platform
import shutil
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.pip_errors import DISK_FULL, explain, tail
from tools.process import Progress, Run, Subprocesses

NEEDED_BYTES = 2_500_000_000  # PyTorch's CPU build, the other packages and pip's temporary files
LOCKS = ("requirements.lock", "requirements-dev.lock")
# Python compiles what is imported when it is; compiling all of it doubles the time.
PIP_OPTIONS = ("--no-input", "--disable-pip-version-check", "--progress-bar=off", "--no-compile")
UNFINISHED: dict[str, str] = {"unfinished": "yes"}
VERSION_QUESTION = "import platform; print(platform.python_version())"


class CannotInstallError(Exception):
    """The install cannot go on; the message is one line that says what to do."""


def free_bytes(folder: Path) -> int:
    """Measure the free space of the disk that holds a folder."""
    return shutil.disk_usage(folder).free


def has_module(name: str) -> bool:
    """Say whether this Python can import a module."""
    return importlib.util.find_spec(name) is not None


@dataclass(frozen=True)
class Machine:
    """What the installer asks of the machine; tests hand in their own answers."""

    run: Run
    say: Callable[[str], None]
    python: str = sys.executable
    version: str = platform.python_version()
    torch_index: str = ""
    free_bytes: Callable[[Path], int] = free_bytes
    has_module: Callable[[str], bool] = has_module


class Environment:
    """The virtual environment of one checkout."""

    def __init__(self, root: Path, machine: Machine) -> None:
        self._root = root
        self._machine = machine
        self._venv = root / ".venv"
        self._python = self._venv / "bin" / "python"
        self._state_file = self._venv / "install-state.json"
        self._pip_log = self._venv / "pip.log"

    def ensure(self) -> None:
        """Build or update the environment, unless it is as wanted.

        Raises:
            CannotInstallError: With the reason and the way out.
        """
        state, wanted = self._state(), self._wanted()
        fault = self._fault(state, wanted)
        if fault is not None:
            self._build(fault)
        elif state["digest"] != wanted["digest"]:
            self._update(state)
        else:
            return
        self._write_state(wanted)
        self._machine.say("ready")

    def _build(self, fault: str) -> None:
        missing = [name for name in ("venv", "ensurepip") if not self._machine.has_module(name)]
        if missing:
            raise CannotInstallError(_no_venv(self._machine.version))
        self._remove(fault)
        self._check_disk()
        self._venv.mkdir()
        self._write_state(UNFINISHED)
        self._machine.say(f"1/3 making .venv with Python {self._machine.version}")
        self._make_venv()
        self._install_packages()

    def _update(self, state: dict[str, str]) -> None:
        self._machine.say("1/3 the lock files or pyproject.toml changed: updating .venv")
        self._write_state(UNFINISHED)
        try:
            self._install_packages()
        except CannotInstallError:
            self._write_state(state)  # pip rolled back: the old environment still serves
            raise

    def _install_packages(self) -> None:
        self._pip_log.unlink(missing_ok=True)
        count = sum(self._count_pins(name) for name in LOCKS)
        self._machine.say(f"2/3 installing {count} locked packages; PyTorch is the largest")
        index = self._machine.torch_index
        extra = ["--extra-index-url", index] if index else []
        self._pip(*extra, "-r", str(self._root / LOCKS[-1]))
        self._machine.say("3/3 installing the project")
        self._pip("--no-deps", "-e", str(self._root))

    def _pip(self, *arguments: str) -> None:
        command = [str(self._python), "-m", "pip", "install", *PIP_OPTIONS]
        outcome = self._machine.run([*command, "--log", str(self._pip_log), *arguments])
        if outcome.returncode == 0:
            return
        reason = explain(outcome.output)
        if reason is None:
            for line in tail(outcome.output):
                self._machine.say(f"    {line}")
            reason = f"pip failed; its last lines are above, all of them in {self._pip_log}"
        raise CannotInstallError(reason)

    def _make_venv(self) -> None:
        outcome = self._machine.run([self._machine.python, "-m", "venv", str(self._venv)])
        if outcome.returncode == 0:
            return
        if "ensurepip" in outcome.output:
            raise CannotInstallError(explain(outcome.output) or _no_venv(self._machine.version))
        told = tail(outcome.output, 1) or ["it said nothing"]
        raise CannotInstallError(explain(outcome.output) or f"cannot make .venv: {told[0]}")

    def _remove(self, fault: str) -> None:
        """Clear the way for a new environment, but delete nothing that is not one."""
        if self._venv.is_symlink():
            self._venv.unlink()
        elif self._venv.is_dir():
            ours = self._state_file.exists() or (self._venv / "pyvenv.cfg").exists()
            if not ours and any(self._venv.iterdir()):
                raise CannotInstallError(".venv is not a virtual environment: move it away")
            self._machine.say(f"removing .venv: {fault}")
            shutil.rmtree(self._venv)

    def _check_disk(self) -> None:
        free = self._machine.free_bytes(self._root)
        if free < NEEDED_BYTES:
            raise CannotInstallError(
                f"too little disk space: {free / 1e9:.1f} GB free, "
                f"about {NEEDED_BYTES / 1e9:.1f} GB needed"
            )

    def _fault(self, state: dict[str, str], wanted: dict[str, str]) -> str | None:
        """Say why the environment cannot be kept, or return None."""
        if state == UNFINISHED:
            return "the last install did not finish"
        if "digest" not in state:
            return "it was not made by `make install`"
        if state.get("root") != wanted["root"]:
            return "the checkout was moved or copied"
        if state.get("python") != wanted["python"]:
            return f"it is for Python {state.get('python')}, this is {wanted['python']}"
        return None if self._works() else "its Python or its commands are gone"

    def _works(self) -> bool:
        if not (self._python.exists() and (self._venv / "bin" / "coach").exists()):
            return False
        outcome = self._machine.run([str(self._python), "-I", "-S", "-c", VERSION_QUESTION])
        return outcome.returncode == 0 and outcome.output.strip() == self._machine.version

    def _wanted(self) -> dict[str, str]:
        digest = hashlib.sha256()
        for name in LOCKS:
            digest.update(self._read(name))
        relevant = _installed_part(self._read("pyproject.toml"))
        digest.update(json.dumps(relevant, sort_keys=True).encode())
        return {
            "digest": digest.hexdigest(),
            "python": self._machine.version,
            "root": str(self._root),
        }

    def _state(self) -> dict[str, str]:
        try:
            state = json.loads(self._state_file.read_bytes())
        except (OSError, ValueError):
            return {}
        return state if isinstance(state, dict) else {}

    def _write_state(self, state: dict[str, str]) -> None:
        draft = self._state_file.with_suffix(".new")
        draft.write_text(json.dumps(state, indent=2) + "\n", encoding="utf-8")
        draft.replace(self._state_file)

    def _read(self, name: str) -> bytes:
        try:
            return (self._root / name).read_bytes()
        except FileNotFoundError:
            raise CannotInstallError(f"{name} is missing: restore it or run `make lock`") from None

    def _count_pins(self, name: str) -> int:
        return self._read(name).count(b"==")


def _installed_part(pyproject: bytes) -> dict[str, Any]:
    """Take from pyproject.toml what changes an installed project; tool settings do not."""
    try:
        content = tomllib.loads(pyproject.decode("utf-8"))
    except ValueError as error:
        raise CannotInstallError(f"pyproject.toml cannot be read: {error}") from None
    hatch = content.get("tool", {}).get("hatch", {})
    return {"build": content.get("build-system"), "project": content["project"], "hatch": hatch}


def _no_venv(version: str) -> str:
    minor = version.rpartition(".")[0]
    return (
        f"Python {version} has no venv or ensurepip module: install it "
        f"(Debian and Ubuntu: apt install python{minor}-venv) or name another with PYTHON="
    )


@contextlib.contextmanager
def alone(root: Path, say: Callable[[str], None]) -> Iterator[int]:
    """Hold the checkout's lock, waiting for another run to end.

    The descriptor goes on to the children: a pip that outlives a killed installer keeps the lock.
    """
    descriptor = os.open(root, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("another install is at work here: waiting for it")
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        except OSError:
            say("this file system has no locks: do not run two installs at once")
        yield descriptor
    finally:
        os.close(descriptor)


def install(folder: str) -> int:
    """Install the checkout in a folder and return the exit status."""
    root, say = Path(folder), Progress("install")
    try:
        with alone(root, say) as lock:
            machine = Machine(
                run=Subprocesses(say, kept=(lock,)),
                say=say,
                torch_index=os.environ.get("TORCH_INDEX", "").strip(),
            )
            Environment(root, machine).ensure()
    except CannotInstallError as error:
        return _refuse(str(error))
    except KeyboardInterrupt:
        return _refuse("interrupted; the next run starts over", status=130)
    except OSError as error:
        full = explain(str(error)) == DISK_FULL
        return _refuse(DISK_FULL if full else f"cannot install: {error}")
    return 0


def _refuse(message: str, status: int = 1) -> int:
    sys.stderr.write(f"error: {message}\n")
    return status
