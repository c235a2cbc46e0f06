"""A secret that gets into the checkout is found, and what is none is known to be none."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.repository.checkout import ROOT
from tools import secret_scan
from tools.secret_scan import NO_SECRETS, files_of, scan, secrets_in

SOME = "aB3" * 30
SECRETS = [
    "xox" + f"b-1234567890-{SOME[:24]}",
    "xox" + f"e.xoxb-1-{SOME[:40]}",
    "xapp" + f"-1-A0123-{SOME[:40]}",
    "https://hooks.slack" + f".com/services/T0123456/B0123456/{SOME[:24]}",
    f"MTIz{SOME[:20]}." + "GabcdE" + f".{SOME[:38]}",
    "https://discord.com/api/" + f"webhooks/{'1' * 18}/{SOME[:68]}",
    "-----BEGIN RSA " + "PRIVATE KEY-----",
    "ghp" + f"_{SOME[:36]}",
    "github_pat" + f"_{SOME[:60]}",
    "glpat" + f"-{SOME[:20]}",
    "AKIA" + "ABCDEFGHIJKLMNO7",
    "AIza" + SOME[:35],
    "pypi" + f"-{SOME[:60]}",
    "hf" + f"_{SOME[:34]}",
    "sk" + f"-proj-{SOME[:40]}",
    f"eyJ{SOME[:12]}." + f"eyJ{SOME[:12]}.{SOME[:30]}",
    "COACH_SLACK__SIGNING_SEC" + f"RET={SOME[:32]}",
    "COACH_SLACK__K" + f'EY: "{SOME[:64]}"',
    "client_sec" + f"ret = '{SOME[:32]}'",
]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the scan in a checkout of its own."""
    (tmp_path / "tools").mkdir()
    for name in ("__init__.py", "secret_scan.py", "no_secrets.txt"):
        shutil.copy(ROOT / "tools" / name, tmp_path / "tools")
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    return tmp_path


def run(checkout: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tools.secret_scan"]
    return subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)


def test_this_checkout_holds_none():
    assert scan(ROOT) == []


@pytest.mark.parametrize("secret", SECRETS, ids=lambda secret: secret[:8])
def test_each_kind_is_found_wherever_it_stands(secret: str):
    (found,) = secrets_in(f"# one\n\nsay({secret!r}) # two\n" if "'" not in secret else secret, "x")
    assert found.line == (1 if "'" in secret else 3)


@pytest.mark.parametrize("name", ["notes.md", ".env.production", "bot/new.py"])
def test_a_planted_token_fails_the_check_and_is_not_printed(checkout: Path, name: str):
    assert run(checkout).returncode == 0
    planted = checkout / name
    planted.parent.mkdir(exist_ok=True)
    planted.write_text(f"first\n{SECRETS[0]}\n")

    done = run(checkout)

    assert done.returncode == 1
    assert f"{name}:2: a token of Slack" in done.stdout
    assert SECRETS[0] not in done.stdout + done.stderr


def test_what_git_ignores_is_left_alone(checkout: Path):
    (checkout / ".gitignore").write_text(".env\n")
    (checkout / ".env").write_text(SECRETS[0])

    assert run(checkout).returncode == 0


def test_what_is_known_to_be_none_is_still_there():
    lines = (ROOT / NO_SECRETS).read_text("utf-8").splitlines()
    known = [line.split(maxsplit=1) for line in lines if not line.startswith("#")]
    assert all(len(each) == 2 for each in known), "say why it is no secret"
    found = {
        each.digest
        for path in files_of(ROOT)
        if path.suffix == ".py"
        for each in secrets_in(path.read_text("utf-8"), path.name)
    }
    assert {digest for digest, _ in known} <= found


def test_the_check_runs_it():
    recipe = (ROOT / "Makefile").read_text("utf-8")
    assert f"-m {secret_scan.__name__}" in recipe.partition("\ncheck:")[2].partition("\n\n")[0]
