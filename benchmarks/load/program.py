"""The program as an operator starts it, seen from outside: its processes, time and memory."""

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
TICKS = os.sysconf("SC_CLK_TCK")
MODEL_SETTINGS = ("COACH_MODEL", "COACH_PRECISION", "COACH_GRADING__")
"""What begins so holds for the program too, so that it grades as this process does or elsewhere."""

STOP_SECONDS = 60.0
LAST_LINES = 20


class Ended(Exception):
    """The program ended by itself; the last lines of what it said."""


class Program:
    """`coach run` with settings of its own; `stderr.log` in its home keeps what it says."""

    def __init__(self, home: Path, settings: Mapping[str, str]) -> None:
        self._said = home / "stderr.log"
        kept = {
            name: value
            for name, value in os.environ.items()
            if name.startswith(MODEL_SETTINGS) or not name.startswith("COACH_")
        }
        environment = {
            **kept,
            "PYTHONPATH": os.pathsep.join(filter(None, (str(REPOSITORY), kept.get("PYTHONPATH")))),
            "HF_HUB_OFFLINE": "1",
            "COACH_HOME": str(home),
            "COACH_POLL_SECONDS": "1",
            "COACH_RATE_LIMITS__COMMUNITY_FACTOR": "0",  # what is measured is the machine's limit
            **settings,
        }
        with self._said.open("ab") as said:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "bot", "run"], env=environment, stderr=said, cwd=home
            )

    def check(self) -> None:
        """Do nothing while it runs.

        Raises:
            Ended: it does not.
        """
        if self._process.poll() is not None:
            said = self._said.read_text(encoding="utf-8", errors="replace").splitlines()
            raise Ended("\n".join(said[-LAST_LINES:]) or "it said nothing")

    @property
    def cpu_s(self) -> float:
        """Seconds that it and its children have computed."""
        return sum(map(_cpu_s, self._family()))

    @property
    def rss_mb(self) -> float:
        """Resident memory of it and its children."""
        return sum(map(_rss_mb, self._family()))

    def stop(self) -> None:
        """End it as a container does; one that takes too long is killed."""
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()
        self._process.wait()

    def _family(self) -> Iterator[int]:
        waiting = [self._process.pid]
        while waiting:
            pid = waiting.pop()
            yield pid
            for children in Path(f"/proc/{pid}/task").glob("*/children"):
                waiting += map(int, _read(children).split())


def own_cpu_s() -> float:
    """Return the seconds that this process, with the emulated platform in it, has computed."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


@contextmanager
def busy_core(*, busy: bool) -> Iterator[None]:
    """Keep one core busy meanwhile, if that is wanted, by a process that only computes."""
    if not busy:
        yield
        return
    command = [sys.executable, "-c", "while True: pass"]
    with subprocess.Popen(command) as process:  # noqa: S603 our own command, without a shell
        try:
            yield
        finally:
            process.kill()


@contextmanager
def timed() -> Iterator[list[float]]:
    """Put the seconds that something takes into the list that is given."""
    taken: list[float] = []
    began = time.monotonic()
    yield taken
    taken.append(time.monotonic() - began)


def _cpu_s(pid: int) -> float:
    fields = _read(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS if fields else 0.0


def _rss_mb(pid: int) -> float:
    fields = _read(Path(f"/proc/{pid}/statm")).split()
    return int(fields[1]) * resource.getpagesize() / 1e6 if fields else 0.0


def _read(file: Path) -> str:
    """Return what stands in a file of a process; nothing where it has ended."""
    try:
        return file.read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""
