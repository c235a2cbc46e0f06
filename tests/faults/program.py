"""`coach run` as an operator starts it, and what starts it again where it ends, as compose does."""

import os
import re
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.cli.conftest import REPOSITORY
from tests.faults.disturbed import AHEAD

STOP_SECONDS = 90

AGAIN_SECONDS = 1.0
"""So long after its end it is started again."""

LINE = re.compile(r"\d{4}-\d\d-\d\d[ T][\d:.,+Z]+ (?:DEBUG|INFO|WARNING|ERROR|CRITICAL) [\w.]+: .+")
"""A line of the log; what ends the program before there is one begins with `coach: `."""


class Program:
    """The process over one home; `said` keeps what it writes on stderr in all its runs."""

    def __init__(self, home: Path, said: Path, environment: dict[str, str]) -> None:
        self.home, self.said = home, said
        self.clock = said.with_name("ahead")
        self.more: dict[str, str] = {}
        self.descriptors: int | None = None
        self.starts = 0
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._wanted = False
        self._over = threading.Event()
        said.touch()
        self._keeper = threading.Thread(target=self._keep, daemon=True)
        self._keeper.start()

    @property
    def lives(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start it, and from now on again whenever it ends by itself."""
        with self._lock:
            self._wanted = True
            self._start()

    def kill(self) -> None:
        """End it in the middle of whatever it does."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """Tell it to end, and return its exit status."""
        return self._end(signal.SIGTERM)

    def restart(self, **more: str) -> None:
        """Stop it and start it with other settings than those of `environment`."""
        self.stop()
        self.more = more
        self.start()

    def close(self) -> None:
        """End it for good."""
        self._over.set()
        self._keeper.join()
        self.kill()

    def lines(self, start: int = 0) -> list[str]:
        """Return what it said from some byte on."""
        return self.said.read_bytes()[start:].decode().splitlines()

    def _end(self, how: signal.Signals) -> int:
        with self._lock:
            self._wanted = False
            process = self._process
        if process is None:
            return 0
        if process.poll() is None:
            process.send_signal(how)
        return process.wait(STOP_SECONDS)

    def _keep(self) -> None:
        while not self._over.wait(AGAIN_SECONDS):
            with self._lock:
                if self._wanted and not self.lives:
                    self._start()

    def _start(self) -> None:
        self.starts += 1
        with self.said.open("ab") as said:
            self._process = subprocess.Popen(
                self.command("run"), stderr=said, **self.surroundings()
            )
        if self.descriptors is not None:
            limits = self.descriptors, self.descriptors
            resource.prlimit(self._process.pid, resource.RLIMIT_NOFILE, limits)

    def command(self, name: str) -> list[str]:
        """Return what starts a command of the program."""
        return [sys.executable, "-m", "tests.faults.disturbed", name]

    def surroundings(self) -> dict[str, Any]:
        """Return where a command of it runs."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("COACH_")}
        settings = {"COACH_HOME": str(self.home), AHEAD: str(self.clock), **self._environment}
        known = {**kept, "PYTHONPATH": str(REPOSITORY), **settings, **self.more}
        return {"env": known, "cwd": self.said.parent}


def garbage(lines: list[str]) -> list[str]:
    """Return the lines that are none of a log."""
    return [each for each in lines if not (LINE.fullmatch(each) or each.startswith("coach: "))]


def seconds_until(
    holds: Callable[[], object], seconds: float, left: Callable[[], object] = lambda: None
) -> float:
    """Return how long it took until a condition came true, looked at again and again.

    It is given up after some seconds in which nothing changed of what is `left` to be done.
    """
    began = changed = time.monotonic()
    before = left()
    while not holds():
        if (now := left()) != before:
            before, changed = now, time.monotonic()
        assert time.monotonic() < changed + seconds, f"nothing happens for {seconds:.0f} s"
        time.sleep(0.1)
    return time.monotonic() - began
