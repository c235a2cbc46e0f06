"""Panel: the key points that were missed most often, in whole sentences."""

from collections.abc import Sequence

from bot.core.figures import MissedPoint, most_missed
from bot.core.wording import captions
from bot.pictures.card import LINE, Pen, Section, note, panel
from bot.pictures.lettering import BODY, SMALL, STRONG

ROW = 2 * LINE + 14
MOST_ROWS = 3
"""Three things to work on are a plan, ten are a reproach."""

COUNT_ROOM = 170


def missed(points: Sequence[MissedPoint]) -> Section:
    """Make the panel; what does not fit is counted."""
    if not points:
        return note(captions.MISSED, captions.NO_MISSED)
    shown, left_out = most_missed(points)[:MOST_ROWS], len(points[MOST_ROWS:])
    key = captions.more(left_out) if left_out else ""

    def content(pen: Pen) -> None:
        for place, point in enumerate(shown):
            _row(pen, pen.place.top + place * ROW, point)

    return panel(captions.MISSED, key, ROW * len(shown) - 18, content)


def _row(pen: Pen, top: float, point: MissedPoint) -> None:
    sheet, colours, place = pen
    lines = sheet.wrapped(point.text, BODY, place.width - COUNT_ROOM)
    for line, text in enumerate(lines):
        sheet.words((place.left, top + 28 + line * LINE), text, BODY, colours.ink)
    count = f"{point.count}×"
    sheet.words((place.right, top + 28), count, STRONG, colours.ink, "right")
    of = captions.out_of(point)
    sheet.fitted((place.right, top + 28 + LINE), of, SMALL, colours.muted, COUNT_ROOM, "right")
