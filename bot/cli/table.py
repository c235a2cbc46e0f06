"""Rows in columns that never touch, for people; programs ask for --json."""

import shutil
import sys
from collections.abc import Sequence
from textwrap import wrap

import typer

BETWEEN = "  "


def print_table(rows: Sequence[Sequence[str]]) -> None:
    """Print rows of as many cells each, every column as wide as its widest cell.

    On a terminal that is too narrow, a row's first cell stands on its own line, above the rest.
    """
    if not rows:
        return
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    room = shutil.get_terminal_size().columns
    narrow = sys.stdout.isatty() and sum(widths) + len(BETWEEN) * (len(widths) - 1) > room
    for row in rows:
        if narrow:
            rest, indent = BETWEEN.join(row[1:]), BETWEEN
            lines = [row[0], *wrap(rest, room, initial_indent=indent, subsequent_indent=indent)]
        else:
            padded = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            lines = [BETWEEN.join(padded).rstrip()]
        typer.echo("\n".join(lines))
