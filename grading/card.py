"""The grader card: what the grader does and how well, as Markdown that ships with the package.

Figures are read from the tables of `card.md` beside this file: they stand in one place only.
"""

import re
from importlib.resources import files

Cell = str | float | None
Table = list[dict[str, Cell]]

TO_COME = "TODO"
"""A cell that begins with this has no figure yet."""

_NUMBER = re.compile(r"[-−]?(\d+(\.\d+)?|\.\d+)")
_RULE = re.compile(r"\|[\s:|-]+\|")


def card() -> str:
    """Return the card's text, in Markdown."""
    return (files("grading") / "card.md").read_text(encoding="utf-8")


def tables_of(text: str) -> dict[str, Table]:
    """Return every table of a Markdown text, by the heading above it.

    Each row maps the columns' names to a number, a text, or None where nothing is known.
    """
    tables: dict[str, Table] = {}
    heading, columns = "", list[str]()
    for line in text.splitlines():
        if line.startswith("#"):
            heading = line.lstrip("#").strip()
        if not line.startswith("|"):
            columns = []
        elif not columns:
            columns = _cells(line)
        elif not _RULE.fullmatch(line.strip()):
            values = map(_value, _cells(line))
            tables.setdefault(heading, []).append(dict(zip(columns, values, strict=True)))
    return tables


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _value(cell: str) -> Cell:
    if not cell or cell.startswith(TO_COME):
        return None
    return float(cell.replace("−", "-")) if _NUMBER.fullmatch(cell) else cell
