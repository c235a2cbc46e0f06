"""When a channel's question is due, when it closes, and what to do after a silence. Pure.

Every time is found from the clock on the channel's wall, never by adding 24 hours. Days here are
calendar dates of the channel, from midnight to midnight.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from bot.core.calendar.days import ONE_DAY, exists, start_of, zone_of
from bot.core.limits import Limits

EVERY_DAY = frozenset(range(7))
LEAST_OPEN = timedelta(hours=1)
"""Where clocks skip an hour, a close by the wall could otherwise fall on the post itself."""

LATE_AFTER = timedelta(minutes=5)
"""A post within this is on time: polls come every half minute and sending may be retried."""

LOOK_BACK_DAYS = 31
"""So many days at most are marked as skipped after an outage; older ones need no rows."""

A_WEEK = 7

OPEN_HOURS = Limits("open_hours", "the hours until a question closes", 1, 168)
WEEKDAYS = Limits("weekdays", "a number of weekdays", 1, A_WEEK)
WEEKDAY = Limits("weekday", "weekdays, counted from Monday as 0,", 0, 6)


@dataclass(frozen=True)
class Schedule:
    """When a channel gets its question.

    `weekdays` counts from Monday, 0. `open_hours` are counted on the wall, so that 24 closes at
    the same time the next day.

    Raises:
        UnknownZone: no zone has this name.
        OutOfRange: there is no weekday, one that is not from 0 to 6, or too short or long an
            opening.
        ValueError: the time has a zone of its own, or parts of a minute.
    """

    zone: str
    at: time
    weekdays: frozenset[int] = EVERY_DAY
    open_hours: int = 24
    paused: bool = False

    def __post_init__(self) -> None:
        zone_of(self.zone)
        if self.at.tzinfo or self.at.second or self.at.microsecond:
            raise ValueError("the time of a schedule is a whole minute without a zone")
        WEEKDAYS.check(len(self.weekdays))
        for weekday in self.weekdays:
            WEEKDAY.check(weekday)
        OPEN_HOURS.check(self.open_hours)


@dataclass(frozen=True)
class Due:
    """What a poll has to do: at most one day to post, and past days to mark as skipped."""

    post: date | None = None
    late: bool = False
    skipped: tuple[date, ...] = ()


def due_at(day: date, schedule: Schedule) -> datetime | None:
    """Return when a day's question is due, in UTC; None on a day without one.

    Where clocks skip the time it is the first valid minute after, where they repeat it the first.
    """
    zone = zone_of(schedule.zone)
    if day.weekday() not in schedule.weekdays or not exists(day, zone, 0):
        return None
    return _first_moment(datetime.combine(day, schedule.at), zone)


def close_at(day: date, schedule: Schedule) -> datetime | None:
    """Return when a day's question closes, in UTC; None on a day without one."""
    due = due_at(day, schedule)
    if due is None:
        return None
    wall = datetime.combine(day, schedule.at) + timedelta(hours=schedule.open_hours)
    return max(_first_moment(wall, zone_of(schedule.zone)), due + LEAST_OPEN)


def send_by(day: date, schedule: Schedule) -> datetime | None:
    """Return from when on it is too late to post a day's question: its date or its opening is over.

    None on a day without one.
    """
    due, close = due_at(day, schedule), close_at(day, schedule)
    if due is None or close is None:
        return None
    zone = zone_of(schedule.zone)
    return min(close, start_of(due.astimezone(zone).date() + ONE_DAY, zone, 0))


def upcoming(now: datetime, schedule: Schedule, count: int) -> tuple[tuple[date, datetime], ...]:
    """Return the next days with a question and when it is due; none while paused."""
    if schedule.paused:
        return ()
    first = now.astimezone(zone_of(schedule.zone)).date() - ONE_DAY
    days = (first + timedelta(n) for n in range(A_WEEK * (count + 2)))
    found = [(day, due) for day in days if (due := due_at(day, schedule)) and due > now]
    return tuple(found[:count])


def what_is_due(now: datetime, schedule: Schedule, latest_day: date | None) -> Due:
    """Decide what to post now and which days were missed.

    Args:
        now: an aware moment.
        schedule: the channel's.
        latest_day: the last local date that has a row, whatever became of it. None where there
            is no row: then nothing is skipped, and today's question is posted even if its time
            has passed; give today to begin tomorrow. A day at or before it is never posted
            again, though the clock or the zone changed.
    """
    if schedule.paused:
        return Due()
    today = now.astimezone(zone_of(schedule.zone)).date()
    first = today - timedelta(LOOK_BACK_DAYS)
    if latest_day is not None:
        first = max(first, latest_day + ONE_DAY)
    days = [first + timedelta(n) for n in range((today - first).days + 1)]
    come = [(day, due) for day in days if (due := due_at(day, schedule)) and due <= now]
    open_days = [day for day, _ in come if now < (send_by(day, schedule) or now)]
    post = open_days[-1] if open_days else None
    skipped = tuple(day for day, _ in come if day != post) if latest_day is not None else ()
    late = any(day == post and now - due > LATE_AFTER for day, due in come)
    return Due(post, late, skipped)


def _first_moment(wall: datetime, zone: tzinfo) -> datetime:
    after = wall.replace(tzinfo=zone).astimezone(UTC)
    if after.astimezone(zone).replace(tzinfo=None) == wall:
        return after
    # In a gap the two folds lie on both sides of the skip: halve until its moment is found.
    before = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    offset = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)
