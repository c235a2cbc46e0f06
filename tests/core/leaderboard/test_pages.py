"""Turning the pages of a board: nobody is left out, counted twice, or told another rank."""

import pytest

from knowledge.bank import QuestionBank
from tests.core.leaderboard.fixtures import HERE, Room
from tests.databases import MakeUnitOfWork

CROWD = [f"L{n:02}" for n in range(23)]


@pytest.fixture
def room(bank: QuestionBank, unit_of_work: MakeUnitOfWork) -> Room:
    """Twenty-three people, five of whom share each score."""
    room = Room(bank, unit_of_work)
    post = room.post()
    for n, name in enumerate(CROWD):
        room.answer(name, post, (20 - n // 5) / 20)
    room.shows(*CROWD)
    return room


@pytest.mark.parametrize("reader", ["L00", "L09", "L10", "L11", "L22", "host"])
def test_whoever_reads_every_page_everybody_is_on_one_of_them_once(room: Room, reader: str):
    pages = [room.boards.board(room.person(reader), HERE, page=n) for n in (1, 2, 3)]

    assert [each.page for each in pages] == [1, 2, 3]
    assert [len(each.figures.rows) for each in pages] == [10, 10, 3]
    assert sorted(row.name for each in pages for row in each.figures.rows) == CROWD


@pytest.mark.parametrize("name", ["L00", "L04", "L05", "L22"])
def test_the_rank_in_words_is_the_one_that_stands_on_the_board(room: Room, name: str):
    board = room.boards.board(room.person(name), HERE)

    (mine,) = [row for row in board.figures.rows if row.is_me]
    assert board.own is not None
    assert board.own.rank == mine.rank >= 1
    assert board.own.points == mine.points


@pytest.mark.parametrize(("asked", "page"), [(-3, 1), (0, 1), (1, 1), (3, 3), (99, 3)])
def test_a_page_before_the_first_is_the_first_and_one_behind_the_last_is_the_last(
    room: Room, asked: int, page: int
):
    assert room.boards.board(room.person("L00"), HERE, page=asked).page == page
