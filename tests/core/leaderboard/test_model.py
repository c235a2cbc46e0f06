import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.communities.model import Visibility
from bot.core.leaderboard.model import Gap, OwnRank, Row, joined, points_of, weight_of
from bot.core.practice.ratings import HIGHEST, LOWEST, Elo, question_prior
from tests.core.leaderboard.oracle import SHOWN, Page, Tally, own_rank, page, ranked, window

shares = st.floats(0, 1)
boards = st.lists(
    st.builds(
        Tally,
        st.integers(1, 60),
        st.integers(0, 6),
        st.text(min_size=1),
        st.sampled_from(Visibility),
    ),
    unique_by=lambda tally: tally.learner_id,
    max_size=40,
)


def a_board(*points: int) -> list[Tally]:
    """Learners 1, 2, 3 … with these points."""
    return [Tally(number, p, f"L{number}") for number, p in enumerate(points, start=1)]


def shape(rows: tuple[Row | Gap, ...]) -> list[int | str]:
    """The positions shown, and what is left out as '…2'."""
    return [f"…{row.rows}" if isinstance(row, Gap) else row.position for row in rows]


def test_equals_share_a_rank_and_the_next_is_counted_past_them():
    rows = ranked(a_board(50, 90, 90, 10, 50, 50))

    assert [row.rank for row in rows] == [1, 1, 3, 3, 3, 6]
    assert [row.learner_id for row in rows] == [2, 3, 1, 5, 6, 4]


@given(boards)
def test_the_order_does_not_depend_on_the_order_of_arrival(tallies: list[Tally]):
    shuffled = random.Random(1).sample(tallies, len(tallies))  # noqa: S311 any order will do

    assert ranked(shuffled) == ranked(tallies)


@given(boards)
def test_a_rank_is_one_more_than_the_number_of_better_learners(tallies: list[Tally]):
    rows = ranked(tallies)

    assert [row.position for row in rows] == list(range(1, len(rows) + 1))
    for row in rows:
        assert row.rank == 1 + sum(other.points > row.points for other in rows)


@given(boards)
def test_whoever_hides_or_was_not_asked_is_nowhere_and_the_anonymous_have_no_name(
    tallies: list[Tally],
):
    visibility = {tally.learner_id: tally.visibility for tally in tallies}

    rows = ranked(tallies)

    assert len(rows) == sum(each in SHOWN for each in visibility.values())
    for row in rows:
        assert (row.name is None) == (visibility[row.learner_id] is Visibility.ANONYMOUS)


@given(boards)
def test_hiding_changes_nobody_elses_board_except_by_their_absence(tallies: list[Tally]):
    without = [tally for tally in tallies if tally.visibility in SHOWN]

    assert ranked(tallies) == ranked(without)


@pytest.mark.parametrize(
    ("own", "shown"),
    [
        (1, [1, 2, 3, 4]),
        (3, [1, 2, 3, 4, 5, 6]),
        (6, [1, 2, 3, 4, 5, 6, 7, 8, 9]),
        (8, [1, 2, 3, "…1", 5, 6, 7, 8, 9, 10, 11]),
        (20, [1, 2, 3, "…13", 17, 18, 19, 20]),
        (99, [1, 2, 3]),
    ],
)
def test_a_window_is_the_top_and_the_rows_around_mine(own: int, shown: list[int | str]):
    rows = ranked(a_board(*range(100, 80, -1)))

    assert shape(window(rows, own)) == shown


@given(tallies=boards, own=st.integers(1, 60))
def test_a_window_has_no_row_twice_and_its_gaps_add_up(tallies: list[Tally], own: int):
    rows = ranked(tallies)

    shown = window(rows, own)

    positions = [row.position for row in shown if isinstance(row, Row)]
    left_out = sum(row.rows for row in shown if isinstance(row, Gap))
    assert positions == sorted(set(positions))
    assert len(positions) + left_out == (positions[-1] if positions else 0)
    on_the_board = any(row.learner_id == own for row in rows)
    assert any(isinstance(row, Row) and row.learner_id == own for row in shown) == on_the_board


def test_pieces_that_were_fetched_apart_are_joined_in_order():
    rows = ranked(a_board(9, 8, 7, 6, 5, 4))

    assert shape(joined([*rows[4:6], *rows[:2], *rows[1:2]])) == [1, 2, "…2", 5, 6]
    assert joined([]) == ()


@given(tallies=boards, size=st.integers(1, 12))
def test_pages_hold_every_row_once_in_order(tallies: list[Tally], size: int):
    rows = ranked(tallies)
    pages = page(rows, 1, size).pages

    turned = [row for number in range(1, pages + 1) for row in page(rows, number, size).rows]

    assert tuple(turned) == rows


def test_a_page_beyond_the_end_is_the_last_one():
    rows = ranked(a_board(*range(12)))

    assert page(rows, 99) == Page(rows[10:], 2, 2)
    assert page(rows, -1) == page(rows, 1)
    assert page((), 3) == Page((), 1, 1)


@given(tallies=boards, own=st.integers(1, 60))
def test_my_rank_is_the_one_on_the_board(tallies: list[Tally], own: int):
    rows = {row.learner_id: row for row in ranked(tallies)}

    place = own_rank(tallies, own)

    if own in rows:
        assert place == OwnRank(rows[own].rank, rows[own].points, len(rows))
    else:
        assert (place is None) == all(tally.learner_id != own for tally in tallies)


@pytest.mark.parametrize("unseen", [Visibility.HIDDEN, Visibility.UNASKED])
def test_somebody_unseen_is_told_the_rank_they_would_have(unseen: Visibility):
    tallies = [*a_board(90, 80, 70), Tally(9, 80, "H", unseen)]

    assert own_rank(tallies, 9) == OwnRank(2, 80, 4)
    assert own_rank(tallies, 3) == OwnRank(3, 70, 3)


def test_full_marks_at_a_question_of_middle_difficulty_are_a_hundred_points():
    assert points_of(1.0, weight_of(question_prior(3))) == 100


@given(low=shares, high=shares, easy=st.floats(LOWEST, HIGHEST), hard=st.floats(LOWEST, HIGHEST))
def test_better_answers_and_harder_questions_never_earn_less(
    low: float, high: float, easy: float, hard: float
):
    low, high = sorted((low, high))
    easy, hard = sorted((easy, hard))

    assert 0 <= points_of(low, weight_of(Elo(easy))) <= points_of(high, weight_of(Elo(easy)))
    assert points_of(high, weight_of(Elo(easy))) <= points_of(high, weight_of(Elo(hard))) <= 150


def test_junk_earns_nothing_however_hard_the_question():
    assert points_of(0.0, weight_of(Elo(HIGHEST))) == 0
