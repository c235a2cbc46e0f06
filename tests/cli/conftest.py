"""The command line in this process (quick) and in another one (real), on a home of its own."""

import io
import json
import logging
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.__main__ import main

REPOSITORY = Path(__file__).parents[2]
QUESTIONS = (
    "monitoring/concept-drift",
    "monitoring/data-drift-detection",
    "interpretability/lime",
    "deep-learning/vanishing-gradients",
)
"""Some shipped questions: a small bank loads ten times faster and needs no other vectors."""


@dataclass(frozen=True)
class Outcome:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on stdout; anything beside it is an error."""
        return json.loads(self.out)


Coach = Callable[..., Outcome]


@pytest.fixture(scope="session")
def knowledge_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a few of the shipped questions."""
    folder = tmp_path_factory.mktemp("knowledge")
    shipped = Path(str(files("knowledge")))
    for question in QUESTIONS:
        target = folder / "questions" / f"{question}.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(shipped / "questions" / f"{question}.md", target)
    topics = yaml.safe_load((shipped / "topics.yaml").read_text(encoding="utf-8"))
    kept = [t for t in topics if t["id"] in {q.partition("/")[0] for q in QUESTIONS}]
    (folder / "topics.yaml").write_text(yaml.safe_dump(kept, allow_unicode=True), encoding="utf-8")
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def environment(home: Path, vector_cache: Path, knowledge_folder: Path) -> dict[str, str]:
    """Only the settings of this test."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COACH_")}
    return kept | {
        "COACH_HOME": str(home),
        "COACH_CACHE": str(vector_cache),
        "COACH_KNOWLEDGE": str(knowledge_folder),
        "HF_HUB_OFFLINE": "1",
        "PYTHONIOENCODING": "utf-8",
        "PYTHONPATH": str(REPOSITORY),
    }


@pytest.fixture
def coach(
    environment: dict[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Iterator[Coach]:
    """Run a command in this process, as `coach …` would."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level

    def run(*arguments: str, stdin: bytes = b"", **settings: str) -> Outcome:
        for name in [name for name in os.environ if name.startswith("COACH_")]:
            monkeypatch.delenv(name)
        for name, value in (environment | settings).items():
            if name.startswith("COACH_"):
                monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "argv", ["coach", *arguments])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main()
        return Outcome(int(left.value.code or 0), *capsys.readouterr())

    monkeypatch.chdir(tmp_path)
    yield run
    for handler in [handler for handler in root.handlers if handler not in handlers]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


@pytest.fixture
def process(environment: dict[str, str], tmp_path: Path) -> Coach:
    """Run a command in a process of its own."""

    def run(*arguments: str, stdin: bytes = b"", **settings: str) -> Outcome:
        done = subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            input=stdin,
            capture_output=True,
            env=environment | settings,
            cwd=tmp_path,
            timeout=300,
            check=False,
        )
        return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


@pytest.fixture
def start(environment: dict[str, str], tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Start a command and go on; what still runs at the end is killed."""
    started: list[subprocess.Popen[bytes]] = []

    def begin(*arguments: str) -> subprocess.Popen[bytes]:
        pipe = subprocess.PIPE
        started.append(
            subprocess.Popen(
                [sys.executable, "-m", "bot", *arguments],
                stdin=pipe,
                stdout=pipe,
                stderr=pipe,
                env=environment,
                cwd=tmp_path,
            )
        )
        return started[-1]

    yield begin
    for one in started:
        one.kill()
        one.communicate()


def rows(database: Path, query: str) -> list[tuple[Any, ...]]:
    """Read from a database that others may write at the same time."""
    with closing(sqlite3.connect(database, timeout=30)) as connection:
        return connection.execute(query).fetchall()
