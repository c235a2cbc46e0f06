"""What moves between zones cost, over days as they are lived."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.accounts.model import LearnerSettings
from bot.core.calendar.days import local_day
from bot.core.streaks.outages import Outage
from bot.core.streaks.timezone_changes import (
    Days,
    TimezoneChange,
    days_cut,
    days_out_of_service,
    days_that_never_were,
    move_between,
)

BERLIN, AUCKLAND = Days("Europe/Berlin"), Days("Pacific/Auckland")
HONOLULU, KIRITIMATI = Days("Pacific/Honolulu"), Days("Pacific/Kiritimati")
PLACES = (
    Days(),
    BERLIN,
    HONOLULU,
    KIRITIMATI,
    Days("America/New_York", 0),
    Days("Australia/Lord_Howe", 12),
    Days("Asia/Kolkata"),
    Days("Pacific/Apia"),
)
HOUR = timedelta(hours=1)


def may(day: int) -> date:
    return date(2026, 5, day)


def at(day: int, hour: float) -> datetime:
    return datetime(2026, 5, day, tzinfo=UTC) + hour * HOUR


def cut(*moves: TimezoneChange) -> list[date]:
    return sorted(days_cut(moves, moves[-1].new))


def test_a_move_east_past_the_start_of_a_day_cuts_the_old_one():
    # 20 h in Berlin are 6 h of the next date in Auckland.
    assert cut(TimezoneChange(at(10, 18), BERLIN, AUCKLAND)) == [may(10)]


def test_a_date_that_a_move_left_hardly_any_time_is_excused():
    # 5 h in Honolulu are 5 h of the next date in Kiritimati: nothing of the 10th was left.
    assert cut(TimezoneChange(at(10, 15), HONOLULU, KIRITIMATI)) == [may(10)]
    # 14:30 in Berlin is 0:30 at night in Auckland: the 10th ended after fourteen hours.
    assert cut(TimezoneChange(at(10, 12.5), BERLIN, AUCKLAND)) == [may(10)]


def test_a_small_move_and_one_west_cost_nothing():
    assert cut(TimezoneChange(at(10, 12), BERLIN, Days("Asia/Kolkata"))) == []
    assert cut(TimezoneChange(at(10, 12), AUCKLAND, BERLIN)) == []


def test_who_moves_right_back_has_the_rest_of_the_day():
    there, back = (
        TimezoneChange(at(10, 18), BERLIN, AUCKLAND),
        TimezoneChange(at(10, 18.1), AUCKLAND, BERLIN),
    )

    assert cut(there, back) == []


def test_who_comes_back_later_was_away_nevertheless():
    there, back = (
        TimezoneChange(at(10, 18), BERLIN, AUCKLAND),
        TimezoneChange(at(17, 8), AUCKLAND, BERLIN),
    )

    assert cut(there, back) == [may(10)]


def test_an_earlier_start_of_the_day_cuts_it_as_a_move_does():
    # At two in the morning it is still yesterday from four on, and today from midnight on.
    assert cut(TimezoneChange(at(10, 2), Days(), Days(day_starts=0))) == [may(9)]


def test_only_zone_and_start_of_the_day_are_a_move():
    one = LearnerSettings("Europe/Berlin")

    assert move_between(one, LearnerSettings("Europe/Berlin", reviews_a_day=3), at(1, 0)) is None
    assert move_between(one, LearnerSettings("Europe/Berlin", 0), at(1, 0)) == TimezoneChange(
        at(1, 0), BERLIN, Days("Europe/Berlin", 0)
    )


def test_outages_excuse_the_days_as_they_were_counted_then():
    evening = Outage(at(10, 22), at(11, 2))  # the last four hours of the 10th, in Berlin
    there = TimezoneChange(at(20, 3), BERLIN, AUCKLAND)

    assert days_out_of_service([evening], [], BERLIN) == {may(10)}
    assert days_out_of_service([evening], [there], AUCKLAND) == {may(10)}
    assert days_out_of_service([evening], [], AUCKLAND) == set()


def test_a_date_that_a_zone_skipped_never_was():
    days = [date(2011, 12, day) for day in (29, 30, 31)]

    assert days_that_never_were(days, Days("Pacific/Apia")) == {days[1]}
    assert days_that_never_were(days, BERLIN) == set()


@given(
    st.lists(
        st.tuples(st.sampled_from(PLACES), st.integers(0, 60), st.integers(0, 59)), max_size=6
    ),
    st.sampled_from(PLACES),
)
def test_each_date_is_lived_for_most_of_a_day_or_excused(steps, first):
    """Moves three to six days apart: between them somebody looks at the clock each half hour."""
    moves, days, now = [], first, at(1, 0)
    seen: dict[date, int] = {}
    for place, hours, minutes in steps:
        until = now + 72 * HOUR + hours * HOUR + timedelta(minutes=minutes)
        while now < until:
            day = local_day(now, days.tz, days.day_starts)
            seen[day] = seen.get(day, 0) + 1
            now += HOUR / 2
        moves.append(TimezoneChange(now, days, place))
        days = place
    excused = days_cut(moves, days)

    if seen:
        between = range(min(seen).toordinal() + 1, max(seen).toordinal())
        for day in map(date.fromordinal, between):
            assert day in excused or seen.get(day, 0) >= 34, day


@pytest.mark.parametrize("days", PLACES)
def test_a_move_to_where_one_is_costs_nothing(days: Days):
    assert cut(TimezoneChange(at(10, 11), days, days)) == []
