"""Panel: the last 26 weeks, a square a day. The more answers, the larger and stronger it is."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from bot.core.figures import CALENDAR_WEEKS, CalendarDay, DayKind, first_monday, weeks_of
from bot.core.words import captions
from bot.pictures.card import Pen, Section, note, panel
from bot.pictures.lettering import TICK
from bot.pictures.sheet import Spot, diamond, measure, square

LEFT, STEP, TOP = 66, 34.3, 36
TILE = 30
SIZES = (17, 23, 30)
EXCUSED_KINDS = {DayKind.OUTAGE, DayKind.NO_QUESTION}
HEIGHT = 332


def calendar(days: Sequence[CalendarDay], today: date, *, streaks: bool = True) -> Section:
    """Make the panel; days outside the 26 weeks are left out.

    Without `streaks`, the legend knows nothing of what excuses a day.
    """
    shown = tuple(weeks_of(days, today))
    if not any(day.answers or day.kind is not DayKind.NONE for _, _, day in shown):
        return note(captions.CALENDAR, captions.NO_CALENDAR)

    def content(pen: Pen) -> None:
        _tiles(pen, today)
        _marks(pen, [(_middle(pen, column, row), day) for column, row, day in shown])
        _labels(pen, today)
        _legend(pen, streaks=streaks)

    return panel(captions.CALENDAR, "", HEIGHT, content)


def _middle(pen: Pen, column: int, row: int) -> Spot:
    left = pen.place.left + LEFT
    return left + STEP * (column + 0.5), pen.place.top + TOP + STEP * (row + 0.5)


def _tiles(pen: Pen, today: date) -> None:
    days = (today - first_monday(today)).days + 1
    spots = [_middle(pen, *divmod(day, 7)) for day in range(days)]
    pen.sheet.shapes([square(spot, TILE - 2) for spot in spots], pen.colours.track, line=2)
    pen.sheet.shapes([square(spots[-1], TILE - 1)], pen.colours.ink, line=3)


def _marks(pen: Pen, days: Iterable[tuple[Spot, CalendarDay]]) -> None:
    steps: tuple[list[Spot], ...] = ([], [], [])
    freezes: list[Spot] = []
    excused: list[Spot] = []
    for spot, day in days:
        if day.answers > 0 or day.kind is DayKind.ANSWERED:
            steps[captions.level(day.answers)].append(spot)
        elif day.kind is DayKind.FREEZE:
            freezes.append(spot)
        elif day.kind in EXCUSED_KINDS:
            excused.append(spot)
    for spots, size, colour in zip(steps, SIZES, pen.colours.heat, strict=True):
        pen.sheet.shapes([square(spot, size) for spot in spots], colour)
    _freezes(pen, freezes)
    _excused(pen, excused)


def _freezes(pen: Pen, spots: Sequence[Spot]) -> None:
    pen.sheet.shapes([diamond(spot, 24) for spot in spots], pen.colours.accent)


def _excused(pen: Pen, spots: Sequence[Spot]) -> None:
    for x, y in spots:
        pen.sheet.line([(x - 6, y), (x + 6, y)], pen.colours.muted, 3)


def _labels(pen: Pen, today: date) -> None:
    sheet, colours, place = pen
    for row in (0, 2, 4, 6):
        spot = (place.left, _middle(pen, 0, row)[1] + 8)
        sheet.words(spot, captions.WEEKDAYS[row], TICK, colours.muted)
    for column, month in _months(first_monday(today)):
        x = place.left + LEFT + STEP * column + (STEP - TILE) / 2
        sheet.words((x, place.top + 22), captions.MONTHS[month - 1], TICK, colours.muted)


def _months(monday: date) -> Iterable[tuple[int, int]]:
    """Return the columns in which a month begins; not the last, where its name would not fit."""
    for column in range(CALENDAR_WEEKS - 1):
        sunday = monday + timedelta(days=7 * column + 6)
        if sunday.day <= 7:  # noqa: PLR2004 the month's first day lies in this week
            yield column, sunday.month


def _legend(pen: Pen, *, streaks: bool) -> None:
    sheet, colours, place = pen
    x, y = place.left + LEFT, place.bottom - 10
    for (_, label), size, colour in zip(captions.LEVELS, SIZES, colours.heat, strict=True):
        sheet.shapes([square((x + 15, y - 8), size)], colour)
        x += 40 + _word(pen, (x + 38, y), label) + 22
    x += _word(pen, (x - 8, y), captions.ANSWERS) + 34
    if not streaks:
        return
    _freezes(pen, [(x + 12, y - 8)])
    x += 34 + _word(pen, (x + 34, y), captions.FREEZE) + 34
    _excused(pen, [(x + 10, y - 8)])
    _word(pen, (x + 28, y), captions.EXCUSED)


def _word(pen: Pen, spot: Spot, word: str) -> float:
    pen.sheet.words(spot, word, TICK, pen.colours.muted)
    return measure(word, TICK)
