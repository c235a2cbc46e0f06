from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.daily.schedule import (
    EVERY_DAY,
    Due,
    Schedule,
    close_at,
    due_at,
    send_by,
    upcoming,
    what_is_due,
)
from bot.core.errors import UnknownZone
from bot.core.limits import OutOfRange

ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "Pacific/Apia",
    "Pacific/Kiritimati",
)
schedules = st.builds(
    Schedule,
    zone=st.sampled_from(ZONES),
    at=st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    weekdays=st.frozensets(st.integers(0, 6), min_size=1),
    open_hours=st.integers(1, 168),
)
days = st.dates(date(2024, 1, 1), date(2025, 12, 31))
BERLIN = Schedule("Europe/Berlin", time(9))


def utc(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


@given(schedule=schedules, day=days)
def test_a_question_is_due_by_the_wall_and_closes_later(schedule: Schedule, day: date):
    due, close = due_at(day, schedule), close_at(day, schedule)

    assert (due is None) == (close is None) == (day.weekday() not in schedule.weekdays)
    if due and close:
        wall = due.astimezone(ZoneInfo(schedule.zone))
        assert wall.date() == day
        assert (
            timedelta(0)
            <= datetime.combine(day, wall.time()) - datetime.combine(day, schedule.at)
            <= timedelta(hours=1)
        )
        assert wall.fold == 0
        assert close > due


@pytest.mark.parametrize("zone", ZONES[:5])
@pytest.mark.parametrize("at", [time(0), time(2, 10), time(9), time(23, 59)])
@pytest.mark.parametrize("open_hours", [1, 12, 24, 168])
def test_it_can_be_posted_until_its_date_or_its_opening_is_over(
    zone: str, at: time, open_hours: int
):
    schedule = Schedule(zone, at, EVERY_DAY - {5}, open_hours)
    for number in range(2 * 366):
        day = date(2024, 1, 1) + timedelta(number)
        due, until, close = (when(day, schedule) for when in (due_at, send_by, close_at))
        if due is None or until is None or close is None:
            assert day.weekday() == 5
            assert due is until is close is None
            continue
        assert due < until <= close
        last = (until - timedelta(seconds=1)).astimezone(ZoneInfo(zone))
        assert last.date() == day
        assert until == close or until.astimezone(ZoneInfo(zone)).date() > day


def test_a_question_whose_time_falls_into_the_next_date_has_all_of_that():
    nuuk = Schedule("America/Nuuk", time(23, 30), open_hours=48)
    day = date(2024, 3, 30)  # at eleven in the evening the clocks went on to midnight

    assert due_at(day, nuuk) == utc(2024, 3, 31, 1)
    assert send_by(day, nuuk) == utc(2024, 4, 1, 1)


@pytest.mark.parametrize(
    ("zone", "day", "at", "due"),
    [
        ("Europe/Berlin", date(2024, 3, 31), time(2, 30), utc(2024, 3, 31, 1)),
        ("Europe/Berlin", date(2024, 10, 27), time(2, 30), utc(2024, 10, 27, 0, 30)),
        ("Australia/Lord_Howe", date(2024, 10, 6), time(2, 10), utc(2024, 10, 5, 15, 30)),
        ("Pacific/Apia", date(2011, 12, 30), time(9), None),
        ("Asia/Kolkata", date(2024, 2, 29), time(9), utc(2024, 2, 29, 3, 30)),
    ],
)
def test_a_gap_an_overlap_and_a_day_that_is_not(zone, day, at, due):
    assert due_at(day, Schedule(zone, at)) == due


@given(schedule=schedules, day=days, count=st.integers(0, 7))
def test_the_next_times_are_in_order_and_ahead(schedule: Schedule, day: date, count: int):
    now = datetime.combine(day, time(12), UTC)

    found = upcoming(now, schedule, count)

    assert len(found) == count
    assert list(found) == sorted(set(found))
    assert all(due > now and due == due_at(day, schedule) for day, due in found)


@given(schedule=schedules, day=days, minutes=st.lists(st.integers(0, 60 * 24 * 9), max_size=30))
def test_no_day_is_handled_twice_whatever_the_clock_does(schedule, day, minutes):
    latest, handled = day - timedelta(1), []
    for minute in minutes:
        now = datetime.combine(day, time(), UTC) + timedelta(minutes=minute)
        due = what_is_due(now, schedule, latest)
        handled += [*due.skipped, *([due.post] if due.post else [])]
        latest = max([latest, *handled])

    assert len(handled) == len(set(handled))


def test_a_post_is_on_time_late_or_too_late():
    yesterday = date(2024, 5, 6)
    short = Schedule("Europe/Berlin", time(9), open_hours=2)

    assert what_is_due(utc(2024, 5, 7, 6, 59), BERLIN, yesterday) == Due()
    assert what_is_due(utc(2024, 5, 7, 7), BERLIN, yesterday) == Due(date(2024, 5, 7))
    assert what_is_due(utc(2024, 5, 7, 15), BERLIN, yesterday) == Due(date(2024, 5, 7), late=True)
    assert what_is_due(utc(2024, 5, 7, 9), short, yesterday).skipped == (date(2024, 5, 7),)
    missed = what_is_due(utc(2024, 5, 7, 23), BERLIN, yesterday)
    assert missed == Due(skipped=(date(2024, 5, 7),))


def test_a_year_of_outage_ends_with_one_post_and_bounded_work():
    due = what_is_due(utc(2025, 5, 7, 8), BERLIN, date(2024, 5, 6))

    assert due.post == date(2025, 5, 7)
    assert len(due.skipped) == 31


def test_a_changed_zone_never_posts_a_date_twice():
    now = utc(2024, 5, 7, 20)
    moved = Schedule("America/New_York", time(9))

    assert what_is_due(now, moved, date(2024, 5, 7)) == Due()
    assert what_is_due(now, moved, date(2024, 5, 8)) == Due()


def test_a_new_schedule_skips_nothing_that_was_before_it():
    assert what_is_due(utc(2024, 5, 7, 15), BERLIN, None) == Due(date(2024, 5, 7), late=True)
    assert what_is_due(utc(2024, 5, 7, 15), BERLIN, date(2024, 5, 7)) == Due()


def test_a_paused_schedule_has_nothing_due():
    paused = Schedule("Europe/Berlin", time(9), paused=True)

    assert what_is_due(utc(2024, 5, 7, 8), paused, date(2024, 5, 1)) == Due()
    assert upcoming(utc(2024, 5, 7, 8), paused, 3) == ()


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"zone": "Berln"}, UnknownZone),
        ({"weekdays": frozenset()}, OutOfRange),
        ({"weekdays": frozenset({7})}, OutOfRange),
        ({"open_hours": 0}, OutOfRange),
        ({"at": time(9, 0, 1)}, ValueError),
        ({"at": time(9, tzinfo=UTC)}, ValueError),
    ],
)
def test_a_schedule_that_cannot_be_kept_is_refused(fault, error):
    with pytest.raises(error):
        Schedule(**{"zone": "Europe/Berlin", "at": time(9), **fault})
