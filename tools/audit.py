"""Ask whether anything in the lock has a known vulnerability: `make audit`.

`pip-audit` asks the index of packages. What it cannot ask about it skips, and calls that no known
vulnerability; so here it is counted. It is fetched for the occasion, and is no part of `.venv`.
"""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[1]
PIP_AUDIT: Final = "pip-audit==2.10.1"
UNREACHABLE: Final = (
    "The database of known vulnerabilities cannot be reached from here, so nothing was audited."
)


def pins(lock: str, project: str) -> Iterator[str]:
    """Yield what is pinned: the lock without its hashes, and PyTorch, which it leaves out."""
    for line in lock.splitlines():
        if re.match(r"[\w.-]+==", line):
            yield line.removesuffix("\\").strip()
    yield from re.findall(r'"(torch==[^"]+)"', project)


def judged(report: Any) -> tuple[int, list[str]]:
    """Return the exit status, 0 where all is well, and what to say about a report."""
    every = report["dependencies"]
    unknown = [each["name"] for each in every if "skip_reason" in each]
    if len(unknown) == len(every):
        return 2, [UNREACHABLE]
    bad = [each for each in every if each.get("vulns")]
    lines = [
        f"{each['name']} {each['version']}: {_told(one)}" for each in bad for one in each["vulns"]
    ]
    asked = len(every) - len(unknown)
    lines.append(f"{asked} packages were audited; {len(bad) or 'none'} with a known vulnerability.")
    if unknown:
        lines.append(f"Nothing is known of {', '.join(unknown)}.")
    return (1 if bad else 0), lines


def main() -> int:
    """Print what is known; return 1 for a vulnerability, 2 where nobody could be asked."""
    texts = [(ROOT / name).read_text("utf-8") for name in ("requirements.lock", "pyproject.toml")]
    with tempfile.TemporaryDirectory() as folder:
        pinned = Path(folder) / "pins.txt"
        pinned.write_text("\n".join(pins(*texts)), encoding="utf-8")
        command = [
            str(ROOT / ".venv/bin/uv"),
            "tool",
            "run",
            PIP_AUDIT,
            "--requirement",
            str(pinned),
        ]
        command += ["--no-deps", "--disable-pip", "--progress-spinner", "off", "--format", "json"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    try:
        status, lines = judged(json.loads(done.stdout))
    except ValueError:  # it prints nothing where it fails
        status, lines = 2, [UNREACHABLE, *done.stderr.strip().splitlines()[-1:]]
    print("\n".join(lines))  # noqa: T201
    return status


def _told(vulnerability: Any) -> str:
    fixed = " or ".join(vulnerability.get("fix_versions") or ())
    return f"{vulnerability['id']}{f', fixed in {fixed}' if fixed else ''}"


if __name__ == "__main__":
    sys.exit(main())
