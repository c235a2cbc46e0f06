from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.calendar.days import (
    day_bounds,
    exists,
    local_day,
    start_of,
    zone_of,
)
from bot.core.errors import UnknownZone

ZONES = (
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "Pacific/Apia",
    "Pacific/Kiritimati",
    "Atlantic/Azores",
    "America/Havana",
)

FIRST = datetime(2024, 1, 1, tzinfo=UTC)


@given(
    day=st.dates(date(2024, 1, 1), date(2027, 12, 31)),
    zone=st.sampled_from(ZONES).map(ZoneInfo),
    day_starts=st.integers(0, 12),
)
def test_a_day_begins_at_its_first_moment_and_not_before(day, zone, day_starts):
    start = start_of(day, zone, day_starts)

    assert local_day(start, zone, day_starts) == day
    assert local_day(start - timedelta(microseconds=1), zone, day_starts) == day - timedelta(1)


@given(
    at=st.integers(0, 4 * 366 * 24 * 60).map(lambda m: FIRST + timedelta(minutes=m)),
    zone=st.sampled_from(ZONES).map(ZoneInfo),
    day_starts=st.integers(0, 12),
)
def test_every_moment_is_within_its_day(at, zone, day_starts):
    day = local_day(at, zone, day_starts)

    assert start_of(day, zone, day_starts) <= at < start_of(day + timedelta(1), zone, day_starts)


@pytest.mark.parametrize(
    ("hour", "day"), [(0, date(2026, 11, 22)), (3, date(2026, 11, 22)), (4, date(2026, 11, 23))]
)
def test_who_answers_after_midnight_answers_for_the_day_before(hour: int, day: date):
    berlin = ZoneInfo("Europe/Berlin")

    assert local_day(datetime(2026, 11, 23, hour, tzinfo=berlin), berlin, 4) == day


@given(
    day=st.dates(date(2024, 1, 1), date(2025, 12, 31)),
    zone=st.sampled_from(ZONES).map(ZoneInfo),
    day_starts=st.integers(0, 12),
)
def test_days_follow_one_another_without_gap_or_overlap(day, zone, day_starts):
    start, end = day_bounds(day, zone, day_starts)

    assert start < end
    assert end == day_bounds(day + timedelta(1), zone, day_starts)[0]


@pytest.mark.parametrize("day_starts", [0, 4, 12])
def test_the_day_that_apia_skipped_has_no_moment(day_starts: int):
    apia = ZoneInfo("Pacific/Apia")
    before, skipped, after = (date(2011, 12, day) for day in (29, 30, 31))

    assert not exists(skipped, apia, day_starts)
    assert day_bounds(before, apia, day_starts)[1] == day_bounds(after, apia, day_starts)[0]
    noon = datetime(2011, 12, 29, 12, tzinfo=apia).astimezone(UTC)
    days = [local_day(noon + timedelta(hours=n), apia, day_starts) for n in range(48)]
    assert days == sorted(days)
    assert set(days) == {before, after, *days[-1:]}


def test_a_leap_day_is_a_day():
    berlin = ZoneInfo("Europe/Berlin")

    assert local_day(datetime(2024, 3, 1, 3, tzinfo=berlin), berlin) == date(2024, 2, 29)
    assert exists(date(2024, 2, 29), berlin)


@pytest.mark.parametrize("name", ["", "Berln", "../etc/passwd", "Europe", "x" * 5000, "a\0b"])
def test_an_unknown_zone_is_an_error_that_can_be_told(name: str):
    with pytest.raises(UnknownZone):
        zone_of(name)
