"""The program as it is put together for real, but for what a test hands in."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.bootstrap.application import Application, application_of
from bot.bootstrap.features import make_painter
from bot.bootstrap.grading import Grading
from bot.bootstrap.settings import settings_model
from bot.core.ports import Clock, Paints
from bot.storage.migrate import upgrade
from grading.corpus import Corpus
from grading.encoder import SentenceTransformerEncoder
from grading.grader import Grader
from tests.fakes import FakeFinder, FixedClock
from tests.shipped import shipped


@cache
def migrated() -> bytes:
    """A database without rows, as a file; to migrate a new one takes a third of a second."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "coach.sqlite3"
        upgrade(file, Path(folder))
        return file.read_bytes()


def move_in(database: Path) -> None:
    """Put an empty database where none is."""
    if not database.exists():
        database.parent.mkdir(parents=True, exist_ok=True)
        database.write_bytes(migrated())


def an_application(
    home: Path,
    *,
    clock: Clock | None = None,
    corpus: Any = None,
    grader: Any = None,
    search: Any = None,
    painter: Callable[[], Paints] = make_painter,
    **settings: Any,
) -> Application:
    """A run of the program over a home folder; by default it finds no question by its words."""
    chosen = settings_model()(home=home, **settings)
    if chosen.database is None:
        move_in(chosen.database_file)
    if corpus is None:
        encoder = SentenceTransformerEncoder(chosen.model, chosen.precision)
        corpus = Corpus(shipped(), encoder, chosen.vectors)
    grader, search = grader or Grader(corpus), search or FakeFinder()
    grading = Grading(corpus.bank, corpus.encoder, corpus, grader, search)
    clock = clock or FixedClock()
    return application_of(chosen, clock=clock, grading=grading, painter=painter)
