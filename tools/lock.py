"""Write both lock files anew from pyproject.toml: the command behind `make lock`.

pip resolves in a throw-away environment and reports what it would install; nothing of the size of
PyTorch is installed for that. The oldest supported Python does it, because a version made for it
also serves the newer ones, while the newest releases often leave the oldest behind. What only
another Python or system needs is then asked for by name, and gets a marker.
"""

import json
import os
import sys
import tempfile
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tools.environment import CannotInstallError
from tools.pip_errors import explain, tail
from tools.process import Progress, Run, Subprocesses

OLDEST = (3, 11)


class Resolver:
    """Ask pip which packages it would install."""

    def __init__(self, run: Run, folder: Path, torch_index: str = "") -> None:
        self._run = run
        self._folder = folder
        self._extra = ["--extra-index-url", torch_index] if torch_index else []
        self.python = folder / "venv" / "bin" / "python"

    def make(self) -> None:
        """Make the throw-away environment."""
        self._do([sys.executable, "-m", "venv", str(self._folder / "venv")])
        self._do([str(self.python), "-m", "pip", "install", "packaging"])

    def resolve(self, requirements: Sequence[str]) -> list[dict[str, Any]]:
        """Resolve requirements with all they need, for this Python and this system."""
        return self._report("--ignore-installed", *requirements)

    def resolve_one(
        self, requirement: str, python: str, tags: Sequence[str]
    ) -> list[dict[str, Any]]:
        """Resolve one requirement without what it needs, for another Python or system.

        pip would hold what a package says about its Python against the one that runs here; whoever
        asks looks at that.
        """
        platforms = [word for tag in tags for word in ("--platform", tag)]
        target = ["--python-version", python, "--only-binary=:all:", "--target", str(self._folder)]
        return self._report(
            "--no-deps", "--ignore-requires-python", *target, *platforms, requirement
        )

    def _report(self, *arguments: str) -> list[dict[str, Any]]:
        report = self._folder / "report.json"
        pip = [str(self.python), "-m", "pip", "install", "--dry-run", "--no-input"]
        self._do([*pip, *self._extra, "--report", str(report), *arguments])
        installs = json.loads(report.read_text(encoding="utf-8"))["install"]
        return [install["metadata"] for install in installs]

    def _do(self, command: Sequence[str]) -> None:
        outcome = self._run(command)
        if outcome.returncode:
            last = " / ".join(tail(outcome.output, 3))
            raise CannotInstallError(explain(outcome.output) or f"pip failed: {last}")


def lock(root: Path, say: Progress) -> None:
    """Resolve the dependencies in pyproject.toml and write the lock files."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    runtime = project["dependencies"]
    dev = project["optional-dependencies"]["dev"]
    with tempfile.TemporaryDirectory() as folder:
        run = Subprocesses(say)
        resolver = Resolver(run, Path(folder), os.environ.get("TORCH_INDEX", "").strip())
        say("1/2 making a throw-away environment")
        resolver.make()
        say("2/2 resolving")
        _borrow_packaging(Path(folder))
        from tools.pins import Pins

        pins = Pins(resolver.resolve([*runtime, *dev]))
        pins.complete([*runtime, *dev], resolver)
        locked = pins.write(root, runtime, dev)
    say(f"locked {locked} packages")


def _borrow_packaging(folder: Path) -> None:
    """Let this process import `packaging`, which only the throw-away environment has."""
    found = sorted((folder / "venv").glob("lib/python3*/site-packages"))
    sys.path.extend(str(path) for path in found)


def main() -> int:
    """Check the version and lock."""
    if sys.version_info[:2] != OLDEST:
        sys.stderr.write("error: locking needs Python 3.11, the oldest supported one\n")
        return 1
    try:
        lock(Path(__file__).resolve().parent.parent, Progress("lock"))
    except (CannotInstallError, OSError, ValueError, LookupError) as error:
        sys.stderr.write(f"error: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
