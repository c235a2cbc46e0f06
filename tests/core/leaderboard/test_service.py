"""Leaderboards as people see them: in words, as values for buttons, as a picture."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.calendar.periods import Period
from bot.core.commands import Command, Request
from bot.core.communities.model import Visibility
from bot.core.errors import OnlyInCommunity, UsageError
from bot.core.leaderboard.parsing import BOARD, BoardOrder, Scope, board_order
from bot.core.leaderboard.words import ANIMALS, MANNERS, pseudonym
from bot.core.reply import Choice, Reply
from bot.core.text_commands import read
from knowledge.bank import QuestionBank
from tests.builders import NOON, a_plan, a_user
from tests.core.leaderboard.fixtures import HERE, THERE, Room
from tests.databases import MakeUnitOfWork


@pytest.fixture
def room(bank: QuestionBank, unit_of_work: MakeUnitOfWork) -> Room:
    return Room(bank, unit_of_work)


def crowd(room: Room, scores: dict[str, float]) -> None:
    post = room.post()
    for name, score in scores.items():
        room.answer(name, post, score)
    room.shows(*scores)


def test_equals_share_a_place_and_the_next_is_counted_past_them(room: Room):
    crowd(room, {"Ada": 0.9, "Bob": 0.9, "Eve": 0.5})

    assert room.ranks() == [(1, "Ada", 90), (1, "Bob", 90), (3, "Eve", 50)]
    told = room.board("Eve")
    assert "=1 Ada" in told
    assert "3 Eve (you)" in told
    assert "You're 3rd of 3 with 50 points." in told


def test_the_top_and_ones_own_rows_are_shown_with_a_gap_between(room: Room):
    crowd(room, {f"L{n:02}": (30 - n) / 30 for n in range(20)})

    board = room.boards.board(room.person("L11"), HERE)

    assert [row.rank for row in board.figures.rows] == [1, 2, 3, 9, 10, 11, 12, 13, 14, 15]
    assert [row.rank for row in board.figures.rows if row.gap] == [9]
    assert board.figures.learners == 20
    assert board.own is not None
    assert (board.own.rank, board.own.of) == (12, 20)
    assert [row.name for row in board.figures.rows if row.is_me] == ["L11"]


def test_pages_hold_everybody_and_one_beyond_the_end_is_the_last(room: Room):
    crowd(room, {f"L{n:02}": (30 - n) / 30 for n in range(12)})

    first, second, beyond = (room.boards.board(room.person("L03"), HERE, page=n) for n in (1, 2, 9))

    assert [row.rank for row in (*first.figures.rows, *second.figures.rows)] == [*range(1, 13)]
    assert not any(row.gap for row in second.figures.rows)
    assert (second.page, second.pages) == (beyond.page, beyond.pages) == (2, 2)
    assert beyond.figures == second.figures
    assert "Page 2 of 2." in room.board("L03", "page 2")


def test_ranks_are_offered_as_long_as_there_are_more(room: Room):
    crowd(room, {f"L{n:02}": (30 - n) / 30 for n in range(20)})

    def offered(**order: Any) -> tuple[Choice, ...]:
        return room.boards.board(room.person("L03"), HERE, **order).reply.choices

    assert offered() == (Choice("All ranks", "leaderboard month page 1"),)
    assert offered(page=1, scope=Scope.CHANNEL) == (
        Choice("Next page", "leaderboard month channel page 2"),
    )
    assert offered(page=2) == ()


def test_no_ranks_are_offered_where_all_are_shown(room: Room):
    crowd(room, {"Ada": 0.9, "Bob": 0.5})

    assert room.boards.board(room.person("Ada"), HERE).reply.choices == ()


def test_the_last_closed_period_stays_visible(room: Room):
    crowd(room, {"Ada": 0.9})
    room.days_pass(1)

    assert "Nobody is on this board yet" in room.board("Ada", "day")
    told = room.board("Ada", "day last")
    assert "day, 23 Nov 2026" in told
    assert "1 Ada (you)" in told
    assert "month, 1 Nov to 30 Nov 2026" in room.board("Ada")
    room.days_pass(30)
    assert "Nobody is on this board yet" in room.board("Ada")
    assert "1 Ada (you)" in room.board("Ada", "last")
    assert "1 Ada (you)" in room.board("Ada", "last all time")
    assert "1 Ada (you)" in room.board("Ada", "season")


def test_a_channel_has_its_own_board(room: Room):
    crowd(room, {"Ada": 0.9})
    room.answer("Ada", room.post(place=THERE), 0.2)

    assert room.boards.board(room.person("Ada"), HERE).figures.rows[0].points == 110
    there = room.boards.board(room.person("Ada"), THERE, scope=Scope.CHANNEL)
    assert there.figures.title == "lime"
    assert there.figures.rows[0].points == 20


def test_a_period_is_that_of_the_channel(room: Room):
    here = room.arrive("host")
    with room.unit_of_work() as uow:
        plan = a_plan(here.channel_id or 0)
        uow.plans.put(replace(plan, schedule=replace(plan.schedule, zone="Pacific/Kiritimati")))
        uow.commit()

    assert "day, 23 Nov 2026" in room.board("host", "day")
    room.clock.at = NOON.replace(hour=14)  # four in the morning, fourteen hours ahead
    assert "day, 24 Nov 2026" in room.board("host", "day")


def test_hiding_works_at_once_closes_the_gap_and_can_be_undone(room: Room):
    crowd(room, {"Ada": 0.9, "Bob": 0.8, "Eve": 0.5})

    room.shows("Bob", how=Visibility.HIDDEN)
    assert room.ranks() == [(1, "Ada", 90), (2, "Eve", 50)]
    assert "Bob" not in room.board("Ada")
    told = room.board("Bob")
    assert "Others can't see you here. You'd be 2nd of 3 with 80 points." in told
    room.shows("Bob")
    assert room.ranks()[1] == (2, "Bob", 80)


def test_who_was_not_asked_is_on_no_board_and_told_how_to_choose(room: Room):
    room.answer("Ada", room.post())

    told = room.board("Ada")
    assert "Nobody is on this board yet" in told
    assert "/visibility named" in told


def test_the_anonymous_have_a_made_up_name_that_stays_within_a_period_and_a_place(room: Room):
    crowd(room, {"Ada": 0.9, "Bob": 0.8})
    room.shows("Ada", how=Visibility.ANONYMOUS)

    (_, name, _), _ = room.ranks()
    assert name.split()[0] in MANNERS
    assert name.split()[1] in ANIMALS
    assert room.ranks()[0][1] == name
    assert f"1 {name} (you)" in room.board("Ada")
    assert "Ada" not in room.board("Bob")
    assert name not in room.board("Bob", "week")
    room.days_pass(30)
    assert name in room.board("Bob", "last")


@given(seeds=st.sets(st.integers(), min_size=2, max_size=30))
def test_made_up_names_rarely_meet(seeds: set[int]):
    assert len({pseudonym(str(seed)) for seed in seeds}) >= len(seeds) - 1


def test_a_picture_is_drawn_of_the_same_rows(room: Room):
    crowd(room, {"Ada": 0.9, "Bob": 0.8})

    told = room.board("Bob", "picture week")

    assert "You're 2nd with 80 points." in told
    assert list(room.files) == ["report-dark.png"]


def test_a_board_is_for_a_community_and_a_channel(room: Room):
    with pytest.raises(OnlyInCommunity):
        room.board("Ada", place=None)
    with pytest.raises(OnlyInCommunity):
        room.board("Ada", "channel", replace(HERE, channel=""))


def read_board(words: str) -> BoardOrder:
    command = Command("leaderboard", "the board", lambda _: Reply(()), BOARD)
    return board_order(Request(a_user(), None, read(command, words)))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", BoardOrder()),
        ("day", BoardOrder(Period.DAY)),
        ("Weekly HERE", BoardOrder(Period.WEEK, Scope.CHANNEL)),
        ("all time", BoardOrder(Period.ALL_TIME)),
        ("season server page 3", BoardOrder(Period.SEASON, page=3)),
        ("page 0", BoardOrder(page=1)),
        ("2 last month", BoardOrder(page=2, last=True)),
    ],
)
def test_words_are_read_in_any_order(typed: str, meant: BoardOrder):
    assert read_board(typed) == meant


@pytest.mark.parametrize("last", [False, True])
@pytest.mark.parametrize("scope", Scope)
@pytest.mark.parametrize("period", Period)
def test_what_is_typed_for_a_board_is_read_as_that_board(
    period: Period, scope: Scope, *, last: bool
):
    order = BoardOrder(period, scope, last=last)

    assert read_board(order.line.removeprefix("leaderboard ")) == order


@pytest.mark.parametrize("typed", ["year", "page page", "week drift", "-3", "page ²"])
def test_other_words_are_refused(typed: str):
    with pytest.raises(UsageError) as caught:
        read_board(typed)

    assert caught.value.words == typed


@given(typed=st.text(max_size=300))
def test_whatever_is_typed_is_read_or_refused(typed: str):
    try:
        order = read_board(typed)
    except UsageError:
        return
    assert order.page is None or order.page >= 1
