"""Who is the champion of a month, and what becomes of the role: pure."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.champions.model import (
    Champion,
    ChampionPlan,
    Holding,
    awaits_champion,
    first_named,
    succeeded,
)
from bot.core.communities.model import Visibility
from bot.core.leaderboard.model import Row
from tests.core.leaderboard.oracle import Tally, ranked

OCTOBER, NOVEMBER, DECEMBER = date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1)


def rows(*people: tuple[str | None, int]) -> list[Row]:
    tallies = (
        Tally(n, points, name or "", Visibility.NAMED if name else Visibility.ANONYMOUS)
        for n, (name, points) in enumerate(people, start=1)
    )
    return list(ranked(tallies))


@pytest.mark.parametrize(
    ("board", "champions"),
    [
        ((), []),
        ((("Ada", 90), ("Bob", 80)), ["Ada"]),
        ((("Ada", 90), ("Bob", 90), ("Eve", 80)), ["Ada", "Bob"]),
        (((None, 95), ("Ada", 90), (None, 90), ("Bob", 90), ("Eve", 80)), ["Ada", "Bob"]),
        (((None, 95), (None, 90)), []),
        ((("Ada", 0), ("Bob", 0)), []),
    ],
)
def test_the_first_of_those_with_a_name_are_champions(
    board: tuple[tuple[str | None, int], ...], champions: list[str]
):
    assert [row.name for row in first_named(rows(*board))] == champions


def test_no_more_of_a_board_is_read_than_it_takes():
    board = iter(rows(("Ada", 90), ("Bob", 80), ("Eve", 70)))
    first_named(board)
    assert [row.name for row in board] == ["Eve"]


PEOPLE = st.lists(st.tuples(st.sampled_from([None, "x"]), st.integers(0, 5)), max_size=12)


@given(people=PEOPLE)
def test_champions_are_named_and_no_named_one_has_more_points(
    people: list[tuple[str | None, int]],
):
    found = first_named(rows(*people))
    named = [points for name, points in people if name and points > 0]
    most = max(named, default=0)
    assert [row.points for row in found] == [most] * named.count(most)


@pytest.mark.parametrize(
    ("role", "since", "settled", "awaits"),
    [
        ("9", NOVEMBER, None, True),
        ("9", NOVEMBER, OCTOBER, True),
        ("9", NOVEMBER, NOVEMBER, False),
        ("9", NOVEMBER, DECEMBER, False),
        ("9", DECEMBER, None, False),
        ("", NOVEMBER, None, False),
    ],
)
def test_a_month_awaits_its_champions_once_and_not_before_the_role_was_chosen(
    role: str, since: date, settled: date | None, awaits: bool
):
    plan = ChampionPlan(1, role, since, settled=settled)
    assert awaits_champion(plan, NOVEMBER) is awaits


@pytest.mark.parametrize(
    ("learner", "role", "holding"),
    [(7, "9", Holding.GONE), (8, "9", Holding.LEAVING), (7, "8", Holding.LEAVING)],
)
def test_who_is_first_again_keeps_the_role(learner: int, role: str, holding: Holding):
    earlier = Champion(1, OCTOBER, learner, role, Holding.HELD)
    assert succeeded(earlier, [7], "9").holding is holding
