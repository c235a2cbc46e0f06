"""Panel: how many reviews fall due on each of the next days."""

from collections.abc import Sequence
from datetime import date

from bot.core.figures import FORECAST_DAYS, DueForecast
from bot.core.wording import captions
from bot.pictures.card import Pen, Section, note, panel
from bot.pictures.lettering import TICK, Type
from bot.pictures.sheet import measure
from bot.pictures.trend import AXIS_BOTTOM, HEIGHT

NUMBER_ROOM = 34
LEAST_TOP = 5
"""The scale ends at this many reviews at least, so that a single one does not look like a heap."""


def forecast(days: Sequence[DueForecast], today: date) -> Section:
    """Make the panel for the days from today on."""
    ahead = [day for day in days if day.date >= today][:FORECAST_DAYS]
    if not any(day.count for day in ahead):
        return note(captions.FORECAST, captions.NO_FORECAST, 2)

    def content(pen: Pen) -> None:
        step = pen.place.width / FORECAST_DAYS
        top = max(LEAST_TOP, *(day.count for day in ahead), 0)
        for place, day in enumerate(ahead):
            _bar(pen, pen.place.left + step * (place + 0.5), step, day, day.count / top)
        _dates(pen, ahead, step, today)

    return panel(captions.FORECAST, captions.FORECAST_KEY, HEIGHT, content)


def _bar(pen: Pen, middle: float, step: float, day: DueForecast, share: float) -> None:
    sheet, colours, place = pen
    floor, width = place.bottom - AXIS_BOTTOM, step * 0.68
    height = max(4.0, (place.height - AXIS_BOTTOM - NUMBER_ROOM) * share)
    colour = colours.accent if day.count else colours.track
    sheet.box((middle - width / 2, floor - height), width, height, colour, 4)
    if day.count:
        kind, number = TICK, str(day.count)
        while measure(number, kind) > step and kind.size > 1:
            kind = Type(kind.size - 1)
        sheet.words((middle, floor - height - 8), number, kind, colours.ink, "center")


def _dates(pen: Pen, ahead: Sequence[DueForecast], step: float, today: date) -> None:
    sheet, colours, place = pen
    first = captions.TODAY if ahead[0].date == today else captions.short_date(ahead[0].date)
    sheet.words((place.left, place.bottom), first, TICK, colours.muted)
    if len(ahead) > FORECAST_DAYS // 2:
        end = place.left + step * len(ahead)
        last = captions.short_date(ahead[-1].date)
        sheet.words((end, place.bottom), last, TICK, colours.muted, "right")
