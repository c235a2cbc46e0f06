from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.core.figures import (
    CalendarDay,
    DayKind,
    DueForecast,
    MissedPoint,
    TrendPoint,
    ahead,
    first_monday,
    most_missed,
    smoothed,
    weeks_of,
)

TODAY = date(2026, 11, 25)
dates = st.dates(date(2000, 1, 1), date(2100, 1, 1))


def trend(*scores: float) -> list[TrendPoint]:
    return [TrendPoint(TODAY, score) for score in scores]


@given(st.lists(st.floats(0, 1), min_size=1))
def test_the_smoothed_line_stays_between_the_scores(scores: list[float]):
    means = smoothed(trend(*scores))

    assert len(means) == len(scores)
    assert all(min(scores) - 1e-9 <= mean <= max(scores) + 1e-9 for mean in means)


def test_the_smoothed_line_begins_at_the_first_score_and_follows_slowly():
    first, second = smoothed(trend(0.0, 1.0))

    assert first == 0
    assert 0 < second < 0.5


@given(dates)
def test_the_calendar_ends_in_the_week_of_today(today: date):
    begin = first_monday(today)
    days = [
        CalendarDay(begin + timedelta(days=offset), 1, DayKind.ANSWERED) for offset in range(190)
    ]
    cells = list(weeks_of(days, today))

    assert begin.weekday() == 0
    assert cells[0][:2] == (0, 0)
    assert cells[-1][:2] == (25, today.weekday())
    assert cells[-1][2].date == today


def test_days_before_the_26_weeks_are_left_out():
    old = CalendarDay(first_monday(TODAY) - timedelta(days=1), 1, DayKind.ANSWERED)

    assert list(weeks_of([old], TODAY)) == []


def test_what_is_overdue_is_due_today_and_days_without_reviews_are_zero():
    days = [
        DueForecast(TODAY - timedelta(days=3), 2),
        DueForecast(TODAY, 1),
        DueForecast(TODAY + timedelta(days=13), 4),
        DueForecast(TODAY + timedelta(days=14), 9),
    ]

    assert ahead(days, TODAY) == (3, *[0] * 12, 4)


def test_points_missed_as_often_are_ordered_by_their_share():
    rare, often, most = MissedPoint("a", 2, 9), MissedPoint("b", 2, 3), MissedPoint("c", 5, 50)

    assert most_missed([rare, often, most]) == (most, often, rare)
