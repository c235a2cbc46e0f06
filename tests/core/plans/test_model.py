"""How areas are spread: all of them, by weight, apart from each other, and the same each time."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.plans.model import (
    CYCLE_DAYS,
    MOST_NEW,
    StudyPlan,
    day_of_plan,
    days_left_for,
    is_over,
    new_today,
    spread,
)

BEGUN = date(2026, 11, 23)
WEIGHTS = {"learning": 4, "serving": 2, "drift": 1}


def a_plan(days: int | None) -> StudyPlan:
    ends = None if days is None else BEGUN + timedelta(days=days)
    return StudyPlan(1, "", 1, 5, BEGUN, ends)


def areas(plan: StudyPlan, count: int) -> list[tuple[str, ...]]:
    days = (BEGUN + timedelta(days=number) for number in range(count))
    return [day_of_plan(plan, WEIGHTS, day).areas for day in days]


def test_days_go_by_weight_and_the_last_ones_go_over_everything():
    found = areas(a_plan(25), 25)

    counts = Counter(area for day in found for area in day)
    assert found[-3:] == [(), (), ()]
    assert counts == {"learning": 12, "serving": 6, "drift": 4}


def test_on_the_day_itself_nothing_new_comes():
    plan = a_plan(10)

    assert day_of_plan(plan, WEIGHTS, BEGUN + timedelta(days=10)).revision
    assert not is_over(plan, BEGUN + timedelta(days=10))
    assert is_over(plan, BEGUN + timedelta(days=11))


def test_with_fewer_days_than_areas_a_day_has_several():
    assert sorted(areas(a_plan(1), 1)[0]) == sorted(WEIGHTS)
    two = areas(a_plan(2), 2)
    assert {area for day in two for area in day} == set(WEIGHTS)


def test_without_a_date_areas_come_round_again():
    plan = a_plan(None)

    found = areas(plan, 2 * CYCLE_DAYS)
    assert found[:CYCLE_DAYS] == found[CYCLE_DAYS:]
    assert () not in found


@given(
    st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.integers(1, 5), min_size=1),
    st.integers(1, 120),
)
def test_every_area_comes_up_and_more_weight_is_never_less(weights: dict[str, int], slots: int):
    counts = Counter(spread(weights, slots))

    assert counts.total() == slots
    if slots >= len(weights):
        assert set(counts) == set(weights)
    for one, other in pairwise(sorted(weights, key=lambda area: weights[area])):
        assert counts[one] <= counts[other] or weights[one] == weights[other]


def test_the_days_of_an_area_lie_apart():
    order = spread({"one": 1, "two": 1, "three": 1}, 9)

    assert all(one != other for one, other in pairwise(order))


@pytest.mark.parametrize(
    ("unseen", "days", "new"), [(0, 3, 0), (7, 3, 3), (6, 3, 2), (40, 2, MOST_NEW)]
)
def test_new_questions_are_shared_among_the_days_that_are_left(unseen: int, days: int, new: int):
    assert new_today(unseen, days) == new


def test_the_days_of_an_area_that_are_left_grow_fewer():
    plan = a_plan(25)
    lefts = [days_left_for(plan, WEIGHTS, "learning", BEGUN + timedelta(days=n)) for n in range(22)]

    assert lefts[0] == 12
    assert lefts == sorted(lefts, reverse=True)
    assert lefts[-1] >= 1
