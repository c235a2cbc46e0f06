from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.calendar.periods import DateRange, Period, last_closed, period_of

days = st.dates(date(2023, 1, 1), date(2026, 12, 31))
bounded = st.sampled_from([period for period in Period if period is not Period.ALL_TIME])
anchors = st.none() | st.dates(date(2020, 1, 1), date(2028, 12, 28)).map(
    lambda day: day.replace(day=min(day.day, 28))
)


@given(day=days, period=bounded, anchor=anchors)
def test_periods_hold_their_day_and_follow_one_another(day, period, anchor):
    now, before = period_of(day, period, anchor), last_closed(day, period, anchor)

    assert day in now
    assert before is not None
    assert before.start is not None
    assert before.end is not None
    assert before.end == now.start
    assert before.start < before.end
    assert now.end is not None
    assert period_of(now.end - timedelta(1), period, anchor) == now
    assert period_of(now.end, period, anchor).start == now.end


@pytest.mark.parametrize(
    ("period", "anchor", "start", "end"),
    [
        (Period.DAY, None, date(2024, 2, 29), date(2024, 3, 1)),
        (Period.WEEK, None, date(2024, 2, 26), date(2024, 3, 4)),
        (Period.MONTH, None, date(2024, 2, 1), date(2024, 3, 1)),
        (Period.SEASON, None, date(2024, 1, 1), date(2024, 4, 1)),
        (Period.SEASON, date(2024, 6, 15), date(2023, 12, 15), date(2024, 3, 15)),
    ],
)
def test_the_periods_of_a_leap_day(period, anchor, start, end):
    assert period_of(date(2024, 2, 29), period, anchor) == DateRange(start, end)


def test_all_time_has_no_limits_and_never_closes():
    assert date(1990, 1, 1) in period_of(date(2024, 2, 29), Period.ALL_TIME)
    assert last_closed(date(2024, 2, 29), Period.ALL_TIME) is None


def test_a_season_that_some_months_could_not_start_is_refused():
    with pytest.raises(ValueError, match="28"):
        period_of(date(2024, 2, 29), Period.SEASON, date(2024, 1, 31))
