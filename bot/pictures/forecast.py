"""Panel: how many reviews fall due on each of the next days."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.core.figures import FORECAST_DAYS, DueForecast, ahead
from bot.core.words import captions
from bot.pictures.card import Pen, Section, note, panel
from bot.pictures.lettering import TICK, Type
from bot.pictures.sheet import measure
from bot.pictures.trend import AXIS_BOTTOM, HEIGHT

NUMBER_ROOM = 34
LEAST_TOP = 5
"""The scale ends at this many reviews at least, so that a single one does not look like a heap."""


def forecast(days: Sequence[DueForecast], today: date) -> Section:
    """Make the panel for the days from today on."""
    counts = ahead(days, today)
    if not any(counts):
        return note(captions.FORECAST, captions.NO_FORECAST, 2)

    def content(pen: Pen) -> None:
        step = pen.place.width / FORECAST_DAYS
        top = max(LEAST_TOP, *counts)
        for place, count in enumerate(counts):
            _bar(pen, pen.place.left + step * (place + 0.5), step, count, count / top)
        _dates(pen, today)

    return panel(captions.FORECAST, captions.FORECAST_KEY, HEIGHT, content)


def _bar(pen: Pen, middle: float, step: float, count: int, share: float) -> None:
    sheet, colours, place = pen
    floor, width = place.bottom - AXIS_BOTTOM, step * 0.68
    height = max(4.0, (place.height - AXIS_BOTTOM - NUMBER_ROOM) * share)
    colour = colours.accent if count else colours.track
    sheet.box((middle - width / 2, floor - height), width, height, colour, 4)
    if count:
        number = captions.few(count)
        kind = TICK
        while measure(number, kind) > step:
            kind = Type(kind.size - 1)
        sheet.words((middle, floor - height - 8), number, kind, colours.ink, "center")


def _dates(pen: Pen, today: date) -> None:
    sheet, colours, place = pen
    last = captions.short_date(today + timedelta(days=FORECAST_DAYS - 1))
    sheet.words((place.left, place.bottom), captions.TODAY, TICK, colours.muted)
    sheet.words((place.right, place.bottom), last, TICK, colours.muted, "right")
