"""Read which schema a database has and which ones this version knows, without Alembic.

Every start asks both. Importing Alembic for the answer would take longer than giving it.
"""

import re
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, inspect, text

import migrations
from bot.core.errors import SchemaMismatch, StorageError
from bot.storage.engine import BUSY_SECONDS, open_file, place_of
from bot.storage.failures import guarded

PACKAGED_SCRIPTS = Path(migrations.__file__).parent
"""The scripts that came with this version, in the repository as in an installed wheel."""

_REVISION = re.compile(r'^(down_)?revision\b[^=\n]*= *"(\w+)"', re.MULTILINE)


@dataclass(frozen=True)
class History:
    """The migration scripts in a folder: every revision, and the one with no successor."""

    scripts: Path
    revisions: frozenset[str]
    head: str


def read_history(scripts: Path = PACKAGED_SCRIPTS) -> History:
    """Return the history in a folder of migration scripts."""
    files = sorted((scripts / "versions").glob("*.py"))
    found = [pair for file in files for pair in _REVISION.findall(file.read_text("utf-8"))]
    revisions = frozenset(revision for down, revision in found if not down)
    heads = revisions - {revision for down, revision in found if down}
    if len(heads) != 1:
        raise ValueError(f"Expected one head among the migrations, found {sorted(heads)}")
    return History(scripts, revisions, *heads)


def revision_of(path: Path, history: History, busy_seconds: float = BUSY_SECONDS) -> str | None:
    """Return the revision of a database, None for a new one; refuse what is not ours to use."""
    with guarded(path):
        if not path.exists():
            return None
    with closing(open_file(path, busy_seconds)) as connection, guarded(path):
        query = "SELECT name FROM sqlite_master WHERE type = 'table'"
        tables = {name for (name,) in connection.execute(query)}
        versioned = "alembic_version" in tables
        query = "SELECT version_num FROM alembic_version"
        row = connection.execute(query).fetchone() if versioned else None
    return _known(None if row is None else str(row[0]), tables, str(path), history)


def revision_on(connection: Connection, history: History, place: str | None = None) -> str | None:
    """Return the revision of an open database, None for a new one; refuse others' as above.

    `place` is what to call it where its engine does not know.
    """
    tables = set(inspect(connection).get_table_names())
    query = text("SELECT version_num FROM alembic_version")
    revision = connection.scalar(query) if "alembic_version" in tables else None
    return _known(revision, tables, place or place_of(connection.engine.url), history)


def _known(revision: str | None, tables: set[str], place: str, history: History) -> str | None:
    if revision is None and tables - {"alembic_version", "sqlite_sequence"}:
        raise StorageError(place, "it holds tables of another program")
    if revision is not None and revision not in history.revisions:
        raise SchemaMismatch(place, f"its revision {revision} is unknown to this version")
    return revision
