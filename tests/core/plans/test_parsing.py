from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.plans.errors import DateOutOfReach, PlanRejected, UnclearDate
from bot.core.plans.parsing import interview_day, read_plan

TODAY = date(2026, 11, 23)
"""A Monday."""


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2026-12-20", date(2026, 12, 20)),
        ("20 December", date(2026, 12, 20)),
        ("December 20th, 2026", date(2026, 12, 20)),
        ("the 3rd of feb", date(2027, 2, 3)),
        ("20.12.2026", date(2026, 12, 20)),
        ("3. 2.", date(2027, 2, 3)),
        ("2026/12/20", date(2026, 12, 20)),
        ("12/20/2026", date(2026, 12, 20)),
        ("20/12", date(2026, 12, 20)),
        ("5/5", date(2027, 5, 5)),
        ("Friday 18 December", date(2026, 12, 18)),
        ("Fri, Dec 18", date(2026, 12, 18)),
        ("my interview is on 18 December", date(2026, 12, 18)),
        ("on 1 mar", date(2027, 3, 1)),
        ("tomorrow", date(2026, 11, 24)),
        ("the day after tomorrow", date(2026, 11, 25)),
        ("in 3 weeks", date(2026, 12, 14)),
        ("in six weeks", date(2027, 1, 4)),
        ("in two weeks' time", date(2026, 12, 7)),
        ("a week from now", date(2026, 11, 30)),
        ("next week", date(2026, 11, 30)),
        ("in a fortnight", date(2026, 12, 7)),
        ("a month", date(2026, 12, 23)),
        ("in 2 months", date(2027, 1, 23)),
        ("in a year", date(2027, 11, 23)),
        ("10 days", date(2026, 12, 3)),
        ("Friday", date(2026, 11, 27)),
        ("next monday", date(2026, 11, 30)),
    ],
)
def test_a_day_is_named_as_people_name_it(words: str, day: date):
    assert interview_day(words, TODAY) == day


def test_months_are_those_of_the_calendar():
    assert interview_day("a month", date(2027, 1, 31)) == date(2027, 2, 28)
    assert interview_day("in 2 months", date(2026, 12, 15)) == date(2027, 2, 15)


@pytest.mark.parametrize("words", ["none", "No date"])
def test_a_date_can_be_taken_back(words: str):
    assert interview_day(words, TODAY) is None


@pytest.mark.parametrize(
    "words",
    [
        *("someday", "2026-02-30", "31 June", "soon", "3/4/2027", "13/13", "5", "20.13."),
        *("Monday 18 December", "date", "on", "ml enginer in 3 weeks", "in a few weeks"),
    ],
)
def test_words_that_are_no_day_are_refused(words: str):
    with pytest.raises(UnclearDate):
        interview_day(words, TODAY)


@pytest.mark.parametrize(
    "words",
    [
        *("2026-11-23", "2020-01-01", "2031-01-01", "999 weeks", "20 December 2025"),
        *("today", "yesterday", "1.1.2020", "999 years"),
    ],
)
def test_a_day_that_is_over_or_far_away_is_refused(words: str):
    with pytest.raises(DateOutOfReach):
        interview_day(words, TODAY)


@given(st.text(max_size=80))
def test_whatever_is_typed_is_a_day_ahead_or_refused(words: str):
    with suppress(PlanRejected):
        day = interview_day(words, TODAY)
        assert day is None or day > TODAY


ROLES = {
    "ml-engineer": "ml-engineer",
    "machine learning engineer": "ml-engineer",
    "ml engineer": "ml-engineer",
    "data scientist": "data-scientist",
    "junior": "new-graduate",
}
LEVELS = {"senior": "senior", "junior": "entry"}


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("", {}),
        ("off", {"off": True}),
        ("Stop", {"off": True}),
        ("ML engineer", {"role": "ml-engineer"}),
        ("for a data scientist job", {"role": "data-scientist"}),
        ("junior", {"role": "new-graduate"}),
        ("junior ml engineer", {"role": "ml-engineer", "level": "entry"}),
        ("in 3 weeks", {"date": "in 3 weeks"}),
        ("20 December, Machine Learning  Engineer", {"role": "ml-engineer", "date": "20 December"}),
        (
            "senior ml-engineer on 3 March",
            {"role": "ml-engineer", "level": "senior", "date": "on 3 March"},
        ),
        ("in 2 weeks as senior", {"level": "senior", "date": "in 2 weeks"}),
        ("ml engineer data scientist", {"role": "ml-engineer", "date": "data scientist"}),
    ],
)
def test_role_and_level_stand_anywhere_and_the_rest_is_the_date(
    typed: str, values: dict[str, object]
):
    assert read_plan(typed, ROLES, LEVELS) == values


@given(st.text(max_size=400))
def test_whatever_is_typed_is_read_as_values(typed: str):
    assert read_plan(typed, ROLES, LEVELS).keys() <= {"role", "level", "date", "off"}
