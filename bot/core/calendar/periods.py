"""The spans of local days that a leaderboard sums. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.core.calendar.days import ONE_DAY

MONTHS_OF_A_SEASON = 3
"""A quarter: long enough to come back from a holiday, short enough to start anew."""

MONTHS_OF_A_YEAR = 12
LAST_SURE_DAY = 28
"""A season that began later would begin on a date that some months lack."""


class Period(StrEnum):
    """What a leaderboard is about."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    ALL_TIME = "all_time"


@dataclass(frozen=True)
class DateRange:
    """Local days from `start` to the day before `end`; None where there is no limit."""

    start: date | None
    end: date | None

    def __contains__(self, day: date) -> bool:
        """Tell whether a day is in the range."""
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)


def period_of(day: date, period: Period, seasons_from: date | None = None) -> DateRange:
    """Return the period that a day belongs to.

    Args:
        day: a local day.
        period: weeks are those of ISO 8601 and start on Monday.
        seasons_from: the first day of some season; quarters of the year unless given.

    Raises:
        ValueError: `seasons_from` is later in its month than the 28th.
    """
    if period is Period.DAY:
        return DateRange(day, day + ONE_DAY)
    if period is Period.WEEK:
        monday = day - timedelta(day.weekday())
        return DateRange(monday, monday + timedelta(7))
    if period is Period.MONTH:
        return _months(day, 1, date(day.year, 1, 1))
    if period is Period.SEASON:
        return _months(day, MONTHS_OF_A_SEASON, seasons_from or date(day.year, 1, 1))
    return DateRange(None, None)


def last_closed(day: date, period: Period, seasons_from: date | None = None) -> DateRange | None:
    """Return the period before the one that a day belongs to; None for all time."""
    start = period_of(day, period, seasons_from).start
    return None if start is None else period_of(start - ONE_DAY, period, seasons_from)


def _months(day: date, length: int, anchor: date) -> DateRange:
    if anchor.day > LAST_SURE_DAY:
        raise ValueError(f"a season starts on day 1 to {LAST_SURE_DAY} of a month: {anchor}")
    since = (day.year - anchor.year) * MONTHS_OF_A_YEAR + day.month - anchor.month
    since -= day.day < anchor.day
    first = since // length * length
    return DateRange(_moved(anchor, first), _moved(anchor, first + length))


def _moved(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, MONTHS_OF_A_YEAR)
    return date(day.year + years, month + 1, day.day)
