"""The table of what became of each fault."""

from collections.abc import Sequence

from tests.faults.trial import Row

HEAD = (
    *("fault", "platform", "database"),
    *("runs", "answers in", "graded", "lost", "doubled", "slowest recovery"),
)
WORDS = 3
"""Columns with words; the others have numbers."""


def table(rows: Sequence[Row]) -> str:
    """Return the rows as a table, a line each, and a last line with their sums."""
    lines = [HEAD, *map(_line, rows), _sums(rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if number < WORDS else cell.rjust(width)
            for number, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in lines
    )


def _line(row: Row) -> tuple[str, ...]:
    counts = (row.runs, row.answers, row.graded, len(row.lost), len(row.doubled))
    return (*(row.fault, row.platform, row.database), *map(str, counts), f"{row.recovery:.1f} s")


def _sums(rows: Sequence[Row]) -> tuple[str, ...]:
    sums = (
        sum(row.runs for row in rows),
        sum(row.answers for row in rows),
        sum(row.graded for row in rows),
        sum(len(row.lost) for row in rows),
        sum(len(row.doubled) for row in rows),
    )
    slowest = max((row.recovery for row in rows), default=0.0)
    return ("all", "", "", *map(str, sums), f"{slowest:.1f} s")
