"""Run a command quietly and show a sign of life while it takes its time."""

import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, NamedTuple

HEARTBEAT_SECONDS = 10.0
# They would send packages elsewhere than into .venv, or bring modules from elsewhere.
MISLEADING = ("PIP_PREFIX", "PIP_ROOT", "PIP_TARGET", "PYTHONHOME", "PYTHONPATH")

_ACTIVITY = re.compile(r"^\s*(Building|Collecting|Downloading|Installing|Processing)\b(.*)")
_VERSION = re.compile(r"-\d|[=<>!~;(]")


class Outcome(NamedTuple):
    """How a command ended, and everything it wrote."""

    returncode: int
    output: str


Run = Callable[[Sequence[str]], Outcome]


class Progress:
    """Write lines with the seconds since the start; standard output stays clean for the coach."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._start = time.monotonic()

    def __call__(self, text: str) -> None:
        """Write one line to standard error."""
        seconds = time.monotonic() - self._start
        sys.stderr.write(f"{self._name}: [{seconds:3.0f} s] {text}\n")
        sys.stderr.flush()


@dataclass(frozen=True)
class Subprocesses:
    """Run commands without input, gather their output and report what they are at.

    Attributes:
        say: Takes a line for people.
        kept: Open files that children inherit, so that a lock outlives a killed installer.
    """

    say: Callable[[str], None]
    kept: tuple[int, ...] = ()

    def __call__(self, command: Sequence[str]) -> Outcome:
        """Run a command to its end."""
        lines: list[str] = []
        with subprocess.Popen(  # noqa: S603 - every command is a list made in this package
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            env=cleaned(os.environ),
            pass_fds=self.kept,
        ) as process:
            assert process.stdout is not None  # noqa: S101 - asked for above; narrows the type
            reader = threading.Thread(target=_gather, args=(process.stdout, lines), daemon=True)
            reader.start()
            self._watch(reader, lines)
        return Outcome(process.returncode, "".join(lines))

    def _watch(self, reader: threading.Thread, lines: Sequence[str]) -> None:
        """Report changes at each beat, and every third beat that it still is the same."""
        last, beats = "", 0
        while reader.is_alive():
            reader.join(HEARTBEAT_SECONDS)
            beats += 1
            now = activity(lines)
            if reader.is_alive() and (now != last or beats % 3 == 0):
                self.say(f"    {now}")
                last = now


def activity(lines: Sequence[str]) -> str:
    """Name what pip is at, from its latest telling line, without the address it loads from."""
    for line in reversed(lines):
        if found := _ACTIVITY.match(line):
            verb, rest = found.groups()
            if rest.startswith(" collected packages"):
                return "Installing the packages"
            name = PurePosixPath((rest.split() or [""])[0]).name
            return f"{verb} {_VERSION.split(name)[0]}".rstrip()
    return "Working"


def cleaned(environment: Mapping[str, str]) -> dict[str, str]:
    """Copy the environment without what would mislead pip."""
    kept = {name: value for name, value in environment.items() if name not in MISLEADING}
    return kept | {"PIP_USER": "0", "PYTHONUNBUFFERED": "1"}


def _gather(stream: IO[str], lines: list[str]) -> None:
    for line in stream:
        lines.append(line)  # noqa: PERF402 - line by line, so that the heartbeat sees the latest
