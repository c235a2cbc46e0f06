"""Anki packages for tests, made by hand where they must be odd."""

import io
import json
import sqlite3
import tempfile
import zipfile
from pathlib import Path

BASIC, CLOZE = 1, 2


def database(notes: list[tuple[int, str, str]], *, script: str = "") -> bytes:
    """Return a database of notes, each a model's id, its fields joined by U+001F, and its tags."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "collection"
        connection = sqlite3.connect(path)
        models = {str(BASIC): {"name": "Basic", "type": 0}, str(CLOZE): {"name": "C", "type": 1}}
        decks = {"1": {"name": "Interviews::Deployment"}}
        connection.executescript(
            "CREATE TABLE col (models TEXT, decks TEXT);"
            "CREATE TABLE notes (id INTEGER PRIMARY KEY, mid INTEGER, flds TEXT, tags TEXT);"
            "CREATE TABLE cards (id INTEGER PRIMARY KEY, nid INTEGER, did INTEGER);"
        )
        connection.execute("INSERT INTO col VALUES (?, ?)", (json.dumps(models), json.dumps(decks)))
        connection.executemany("INSERT INTO notes (mid, flds, tags) VALUES (?, ?, ?)", notes)
        connection.execute("INSERT INTO cards (nid, did) SELECT id, 1 FROM notes")
        connection.executescript(script)
        connection.commit()
        connection.close()
        return path.read_bytes()


def package(**files: bytes) -> bytes:
    """Return a ZIP of files; `__` in a name stands for a dot."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "."), content)
    return out.getvalue()


def deck(*notes: tuple[int, str, str]) -> bytes:
    return package(collection__anki2=database(list(notes)), media=b"{}")
