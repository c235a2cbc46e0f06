"""Local days that begin at an hour of the learner's choice instead of midnight. Pure."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.core.errors import UnknownZone

DAY_STARTS = 4
"""Who studies past midnight still means the evening; hardly anybody studies at four."""

ONE_DAY = timedelta(days=1)


def zone_of(name: str) -> ZoneInfo:
    """Return the zone with exactly this name of the IANA database.

    Raises:
        UnknownZone: there is none.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UnknownZone(name) from error


def local_day(at: datetime, zone: tzinfo, day_starts: int = DAY_STARTS) -> date:
    """Return the day that a moment belongs to where the clocks show `zone`.

    Args:
        at: an aware moment.
        zone: where the person is.
        day_starts: the hour, 0 to 12, at which a day begins by the clock on the wall.
    """
    # Wall time on both sides: subtracting within one zone moves the hands, not the moment.
    day = (at.astimezone(zone) - timedelta(hours=day_starts)).date()
    # A date that a zone skipped, and hands set back past the start of a day, need a second look.
    while start_of(day, zone, day_starts) > at:
        day -= ONE_DAY
    while start_of(day + ONE_DAY, zone, day_starts) <= at:
        day += ONE_DAY
    return day


def start_of(day: date, zone: tzinfo, day_starts: int = DAY_STARTS) -> datetime:
    """Return the first moment of a local day, in UTC.

    Where the clocks skip the hour it is the moment of the skip; where they repeat it, the first.
    """
    return datetime.combine(day, time(day_starts), zone).astimezone(UTC)


def day_bounds(day: date, zone: tzinfo, day_starts: int = DAY_STARTS) -> tuple[datetime, datetime]:
    """Return the first moment of a local day and the first after it, in UTC.

    Both are the same for a date that the zone skipped, such as 2011-12-30 in Apia.
    """
    return start_of(day, zone, day_starts), start_of(day + ONE_DAY, zone, day_starts)


def exists(day: date, zone: tzinfo, day_starts: int = DAY_STARTS) -> bool:
    """Tell whether a local day has any moment."""
    start, end = day_bounds(day, zone, day_starts)
    return start < end
