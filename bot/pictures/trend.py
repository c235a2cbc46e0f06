"""Panel: every score as a dot, and the smoothed line through them."""

from collections.abc import Sequence

from bot.core.figures import TrendPoint, smoothed
from bot.core.words import captions
from bot.core.words.phrases import percent
from bot.pictures.card import Pen, Section, clamped, note, panel
from bot.pictures.lettering import TICK
from bot.pictures.sheet import Spot

HEIGHT = 236
AXIS_LEFT, AXIS_BOTTOM, INSET = 92, 40, 14
MOST_DOTS = 120
"""The latest scores; more dots than this only hide each other on half a card."""


def trend(points: Sequence[TrendPoint]) -> Section:
    """Make the panel."""
    if not points:
        return note(captions.TREND, captions.NO_TREND, 2)
    means = smoothed(points)[-MOST_DOTS:]

    def content(pen: Pen) -> None:
        _scale(pen)
        _plot(pen, points[-MOST_DOTS:], means)

    return panel(captions.TREND, captions.TREND_KEY, HEIGHT, content)


def _scale(pen: Pen) -> None:
    sheet, colours, place = pen
    for share in (0.0, 0.5, 1.0):
        y = _y(pen, share)
        sheet.line([(place.left + AXIS_LEFT, y), (place.right, y)], colours.track, 2)
        spot = (place.left + AXIS_LEFT - 12, y + 8)
        sheet.words(spot, percent(share), TICK, colours.muted, "right")


def _plot(pen: Pen, points: Sequence[TrendPoint], means: Sequence[float]) -> None:
    sheet, colours, place = pen
    xs = _xs(pen, points)
    scores = [(x, _y(pen, point.score)) for x, point in zip(xs, points, strict=True)]
    line: list[Spot] = [(x, _y(pen, mean)) for x, mean in zip(xs, means, strict=True)]
    base = place.bottom
    sheet.dots(scores, colours.second, 12, colours.panel)
    if len(points) > 1:
        sheet.line(line, colours.panel, 8)
        sheet.line(line, colours.accent, 5)
    if len(points) == 1:
        sheet.words(
            (xs[0], base), captions.short_date(points[0].date), TICK, colours.muted, "center"
        )
        return
    left, right = place.left + AXIS_LEFT, place.right
    sheet.words((left, base), captions.short_date(points[0].date), TICK, colours.muted)
    sheet.words((right, base), captions.short_date(points[-1].date), TICK, colours.muted, "right")


def _xs(pen: Pen, points: Sequence[TrendPoint]) -> list[float]:
    """Return where the dates lie; answers of one day stand on one spot."""
    left, right = pen.place.left + AXIS_LEFT + INSET, pen.place.right - INSET
    days = [point.date.toordinal() for point in points]
    first, span = min(days), max(days) - min(days)
    if not span:
        step = (right - left) / (len(days) + 1)
        return [left + step * (place + 1) for place in range(len(days))]
    return [left + (right - left) * (day - first) / span for day in days]


def _y(pen: Pen, share: float) -> float:
    top, bottom = pen.place.top + INSET, pen.place.bottom - AXIS_BOTTOM
    return bottom - (bottom - top) * clamped(share)
