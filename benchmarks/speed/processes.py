"""Time a process of our own: from its start to its end, and the most memory it had."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence


class Failed(Exception):
    """A process that was to be timed ended with an error; its last words."""


def run_timed(
    command: Sequence[str], settings: Mapping[str, str] | None = None
) -> tuple[float, float]:
    """Run a command to its end; return seconds, and the most memory it had in MB (10^6).

    Raises:
        Failed: it ended with another exit code than 0.
    """
    started = time.perf_counter()
    with (
        tempfile.TemporaryFile("w+") as said,
        subprocess.Popen(  # noqa: S603 our own command, without a shell
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=said,
            env={**os.environ, **(settings or {})},
        ) as process,
    ):
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        lines = said.read().strip().splitlines() or ["it said nothing"]
    seconds = time.perf_counter() - started
    if process.returncode:
        raise Failed(lines[-1].removeprefix("coach: "))
    unit = 1 if sys.platform == "darwin" else 1024
    return round(seconds, 3), round(usage.ru_maxrss * unit / 1e6, 1)
