"""A learner's changes of time zone or of the day's start, and the local days that they cost. Pure.

Answered days are stored as they were lived and never rewritten. What a move changes is how long a
date lasts: east it is cut short or never begins, west it goes on.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

from bot.core.accounts.model import LearnerSettings
from bot.core.calendar.days import DAY_STARTS, ONE_DAY, day_bounds, local_day, zone_of
from bot.core.streaks.outages import EXCUSING_SHARE, Outage, days_excused

SHORTEST_DAY = (1 - EXCUSING_SHARE) * timedelta(hours=24)
"""A date that lasted less for a learner is excused, as it is when an outage takes as much."""

_NEAR = timedelta(days=2)
_ALWAYS = datetime.min.replace(tzinfo=UTC)
_FOREVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Days:
    """How a learner counts days; without a zone they are UTC's."""

    zone: str | None = None
    day_starts: int = DAY_STARTS

    @property
    def tz(self) -> tzinfo:
        """The zone itself."""
        return zone_of(self.zone) if self.zone else UTC


@dataclass(frozen=True)
class TimezoneChange:
    """The moment at which a learner began to count days in another way."""

    at: datetime
    old: Days
    new: Days


@dataclass(frozen=True)
class _Stay:
    """A time in which a learner counted days in one way; `until` is not part of it."""

    days: Days
    since: datetime
    until: datetime

    def day(self, at: datetime) -> date:
        return local_day(at, self.days.tz, self.days.day_starts)

    def near(self, outages: Iterable[Outage]) -> list[Outage]:
        """Return the outages that may share a local day with this stay."""
        return [o for o in outages if o.end + _NEAR > self.since and o.start - _NEAR < self.until]

    def lived(self, day: date) -> timedelta:
        """Return how much of a date was within this stay."""
        start, end = day_bounds(day, self.days.tz, self.days.day_starts)
        return max(timedelta(0), min(end, self.until) - max(start, self.since))


def days_chosen(settings: LearnerSettings) -> Days:
    """Return how days are counted by these settings."""
    return Days(settings.zone, settings.day_starts)


def move_between(
    before: LearnerSettings, after: LearnerSettings, at: datetime
) -> TimezoneChange | None:
    """Return the move that a change of settings is; None where days are counted as before."""
    old, new = days_chosen(before), days_chosen(after)
    return TimezoneChange(at, old, new) if old != new else None


def day_then(at: datetime, moves: Iterable[TimezoneChange], now: Days) -> date:
    """Return the date of a moment as the learner counted days at that moment."""
    days = next((move.old for move in moves if move.at > at), now)
    return local_day(at, days.tz, days.day_starts)


def days_cut(moves: Sequence[TimezoneChange], now: Days) -> frozenset[date]:
    """Return the dates that moves cut short or let never begin.

    Args:
        moves: in the order in which they were made.
        now: how the learner counts days since the last of them.
    """
    cut: set[date] = set()
    touched: set[date] = set()
    for move in moves:
        first = local_day(move.at, move.old.tz, move.old.day_starts)
        after = local_day(move.at, move.new.tz, move.new.day_starts)
        cut |= set(_dates(first, after))
        # Who goes back west while such a date lasts there has the rest of it after all.
        cut -= {day for day in cut if after < first and day >= after}
        touched |= {first, after}
    stays = _stays(moves, now)
    short = {
        day
        for day in touched
        if sum((stay.lived(day) for stay in stays), timedelta(0)) < SHORTEST_DAY
    }
    return frozenset(cut | short)


def days_out_of_service(
    outages: Iterable[Outage], moves: Sequence[TimezoneChange], now: Days
) -> frozenset[date]:
    """Return the dates that outages excuse, each as the learner counted days at that time."""
    known = tuple(outages)
    return frozenset(
        day
        for stay in _stays(moves, now)
        for day in days_excused(stay.near(known), stay.days.tz, stay.days.day_starts)
        if stay.lived(day)
    )


def days_that_never_were(days: Iterable[date], now: Days) -> frozenset[date]:
    """Return those of the dates that the learner's zone skipped as a whole."""
    bounds = {day: day_bounds(day, now.tz, now.day_starts) for day in days}
    return frozenset(day for day, (start, end) in bounds.items() if start == end)


def _dates(first: date, end: date) -> Iterable[date]:
    return (first + n * ONE_DAY for n in range((end - first).days))


def _stays(moves: Sequence[TimezoneChange], now: Days) -> list[_Stay]:
    since = (_ALWAYS, *(move.at for move in moves))
    until = (*(move.at for move in moves), _FOREVER)
    counted = (*(move.old for move in moves), now)
    return [_Stay(*each) for each in zip(counted, since, until, strict=True)]
