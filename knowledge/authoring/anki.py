"""An Anki package → its notes. The package is a stranger's: every step of it is bounded.

A package is a ZIP with a SQLite database of notes. Nothing is unpacked to disk, no media are read,
and the database is opened in memory, only for reading, with a limit on its work.
"""

import io
import json
import re
import sqlite3
import zipfile
import zlib
from contextlib import closing
from html.parser import HTMLParser
from typing import Any, Final, NamedTuple

from typing_extensions import override

from knowledge.errors import Fault, InvalidBank

MAX_PACKAGE_BYTES: Final = 64_000_000
MAX_DATABASE_BYTES: Final = 64_000_000
"""A hundred times a deck of a thousand questions; pictures and sounds are not read."""

MOST_NOTES: Final = 2_000
LONGEST_NOTE: Final = 40_000
"""Characters of a note's fields together; an answer has 4,000."""

MOST_STEPS: Final = 2_000
"""Times that the database may work through STEP instructions: reading MOST_NOTES takes ten."""

STEP: Final = 10_000

DATABASES: Final = ("collection.anki21", "collection.anki2")
"""The later format first; the earlier one beside it holds a note that says so."""

COMPRESSED: Final = "collection.anki21b"

_BETWEEN_FIELDS = "\x1f"
_CLOZE = re.compile(r"\{\{c\d+::(.*?)(?:::[^{}]*?)?\}\}", re.DOTALL)
_SOUND = re.compile(r"\[sound:[^\]]*\]")
_BREAKS = frozenset({"br", "div", "p", "li", "tr", "ul", "ol", "h1", "h2", "h3", "h4", "hr"})
_UNSEEN = frozenset({"style", "script"})


class Note(NamedTuple):
    """A note of a deck: what is asked, the answer, whether it was a gap to fill, and its labels."""

    front: str
    back: str
    gaps: bool
    labels: tuple[str, ...]


def read_package(name: str, data: bytes) -> tuple[Note, ...]:
    """Return the notes in an `.apkg` or `.colpkg` file, in the order in which they were made.

    Raises:
        InvalidBank: it is no such package, or too large in any respect.
    """
    if len(data) > MAX_PACKAGE_BYTES:
        raise _fault(name, f"it is larger than {MAX_PACKAGE_BYTES // 1_000_000} MB", _WITHOUT_MEDIA)
    database = _database(name, data)
    try:
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.deserialize(database)
            return _notes(name, connection)
    except (sqlite3.Error, ValueError, RecursionError) as error:
        raise _fault(name, f"its database cannot be read: {error}", "Export it anew") from error


_WITHOUT_MEDIA = "Export it without media"


def _database(name: str, data: bytes) -> bytes:
    """Return the database inside, at most MAX_DATABASE_BYTES whatever the package claims."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            files = set(package.namelist())
            if COMPRESSED in files:
                remedy = "In Anki, export it again with 'Support older Anki versions' ticked"
                raise _fault(name, "it is in the format of new versions of Anki only", remedy)
            found = next((each for each in DATABASES if each in files), None)
            if found is None:
                raise _fault(name, "no collection is in it", "Export a deck as .apkg from Anki")
            with package.open(found) as file:
                database = file.read(MAX_DATABASE_BYTES + 1)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError) as error:
        # NotImplementedError, of an unknown compression, is a RuntimeError.
        raise _fault(name, f"it is no Anki package: {error}", "Export a deck from Anki") from error
    if len(database) > MAX_DATABASE_BYTES:
        limit = MAX_DATABASE_BYTES // 1_000_000
        raise _fault(name, f"its notes are larger than {limit} MB", "Export fewer decks at once")
    return database


def _notes(name: str, connection: sqlite3.Connection) -> tuple[Note, ...]:
    connection.execute("PRAGMA query_only = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    steps = iter(range(MOST_STEPS))
    connection.set_progress_handler(lambda: next(steps, None) is None, STEP)
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name IN ('notes', 'col')"
    ).fetchall()
    if len(tables) < len(("notes", "col")):
        raise _fault(name, "it has no notes of Anki's", "Export a deck as .apkg from Anki")
    kinds, decks = _described(connection)
    found = connection.execute(
        "SELECT n.mid, n.flds, n.tags, (SELECT min(c.did) FROM cards c WHERE c.nid = n.id)"
        " FROM notes n WHERE length(n.flds) <= ? ORDER BY n.id LIMIT ?",
        (LONGEST_NOTE, MOST_NOTES + 1),
    ).fetchall()
    if len(found) > MOST_NOTES:
        raise _fault(name, f"it has more than {MOST_NOTES} notes", "Export fewer decks at once")
    return tuple(
        _note(str(fields), str(tags), decks.get(str(deck), ""), gaps=kinds.get(str(kind)) == 1)
        for kind, fields, tags, deck in found
    )


def _described(connection: sqlite3.Connection) -> tuple[dict[str, int], dict[str, str]]:
    """Return the types of notes, 1 for gaps to fill, and the names of decks, by their ids."""
    row = connection.execute("SELECT models, decks FROM col LIMIT 1").fetchone()
    kinds, decks = (_object(text) for text in row or ("", ""))
    return (
        {key: each.get("type", 0) for key, each in kinds.items() if isinstance(each, dict)},
        {key: str(each.get("name", "")) for key, each in decks.items() if isinstance(each, dict)},
    )


def _object(text: Any) -> dict[str, Any]:
    """Return a JSON object; empty where there is none."""
    try:
        found = json.loads(text) if text else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _note(fields: str, tags: str, deck: str, *, gaps: bool) -> Note:
    first, *others = fields.split(_BETWEEN_FIELDS)
    gaps = gaps or bool(_CLOZE.search(first))
    labels = (*(tag.replace("_", " ") for tag in tags.split()), *deck.split("::"))
    front, back = text_of(_CLOZE.sub("…", first)), "\n\n".join(filter(None, map(text_of, others)))
    if gaps:
        back = "\n\n".join(filter(None, (text_of(_CLOZE.sub(r"\1", first)), back)))
    return Note(front, back, gaps, tuple(filter(None, labels)))


def text_of(html: str) -> str:
    """Return what a field shows, without markup, pictures and sounds."""
    reader = _Text()
    reader.feed(_SOUND.sub("", html))
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).splitlines())
    return "\n".join(filter(None, lines))


class _Text(HTMLParser):
    """Collects text, a line for each block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unseen = 0

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in _UNSEEN
        self.parts.append("\n" if tag in _BREAKS else "")

    @override
    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in _UNSEEN and self._unseen > 0
        self.parts.append("\n" if tag in _BREAKS else "")

    @override
    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(data)


def _fault(name: str, problem: str, remedy: str) -> InvalidBank:
    return InvalidBank((Fault(name, "", problem, remedy),))
