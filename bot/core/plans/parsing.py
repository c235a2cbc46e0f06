"""From what people type to the day of an interview. Pure."""

import re
from datetime import date, timedelta
from typing import Final

from bot.core.plans.errors import DateOutOfReach, UnclearDate
from bot.core.plans.model import FARTHEST_DAYS

LONGEST_TYPED: Final = 60

NO_DATE: Final = frozenset({"none", "no date", "open", "-"})

_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_WEEKDAYS: Final = (
    *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
)
_LEAST_LETTERS: Final = 3
_UNITS: Final = {"day": 1, "week": 7, "month": 30}

_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_DAY_MONTH = re.compile(
    r"([0-9]{1,2})(?:st|nd|rd|th|\.)?\s+(?:of\s+)?([a-z]{3,9})\.?,?(?:\s+([0-9]{4}))?"
)
_MONTH_DAY = re.compile(r"([a-z]{3,9})\.?\s+([0-9]{1,2})(?:st|nd|rd|th)?,?(?:\s+([0-9]{4}))?")
_AHEAD = re.compile(r"(?:in\s+)?([0-9]{1,3}|an?|one|two|three|four)\s+(day|week|month)s?")
_NUMBERS: Final = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4}


def interview_day(typed: str, today: date) -> date | None:
    """Return the day that the words name, None where they take the date back.

    A day and a month without a year are the next of them.

    Raises:
        UnclearDate: they name no day.
        DateOutOfReach: the day is not from tomorrow to a year ahead.
    """
    words = " ".join(typed[:LONGEST_TYPED].casefold().split())
    words = words.removeprefix("date ").removeprefix("on ").removeprefix("by ")
    if words in NO_DATE:
        return None
    day = _day(words, today)
    if day is None:
        raise UnclearDate(typed)
    if not today < day <= today + timedelta(days=FARTHEST_DAYS):
        raise DateOutOfReach(day)
    return day


def _day(words: str, today: date) -> date | None:
    readers = (_ahead, _weekday, _iso, _day_and_month, _month_and_day)
    found = (reader(words, today) for reader in readers)
    return next(filter(None, found), None)


def _ahead(words: str, today: date) -> date | None:
    if words == "tomorrow":
        return today + timedelta(days=1)
    found = _AHEAD.fullmatch(words)
    if found is None:
        return None
    number = _NUMBERS.get(found[1]) or int(found[1])
    return today + timedelta(days=number * _UNITS[found[2]])


def _weekday(words: str, today: date) -> date | None:
    number = _named(words.removeprefix("next "), _WEEKDAYS)
    return (
        None if number is None else today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)
    )


def _iso(words: str, _today: date) -> date | None:
    found = _ISO.fullmatch(words)
    return _date(int(found[1]), int(found[2]), int(found[3])) if found else None


def _day_and_month(words: str, today: date) -> date | None:
    found = _DAY_MONTH.fullmatch(words)
    return _next(found[1], found[2], found[3], today) if found else None


def _month_and_day(words: str, today: date) -> date | None:
    found = _MONTH_DAY.fullmatch(words)
    return _next(found[2], found[1], found[3], today) if found else None


def _next(day: str, month: str, year: str | None, today: date) -> date | None:
    """Return the next such day, or the one of the year that was named."""
    number = _named(month, _MONTHS)
    if number is None:
        return None
    if year:
        return _date(int(year), number + 1, int(day))
    this_year = _date(today.year, number + 1, int(day))
    if this_year is not None and this_year > today:
        return this_year
    return _date(today.year + 1, number + 1, int(day))


def _named(word: str, names: tuple[str, ...]) -> int | None:
    if len(word) < _LEAST_LETTERS:
        return None
    return next((place for place, name in enumerate(names) if name.startswith(word)), None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
