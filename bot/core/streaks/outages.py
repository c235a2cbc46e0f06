"""When the service was down, and the local days that this excuses. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from bot.core.calendar.days import DAY_STARTS, ONE_DAY, day_bounds, local_day

EXCUSING_SHARE = 0.25
"""A day without a quarter of its time is excused: who had planned those six hours had no other."""

LAST_HOURS = timedelta(hours=2)
"""A day without its last two hours is excused: many answer late, and nobody can answer after."""


@dataclass(frozen=True)
class Outage:
    """A time without service, from the last sign of life to the next; `end` is not part of it."""

    start: datetime
    end: datetime


def outage_since(last_seen: datetime, now: datetime, tolerance: timedelta) -> Outage | None:
    """Return the outage between two signs of life; None if they are no further apart than allowed.

    A clock that was moved back is no outage.
    """
    return Outage(last_seen, now) if now - last_seen > tolerance else None


def days_excused(
    outages: Iterable[Outage], zone: tzinfo, day_starts: int = DAY_STARTS
) -> frozenset[date]:
    """Return a learner's local days that lost enough of their time, or all of their last hours."""
    by_day: dict[date, list[Outage]] = {}
    for outage in _merged(outages):
        for day in _days_of(outage, zone, day_starts):
            by_day.setdefault(day, []).append(outage)
    return frozenset(
        day for day, lost in by_day.items() if _is_excused(day, lost, zone, day_starts)
    )


def _merged(outages: Iterable[Outage]) -> list[Outage]:
    merged: list[Outage] = []
    for outage in sorted(outages, key=lambda outage: outage.start):
        if merged and outage.start <= merged[-1].end:
            merged[-1] = Outage(merged[-1].start, max(merged[-1].end, outage.end))
        elif outage.start < outage.end:
            merged.append(outage)
    return merged


def _days_of(outage: Outage, zone: tzinfo, day_starts: int) -> Iterable[date]:
    first, last = (local_day(at, zone, day_starts) for at in (outage.start, outage.end))
    return (first + n * ONE_DAY for n in range((last - first).days + 1))


def _is_excused(day: date, outages: list[Outage], zone: tzinfo, day_starts: int) -> bool:
    start, end = day_bounds(day, zone, day_starts)
    if start == end:
        return True
    lost = sum((_overlap(outage, start, end) for outage in outages), timedelta(0))
    last = any(o.start <= end - LAST_HOURS and end <= o.end for o in outages)
    return last or lost >= EXCUSING_SHARE * (end - start)


def _overlap(outage: Outage, start: datetime, end: datetime) -> timedelta:
    return max(timedelta(0), min(outage.end, end) - max(outage.start, start))
