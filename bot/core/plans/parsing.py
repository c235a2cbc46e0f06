"""From what people type about a plan to its role, its level and the day of an interview. Pure."""

import calendar
import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from bot.core.plans.errors import DateOutOfReach, UnclearDate
from bot.core.plans.model import FARTHEST_DAYS

LONGEST_TYPED: Final = 60

LONGEST_LINE: Final = 300
"""Of all that stands behind the command."""

NO_DATE: Final = frozenset({"none", "no date", "open", "-"})

ENDS: Final = frozenset({"off", "end", "stop", "cancel"})
"""First words that end a plan."""

_LONGEST_NAME: Final = 3
"""Words in the name of a role."""

_BEFORE_NAMES: Final = frozenset({"a", "an", "as", "for", "level", "role", "the"})
_BEHIND_NAMES: Final = frozenset({"interview", "job", "level", "position", "role"})
_BEFORE_DATES: Final = re.compile(r"(?:(?:by|date|for|interview|is|my|on|the|until)\s+)+")

_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_WEEKDAYS: Final = (
    *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
)
_LEAST_LETTERS: Final = 3
_DAYS_OF: Final = {"day": 1, "week": 7, "fortnight": 14}
_MONTHS_OF: Final = {"month": 1, "year": 12}
_NAMED_AHEAD: Final = {"yesterday": -1, "today": 0, "tomorrow": 1, "day after tomorrow": 2}

_ISO = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})")
_DOTTED = re.compile(r"([0-9]{1,2})\.\s*([0-9]{1,2})\.(?:\s*([0-9]{4}))?")
_SLASHED = re.compile(r"([0-9]{1,2})/([0-9]{1,2})(?:/([0-9]{4}))?")
"""Whoever writes dots puts the day first; with slashes it may be either."""

