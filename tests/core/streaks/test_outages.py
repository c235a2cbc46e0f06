from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.calendar.days import day_bounds
from bot.core.streaks.outages import Outage, days_excused, outage_since

ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "Pacific/Apia",
    "Pacific/Kiritimati",
)
FIRST = datetime(2024, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = date(2024, 5, 7)
zones = st.sampled_from(ZONES).map(ZoneInfo)
outages = st.builds(
    lambda start, hours: Outage(FIRST + start * HOUR, FIRST + (start + hours) * HOUR),
    st.integers(0, 2 * 366 * 24),
    st.integers(1, 100),
)


@pytest.mark.parametrize(("minutes", "down"), [(-60, False), (0, False), (5, False), (6, True)])
def test_a_silence_beyond_the_tolerance_is_an_outage(minutes: int, down: bool):
    now = FIRST + timedelta(minutes=minutes)

    expected = Outage(FIRST, now) if down else None
    assert outage_since(FIRST, now, timedelta(minutes=5)) == expected


@given(zone=zones, day=st.dates(DAY, DAY + timedelta(700)))
def test_a_day_without_service_is_excused_and_no_other(zone, day):
    assert days_excused([Outage(*day_bounds(day, zone))], zone) == {day}


@given(some=st.lists(outages, max_size=5), more=outages, zone=zones)
def test_more_outages_never_excuse_less_and_repeats_nothing_more(some, more, zone):
    assert days_excused(some, zone) <= days_excused([*some, more], zone)
    assert days_excused([*some, *some], zone) == days_excused(some, zone)


@pytest.mark.parametrize(
    ("first", "hours", "excused"),
    [(0, 5, False), (0, 6, True), (22, 2, True), (23, 1, False), (21, 2, False)],
)
def test_a_quarter_or_the_last_two_hours_excuse(first: int, hours: int, excused: bool):
    zone = ZoneInfo("Asia/Kolkata")
    start = day_bounds(DAY, zone)[0] + first * HOUR

    assert (DAY in days_excused([Outage(start, start + hours * HOUR)], zone)) is excused


def test_short_outages_of_one_day_add_up_but_overlaps_do_not():
    zone = ZoneInfo("Asia/Kolkata")
    start = day_bounds(DAY, zone)[0]
    early = Outage(start, start + 3 * HOUR)

    assert days_excused([early, Outage(start + 5 * HOUR, start + 8 * HOUR)], zone) == {DAY}
    assert days_excused([early, early, early], zone) == frozenset()
