"""From what a person types behind `/streak why` to the days that they mean. Pure."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.core.accounts.model import PlatformUser
from bot.core.communities.model import Place
from bot.core.streaks.errors import unclear_days

MONTHS: Final = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)

SHORTEST_NAME = 3
"""Letters that tell every month from the others."""

LONGEST_TYPED = 40
"""Characters that are read; no month needs half of them."""

_ALL = frozenset({"all", "everything", "everyday", "every day"})
_NUMBERED = re.compile(r"(20[0-9]{2})-(0?[1-9]|1[0-2])")
_NAMED = re.compile(r"([a-z]+)\.?(?:,? (20[0-9]{2}))?")


@dataclass(frozen=True)
class Span:
    """Days from the first to the last; both belong to it."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        """Tell whether a day belongs to it."""
        return self.first <= day <= self.last


EVER: Final = Span(date.min, date.max)


def span_of(words: str, today: date) -> Span | None:
    """Return the days that the words mean, None where there are none: the latest days.

    A month without a year is the latest that has begun.

    Raises:
        UsageError: they are neither "all" nor a month such as 2026-10, October or oct 2026.
    """
    typed = " ".join(words[:LONGEST_TYPED].casefold().split())
    if not typed:
        return None
    if typed in _ALL:
        return EVER
    if numbered := _NUMBERED.fullmatch(typed):
        return _month(int(numbered.group(1)), int(numbered.group(2)))
    named = _NAMED.fullmatch(typed)
    month = _month_named(named.group(1)) if named else None
    if named is None or month is None:
        raise unclear_days(words.strip())
    year = int(named.group(2) or today.year - (month > today.month))
    return _month(year, month)


def months_like(
    _user: PlatformUser, _place: Place | None, typed: str, most: int
) -> tuple[tuple[str, str], ...]:
    """Offer what may be typed for days."""
    offered = ("all", *MONTHS)
    return tuple((each.capitalize(), each) for each in offered if typed.casefold() in each)[:most]


def _month_named(name: str) -> int | None:
    if len(name) < SHORTEST_NAME:
        return None
    return next((n for n, known in enumerate(MONTHS, 1) if known.startswith(name)), None)


def _month(year: int, month: int) -> Span:
    after = date(year + month // len(MONTHS), month % len(MONTHS) + 1, 1)
    return Span(date(year, month, 1), after - timedelta(days=1))
