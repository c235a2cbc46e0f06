"""Who has left is noticed where boards are shown and in turn; who comes back is there again."""

from datetime import timedelta

import pytest

from bot.core.calendar.periods import Period
from bot.core.communities.attendance import BELIEVED, MOST_IN_TURN, SILENT
from bot.core.communities.model import Community
from bot.core.errors import Undeliverable
from bot.core.privacy.cleanup import Housekeeping
from bot.core.privacy.model import DEPARTURE_DAYS, Terms
from knowledge.bank import QuestionBank
from tests.builders import NOON
from tests.core.leaderboard.fixtures import HERE, Room
from tests.databases import MakeUnitOfWork


class Shelf:
    """No copies of the database."""

    def clear(self, _before: object, *, dry_run: bool) -> int:
        assert not dry_run
        return 0


@pytest.fixture
def room(bank: QuestionBank, unit_of_work: MakeUnitOfWork) -> Room:
    """Three people stand on the board, the best first."""
    room = Room(bank, unit_of_work)
    post = room.post()
    for name, score in {"Ada": 0.9, "Bob": 0.8, "Eve": 0.5}.items():
        room.answer(name, post, score)
    room.shows("Ada", "Bob", "Eve")
    return room


def names(room: Room) -> list[str]:
    return [name for _, name, _ in room.ranks()]


def community_of(room: Room) -> Community:
    with room.unit_of_work() as uow:
        community = uow.communities.find("discord", HERE.community)
    assert community is not None
    return community


def tidy(room: Room) -> None:
    housekeeping = Housekeeping(room.unit_of_work, Terms(), Shelf())
    housekeeping.run(room.clock.now())


def test_who_has_left_is_on_no_board_and_those_behind_move_up(room: Room):
    room.registrar.gone = {"ada"}

    assert room.ranks() == [(1, "Bob", 80), (2, "Eve", 50)]
    told = room.board("Eve")
    assert "Ada" not in told
    assert "You're 2nd of 2" in told


def test_who_moves_up_is_looked_up_too(room: Room):
    post = room.post(NOON.date() + timedelta(days=1))
    crowd = [f"L{n:02}" for n in range(14)]
    for n, name in enumerate(crowd):
        room.answer(name, post, (20 - n) / 50)
    room.shows(*crowd)
    room.registrar.gone = {"ada", "l07", "l08"}

    first = room.boards.board(room.person("host"), HERE, page=1).figures

    assert not {"Ada", "L07", "L08"} & {row.name for row in first.rows}
    assert len(first.rows) == 10
    assert first.learners == 14


def test_a_last_board_of_a_closed_period_shows_no_leaver(room: Room):
    room.days_pass(30)
    room.registrar.gone = {"bob"}

    last = room.boards.board(room.person("host"), HERE, Period.MONTH, last=True).figures

    assert [row.name for row in last.rows] == ["Ada", "Eve"]


def test_a_look_up_that_fails_takes_nobody_off_and_is_not_repeated_at_once(room: Room):
    room.registrar.refused = Undeliverable("the connection broke")

    assert names(room) == ["Ada", "Bob", "Eve"]
    assert names(room) == ["Ada", "Bob", "Eve"]
    assert room.registrar.asked == ["ada"]

    room.registrar.refused, room.registrar.gone = None, {"ada"}
    room.clock.pass_by(SILENT)
    assert names(room) == ["Bob", "Eve"]


def test_who_was_found_is_believed_for_an_hour(room: Room):
    assert names(room) == names(room)
    assert room.registrar.asked == ["ada", "bob", "eve"]

    room.registrar.gone = {"ada"}
    room.clock.pass_by(BELIEVED)
    assert names(room) == ["Bob", "Eve"]


def test_no_further_look_up_is_begun_when_they_take_long(room: Room):
    class Slow:
        def is_member(self, _community: str, person: str) -> bool:
            room.clock.pass_by(timedelta(seconds=1))
            asked.append(person)
            return False

    asked: list[str] = []
    room.attendance.lookups["discord"] = Slow()
    everybody = [room.arrive(name).learner.id for name in ("Ada", "Bob", "Eve")]

    assert room.attendance.see_off_if_told(community_of(room), everybody)
    assert asked == ["ada", "bob"]


def test_ones_own_board_asks_nobody_about_oneself(room: Room):
    room.board("Ada")

    assert sorted(room.registrar.asked) == ["bob", "eve"]


def test_who_acts_again_has_everything_back(room: Room):
    room.registrar.gone = {"ada"}
    assert names(room) == ["Bob", "Eve"]
    room.registrar.gone = set()

    room.arrive("Ada")

    assert names(room) == ["Ada", "Bob", "Eve"]


def test_who_is_found_again_in_turn_has_everything_back_without_acting(room: Room):
    room.registrar.gone = {"ada"}
    assert names(room) == ["Bob", "Eve"]
    room.registrar.gone = set()

    room.attendance.take_turn()

    assert names(room) == ["Ada", "Bob", "Eve"]


def test_everybody_has_their_turn_whether_anybody_looks_at_a_board_or_not(room: Room):
    crowd = [f"L{n:03}" for n in range(2 * MOST_IN_TURN)]
    for name in crowd:
        room.arrive(name)
    room.registrar.asked.clear()

    for _ in range(3):
        room.attendance.take_turn()

    assert set(room.registrar.asked) == {"ada", "bob", "eve", "host", *map(str.casefold, crowd)}
    assert len(room.registrar.asked) == len(set(room.registrar.asked))


def test_a_community_that_removed_the_coach_is_not_asked_about(room: Room):
    with room.unit_of_work() as uow:
        uow.communities.leave(community_of(room).id, room.clock.now())
        uow.commit()

    room.attendance.take_turn()

    assert room.registrar.asked == []


@pytest.mark.parametrize("days", [DEPARTURE_DAYS - 1, DEPARTURE_DAYS + 1])
def test_what_tied_a_leaver_to_the_community_goes_when_it_was_promised(room: Room, days: int):
    room.registrar.gone = {"ada"}
    room.attendance.take_turn()
    community, learner = community_of(room).id, room.arrive("Bob").learner.id - 1
    room.days_pass(days)

    tidy(room)

    is_gone = days > DEPARTURE_DAYS
    with room.unit_of_work() as uow:
        assert (uow.memberships.get(community, learner) is None) is is_gone
        assert (uow.points.count(community, learner) == 0) is is_gone
        exported = uow.records.export(learner)
    assert (exported["memberships"] == []) is is_gone
    assert len(exported["attempts"]) == 1
    assert ("Ada" in str(exported["memberships"])) is not is_gone


def test_who_came_back_in_time_keeps_everything(room: Room):
    room.registrar.gone = {"ada"}
    room.attendance.take_turn()
    room.days_pass(DEPARTURE_DAYS - 1)
    room.registrar.gone = set()
    room.attendance.take_turn()
    room.days_pass(2)

    tidy(room)

    last = room.boards.board(room.person("host"), HERE, Period.ALL_TIME).figures
    assert [row.name for row in last.rows] == ["Ada", "Bob", "Eve"]
