"""Panels of sentences, each with a sign before it or a count behind it."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.core.figures import MissedPoint, most_missed
from bot.core.words import captions
from bot.pictures.card import CONTENT_WIDTH, LINE, Pen, Section, note, panel
from bot.pictures.lettering import BODY, SMALL, STRONG
from bot.pictures.sheet import wrapped

MOST_ROWS = 3
"""Three things to work on are a plan, ten are a reproach."""

BETWEEN = 16
SIGN_ROOM, COUNT_ROOM = 50, 170


class Row(NamedTuple):
    """A sentence, broken into lines; `times` and `of` stand on its right, in two lines."""

    lines: tuple[str, ...]
    sign: str = ""
    times: str = ""
    of: str = ""

    @property
    def height(self) -> int:
        """How much room the row takes."""
        return LINE * max(len(self.lines), 2 if self.of else 1)


def missed(points: Sequence[MissedPoint]) -> Section:
    """Make the panel of the key points that were missed most often."""
    if not points:
        return note(captions.MISSED, captions.NO_MISSED)
    rows = [
        Row(
            wrapped(point.text, BODY, CONTENT_WIDTH - COUNT_ROOM),
            times=captions.times(point),
            of=captions.out_of(point),
        )
        for point in most_missed(points)[:MOST_ROWS]
    ]
    return _rows(captions.MISSED, rows, len(points) - len(rows))


def remarks(title: str, sign: str, texts: Sequence[str]) -> Section:
    """Make a panel of sentences with a sign before each."""
    rows = [Row(wrapped(text, BODY, CONTENT_WIDTH - SIGN_ROOM), sign) for text in texts[:MOST_ROWS]]
    return _rows(title, rows, len(texts) - len(rows))


def _rows(title: str, rows: Sequence[Row], left_out: int) -> Section:
    height = sum(row.height for row in rows) + BETWEEN * (len(rows) - 1)

    def content(pen: Pen) -> None:
        top = pen.place.top
        for row in rows:
            _row(pen, top, row)
            top += row.height + BETWEEN

    return panel(title, captions.more(left_out) if left_out else "", height, content)


def _row(pen: Pen, top: float, row: Row) -> None:
    sheet, colours, place = pen
    base = top + 28
    sheet.words((place.left, base), row.sign, STRONG, colours.accent)
    left = place.left + (SIGN_ROOM if row.sign else 0)
    for at, line in enumerate(row.lines):
        sheet.words((left, base + at * LINE), line, BODY, colours.ink)
    sheet.fitted((place.right, base), row.times, STRONG, colours.ink, COUNT_ROOM - 20, "right")
    spot = (place.right, base + LINE)
    sheet.fitted(spot, row.of, SMALL, colours.muted, COUNT_ROOM - 20, "right")
