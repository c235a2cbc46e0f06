"""Look for secrets in the files of this checkout, as a part of `make check`.

It knows tokens by their form, those of the platforms that the coach serves first of all, and values
of settings that are called so; Ruff looks for passwords in Python besides (S105 to S107). It is our
own because `detect-secrets` takes minutes for this checkout and had its last release in 2024, and
because the scanners that are quick are no Python. What only looks like a secret stands in
`no_secrets.txt`, by its SHA-256 and with why it is none.
"""

import hashlib
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).resolve().parents[1]
NO_SECRETS: Final = "tools/no_secrets.txt"

MOST_BYTES: Final = 4_000_000
"""Larger files are weights."""

VALUE: Final = r"""["']?\s*[:=]\s*["']?(?=[^\s"']*[0-9])(?=[^\s"']*[A-Za-z])[\w+/.-]{24,}={0,2}"""
"""What is assigned, in any language: long enough for a secret, of letters and digits."""

NAMES: Final = ("ecret", "ECRET", "oken", "OKEN", "assword", "ASSWORD", "_key", "_KEY")

FORMS: Final = (
    ("a token of Slack", r"xox[a-z](?:\.xox[a-z])?-[0-9A-Za-z-]{20,}"),
    ("an app token of Slack", r"xapp-[0-9]-[0-9A-Za-z-]{24,}"),
    ("a webhook of Slack", r"hooks\.slack(?:-gov)?\.com/services/T\w{6,}/B\w{6,}/\w{16,}"),
    ("a token of Discord", r"\.(?<=[\w-]{23}\.)[\w-]{6,7}\.[\w-]{27,}"),
    ("a webhook of Discord", r"api/webhooks/[0-9]{15,20}/[\w-]{60,}"),
    ("a private key", r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    ("a token of GitHub", r"gh[pousr]_[0-9A-Za-z]{36,}"),
    ("a token of GitHub", r"github_pat_\w{50,}"),
    ("a token of GitLab", r"glpat-[\w-]{20,}"),
    ("a key of Amazon", r"AKIA[0-9A-Z]{16}\b"),
    ("a key of Google", r"AIza[\w-]{35}"),
    ("a token of PyPI", r"pypi-[\w-]{50,}"),
    ("a token of Hugging Face", r"hf_[0-9A-Za-z]{30,}"),
    ("a key of a language model", r"sk-(?:[a-z]+-)*[\w-]{32,}"),
    ("a JSON Web Token", r"eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}"),
    *(("the value of a secret", name + VALUE) for name in NAMES),
)
"""What is looked for, and its form. Each begins with a literal, by which it is found 20 times as
fast."""

PATTERNS: Final = tuple((kind, re.compile(form)) for kind, form in FORMS)


class Found(NamedTuple):
    """Something that looks like a secret; its value is told to nobody."""

    path: str
    line: int
    kind: str
    digest: str


def files_of(root: Path) -> Iterator[Path]:
    """Yield the files of a checkout: those of git, and those that git does not ignore.

    Raises:
        subprocess.CalledProcessError: it is none.
    """
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=root, capture_output=True, check=True)  # noqa: S603
    for name in filter(None, listed.stdout.decode().split("\0")):
        path = root / name
        if path.is_file() and not path.is_symlink() and path.stat().st_size <= MOST_BYTES:
            yield path


def secrets_in(text: str, path: str) -> Iterator[Found]:
    """Yield what looks like a secret in a text."""
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(text):
            digest = hashlib.sha256(match[0].encode()).hexdigest()
            yield Found(path, text.count("\n", 0, match.start()) + 1, kind, digest)


def scan(root: Path) -> list[Found]:
    """Return what looks like a secret in a checkout and is not known to be none."""
    known = _known(root)
    found: list[Found] = []
    for path in files_of(root):
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        name = path.relative_to(root).as_posix()
        found += [each for each in secrets_in(text, name) if each.digest not in known]
    return found


def main() -> int:
    """Print what was found; return 1 where anything was."""
    found = scan(ROOT)
    for each in found:
        print(f"{each.path}:{each.line}: {each.kind} ({each.digest})")  # noqa: T201
    if found:
        told = "Take it out, and revoke it where it was ever pushed. If it is none, add a line to"
        print(f"{told} {NO_SECRETS}.")  # noqa: T201
    return 1 if found else 0


def _known(root: Path) -> frozenset[str]:
    path = root / NO_SECRETS
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return frozenset(line.split()[0] for line in lines if line.strip() and line[0] != "#")


if __name__ == "__main__":
    sys.exit(main())
