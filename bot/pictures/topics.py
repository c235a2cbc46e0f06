"""Panel: a bar for each topic, its mean score."""

from collections.abc import Sequence

from bot.core.figures import TopicMean
from bot.core.words import captions
from bot.core.words.phrases import percent
from bot.pictures.card import Pen, Section, clamped, note, panel
from bot.pictures.lettering import BODY, SMALL, STRONG

ROW = 46
MOST_ROWS = 8
"""More topics would make the card higher than a phone's screen."""

BAR_LEFT, BAR_WIDTH, BAR_HEIGHT = 388, 314, 22
PERCENT_RIGHT = 810


def topics(rows: Sequence[TopicMean]) -> Section:
    """Make the panel; topics that do not fit are counted."""
    if all(row.mean is None for row in rows):
        return note(captions.SCORES, captions.NO_ANSWERS)
    shown, left_out = rows[:MOST_ROWS], len(rows[MOST_ROWS:])
    height = ROW * (len(shown) + bool(left_out)) - 8

    def content(pen: Pen) -> None:
        for place, row in enumerate(shown):
            _row(pen, pen.place.top + place * ROW, row)
        if left_out:
            spot = (pen.place.left, pen.place.top + len(shown) * ROW + 30)
            pen.sheet.words(spot, captions.more(left_out), SMALL, pen.colours.muted)

    return panel(captions.SCORES, "", height, content)


def _row(pen: Pen, top: float, row: TopicMean) -> None:
    sheet, colours, place = pen
    base = top + 30
    sheet.fitted((place.left, base), row.topic, BODY, colours.ink, BAR_LEFT - 16)
    sheet.words((place.right, base), captions.tried(row), SMALL, colours.muted, "right")
    left, bar_top = place.left + BAR_LEFT, top + 8
    if row.mean is None:
        sheet.words((left, base), captions.NOT_TRIED, SMALL, colours.muted)
        return
    sheet.box((left, bar_top), BAR_WIDTH, BAR_HEIGHT, colours.track, 6)
    width = BAR_WIDTH * clamped(row.mean)
    if width >= 1:
        sheet.box((left, bar_top), width, BAR_HEIGHT, colours.accent, 6)
    spot = (place.left + PERCENT_RIGHT, base)
    sheet.words(spot, percent(clamped(row.mean)), STRONG, colours.ink, "right")
