"""Local days that begin at an hour of the learner's choice instead of midnight. Pure."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo


def local_day(at: datetime, zone: tzinfo, day_starts: int) -> date:
    """Return the day that a moment belongs to where the clocks show `zone`.

    Args:
        at: an aware moment.
        zone: where the person is.
        day_starts: the hour, 0 to 12, at which a day begins by the clock on the wall.
    """
    # Wall time on both sides: subtracting within one zone moves the hands, not the moment.
    return (at.astimezone(zone) - timedelta(hours=day_starts)).date()


def start_of(day: date, zone: tzinfo, day_starts: int) -> datetime:
    """Return the first moment of a local day, in UTC.

    Where the clocks skip the hour it is the moment of the skip; where they repeat it, the first.
    """
    return datetime.combine(day, time(day_starts), zone).astimezone(UTC)
