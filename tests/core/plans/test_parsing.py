from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.plans.errors import DateOutOfReach, PlanRejected, UnclearDate
from bot.core.plans.parsing import interview_day

TODAY = date(2026, 11, 23)
"""A Monday."""


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2026-12-20", date(2026, 12, 20)),
        ("20 December", date(2026, 12, 20)),
        ("December 20th, 2026", date(2026, 12, 20)),
        ("the 3rd of feb".removeprefix("the "), date(2027, 2, 3)),
        ("on 1 mar", date(2027, 3, 1)),
        ("tomorrow", date(2026, 11, 24)),
        ("in 3 weeks", date(2026, 12, 14)),
        ("a month", date(2026, 12, 23)),
        ("10 days", date(2026, 12, 3)),
        ("Friday", date(2026, 11, 27)),
        ("next monday", date(2026, 11, 30)),
    ],
)
def test_a_day_is_named_as_people_name_it(words: str, day: date):
    assert interview_day(words, TODAY) == day


@pytest.mark.parametrize("words", ["none", "No date"])
def test_a_date_can_be_taken_back(words: str):
    assert interview_day(words, TODAY) is None


@pytest.mark.parametrize("words", ["someday", "2026-02-30", "31 June", "soon", "12/20/2026", "5"])
def test_words_that_are_no_day_are_refused(words: str):
    with pytest.raises(UnclearDate):
        interview_day(words, TODAY)


@pytest.mark.parametrize("words", ["2026-11-23", "2020-01-01", "2031-01-01", "999 weeks"])
def test_a_day_that_is_over_or_far_away_is_refused(words: str):
    with pytest.raises(DateOutOfReach):
        interview_day(words, TODAY)


@given(st.text(max_size=80))
def test_whatever_is_typed_is_a_day_ahead_or_refused(words: str):
    with suppress(PlanRejected):
        day = interview_day(words, TODAY)
        assert day is None or day > TODAY
