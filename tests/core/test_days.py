from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.days import local_day, start_of

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
