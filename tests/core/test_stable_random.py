from hypothesis import given
from hypothesis import strategies as st

from bot.core.stable_random import stable_fraction


@given(st.lists(st.text()))
def test_a_lot_is_a_share_and_falls_the_same_way_again(about: list[str]):
    assert 0 <= stable_fraction(*about) < 1
    assert stable_fraction(*about) == stable_fraction(*about)


def test_a_lot_is_the_same_in_every_run():
    assert round(stable_fraction(7, "2026-11-23", "monitoring/concept-drift"), 6) == 0.042953


def test_what_a_lot_is_about_is_kept_apart():
    assert stable_fraction("ab", "c") != stable_fraction("a", "bc")


def test_lots_are_spread_evenly():
    lots = [stable_fraction("learner", number) for number in range(2000)]

    assert abs(sum(lots) / len(lots) - 0.5) < 0.02
    assert sum(each < 0.1 for each in lots) in range(150, 250)