_DAY_MONTH = re.compile(
    r"([0-9]{1,2})(?:st|nd|rd|th|\.)?\s+(?:of\s+)?([a-z]{3,9})\.?,?(?:\s+([0-9]{4}))?"
)
_MONTH_DAY = re.compile(r"([a-z]{3,9})\.?\s+([0-9]{1,2})(?:st|nd|rd|th)?,?(?:\s+([0-9]{4}))?")
_COUNTED: Final = (
    *("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
)
_NUMBERS: Final = dict.fromkeys(("a", "next", "one"), 1) | {
    word: number for number, word in enumerate(_COUNTED, 2)
}
_AHEAD = re.compile(
    rf"(?:in\s+)?([0-9]{{1,3}}|{'|'.join(_NUMBERS)})\s+"
    rf"({'|'.join((*_DAYS_OF, *_MONTHS_OF))})(?:s['’]?|['’]s)?(?:\s+(?:time|from\s+(?:now|today)))?"
)


def read_plan(
    typed: str, roles: Mapping[str, str], levels: Mapping[str, str]
) -> dict[str, str | bool]:
    """Return role and level wherever they stand, and what is left as the date.

    Args:
        typed: what stands behind the command.
        roles: the values of roles by their names in small letters.
        levels: the values of levels likewise.
    """
    words = typed[:LONGEST_LINE].replace(",", " ").split()
    if words and words[0].casefold() in ENDS:
        return {"off": True}
    values: dict[str, str | bool] = {}
    for parameter, named in (("role", roles), ("level", levels)):
        value, words = _taken(words, named)
        if value:
            values[parameter] = value
    if words:
        values["date"] = " ".join(words)
    return values


def _taken(words: list[str], named: Mapping[str, str]) -> tuple[str, list[str]]:
    """Return the value that some of the words name, the longest name first, and the other words."""
    plain = [word.casefold() for word in words]
    for length in range(_LONGEST_NAME, 0, -1):
        for start in range(len(words) - length + 1):
            value = named.get(" ".join(plain[start : start + length]))
            if value:
                first, last = start, start + length
                while first and plain[first - 1] in _BEFORE_NAMES:
                    first -= 1
                while last < len(words) and plain[last] in _BEHIND_NAMES:
                    last += 1
                return value, words[:first] + words[last:]
    return "", words


def interview_day(typed: str, today: date) -> date | None:
    """Return the day that the words name, None where they take the date back.

    A day and a month without a year are the next of them.

    Raises:
        UnclearDate: they name no day.
        DateOutOfReach: the day is not from tomorrow to a year ahead.
    """
    words = " ".join(typed[:LONGEST_TYPED].casefold().split())
    if introduced := _BEFORE_DATES.match(words):
        words = words[introduced.end() :]
    if words in NO_DATE:
        return None
    day = _day(words, today)
    if day is None:
        raise UnclearDate(typed)
    if not today < day <= today + timedelta(days=FARTHEST_DAYS):
        raise DateOutOfReach(day)
    return day


def _day(words: str, today: date) -> date | None:
    readers = (_ahead, _weekday, _iso, _dotted, _slashed, _day_and_month, _month_and_day)
    found = (reader(words, today) for reader in readers)
    return next(filter(None, found), None) or _behind_weekday(words, today)


def _ahead(words: str, today: date) -> date | None:
    if words in _NAMED_AHEAD:
        return today + timedelta(days=_NAMED_AHEAD[words])
    found = _AHEAD.fullmatch(words)
    if found is None:
        return None
    number, unit = _NUMBERS.get(found[1]) or int(found[1]), found[2]
    if unit in _DAYS_OF:
        return today + timedelta(days=number * _DAYS_OF[unit])
    months = today.month - 1 + number * _MONTHS_OF[unit]
    year, month = today.year + months // len(_MONTHS), months % len(_MONTHS) + 1
    last = calendar.monthrange(year, month)[1]
    return date(year, month, min(today.day, last))


def _behind_weekday(words: str, today: date) -> date | None:
    """Return the day of words such as "Friday 18 December", None where it is another weekday."""
    first, _, rest = words.partition(" ")
    number = _named(first.rstrip(",."), _WEEKDAYS)
    day = None if number is None or not rest else _day(rest, today)
    return day if day is not None and day.weekday() == number else None


def _weekday(words: str, today: date) -> date | None:
    number = _named(words.removeprefix("next "), _WEEKDAYS)
    return (
        None if number is None else today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)
    )


def _iso(words: str, _today: date) -> date | None:
    found = _ISO.fullmatch(words)
    return _date(int(found[1]), int(found[2]), int(found[3])) if found else None


def _dotted(words: str, today: date) -> date | None:
    found = _DOTTED.fullmatch(words)
    return _next(found[1], int(found[2]), found[3], today) if found else None


def _slashed(words: str, today: date) -> date | None:
    """Return the day, None where either number may be the month."""
    found = _SLASHED.fullmatch(words)
    if found is None:
        return None
    one, other, year = found.groups()
    read = {_next(one, int(other), year, today), _next(other, int(one), year, today)} - {None}
    return read.pop() if len(read) == 1 else None


def _day_and_month(words: str, today: date) -> date | None:
    found = _DAY_MONTH.fullmatch(words)
    return _next(found[1], _month(found[2]), found[3], today) if found else None


def _month_and_day(words: str, today: date) -> date | None:
    found = _MONTH_DAY.fullmatch(words)
    return _next(found[2], _month(found[1]), found[3], today) if found else None


def _month(word: str) -> int:
    """Return the number of a month, 0 for a word that is none."""
    number = _named(word, _MONTHS)
    return 0 if number is None else number + 1


def _next(day: str, month: int, year: str | None, today: date) -> date | None:
    """Return the next such day, or the one of the year that was named."""
    if year:
        return _date(int(year), month, int(day))
    this_year = _date(today.year, month, int(day))
    if this_year is not None and this_year > today:
        return this_year
    return _date(today.year + 1, month, int(day))


def _named(word: str, names: tuple[str, ...]) -> int | None:
    if len(word) < _LEAST_LETTERS:
        return None
    return next((place for place, name in enumerate(names) if name.startswith(word)), None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
