"""Champions of a community on a real database: who gets the role, who loses it, what goes wrong."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

import pytest

from bot.core.calendar.periods import Period
from bot.core.champions.award import ChampionAward
from bot.core.champions.service import Champions
from bot.core.communities.attendance import Attendance
from bot.core.communities.model import Place, Visibility
from bot.core.errors import HostsOnly, OnlyInCommunity, Undeliverable
from bot.core.notifications.service import Notices
from knowledge.bank import QuestionBank
from tests.builders import a_plan
from tests.core.daily.fixtures import Killed
from tests.core.leaderboard.fixtures import HERE, HOST, Room
from tests.core.samples import text_of
from tests.databases import MakeUnitOfWork

ROLE, OTHER_ROLE = "77", "78"


@dataclass
class Keeper:
    """A server's roles; `trouble` is called before and after each act takes effect."""

    roles: dict[str, set[str]] = field(default_factory=dict)
    trouble: Callable[[str], None] = lambda _: None
    refused: dict[str, Undeliverable] = field(default_factory=dict)
    acts: list[str] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)
    elsewhere: frozenset[str] = frozenset()

    def serves(self, community: str) -> bool:
        return community not in self.elsewhere

    def grant_role(self, community: str, person: str, role: str) -> None:
        self._act("grant", community, person)
        self.roles.setdefault(role, set()).add(person)
        self.trouble("after grant")

    def revoke_role(self, community: str, person: str, role: str) -> None:
        self._act("revoke", community, person)
        self.roles.get(role, set()).discard(person)
        self.trouble("after revoke")

    def is_member(self, community: str, person: str) -> bool:
        assert community == "guild"
        self.trouble("looking up")
        return person not in self.gone

    def _act(self, act: str, community: str, person: str) -> None:
        assert community == "guild"
        self.trouble(f"before {act}")
        self.acts.append(f"{act} {person}")
        if person in self.refused:
            raise self.refused[person]


class Club:
    """A community with a board, whose host may choose a role."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.keeper = Keeper()
        self.champions = Champions(room.unit_of_work, room.clock)
        self.restart()

    def restart(self) -> None:
        here = self.room.unit_of_work, self.room.clock
        attendance = Attendance(*here, {"discord": self.keeper})
        self.crowning = ChampionAward(*here, {"discord": self.keeper}, attendance)

    def choose(self, role: str = ROLE) -> str:
        host = self.room.person("Hedy")
        return text_of(self.champions.choose(host, HOST, role, "Champion" if role else ""))

    def answer(self, day: date, **scores: float) -> None:
        post = self.room.post(day)
        for name, score in scores.items():
            self.room.answer(name, post, score)
            self.room.shows(name)

    def at(self, *moment: int) -> None:
        """Let the time come, and the program look at it."""
        self.room.clock.at = datetime(*moment, tzinfo=UTC)
        self.crowning.crown()

    def holders(self, role: str = ROLE) -> set[str]:
        return self.keeper.roles.get(role, set())

    def told(self) -> list[str]:
        notices = Notices(self.room.unit_of_work, self.room.clock)
        return [text_of(reply) for reply in notices.waiting(self.room.person("Hedy"))]

    def last(self) -> str:
        board = self.room.boards.board(self.room.person("Hedy"), HERE, Period.MONTH, last=True)
        return text_of(board.reply)


NOVEMBER = date(2026, 11, 23)
DECEMBER = date(2026, 12, 5)


def a_club(bank: QuestionBank, unit_of_work: MakeUnitOfWork) -> Club:
    """The host chose a role in November, and three people have answered."""
    club = Club(Room(bank, unit_of_work))
    club.choose()
    club.answer(NOVEMBER, Ada=0.9, Bob=0.8, Eve=0.5)
    return club


@pytest.fixture
def club(bank: QuestionBank, unit_of_work: MakeUnitOfWork) -> Club:
    return a_club(bank, unit_of_work)


@pytest.fixture
def two_clubs(bank: QuestionBank, taking_turns: MakeUnitOfWork) -> Club:
    """A club beside another one, in which a role was chosen too."""
    club = a_club(bank, taking_turns)
    elsewhere = Place("another", "drift", "Another", "drift", host=True)
    club.champions.choose(club.room.person("Hedy"), elsewhere, ROLE, "Champion")
    return club


def test_who_was_first_gets_the_role_when_the_month_has_closed(club: Club):
    club.at(2026, 11, 30, 23)
    assert club.holders() == set()
    assert "Champion of" not in club.last()

    club.at(2026, 12, 1, 4, 1)

    assert club.holders() == {"ada"}
    assert "Champion of November: Ada" in club.last()
    assert club.told() == []
    for minute in range(2, 5):
        club.at(2026, 12, 1, 4, minute)
    assert club.keeper.acts == ["grant ada"]


def test_who_has_left_is_neither_the_champion_nor_on_the_board_that_is_final(club: Club):
    club.keeper.gone = {"ada", "eve"}

    club.at(2026, 12, 1, 4, 1)

    assert club.holders() == {"bob"}
    assert "Champion of November: Bob" in club.last()
    assert "Ada" not in club.last()


def test_while_nobody_can_be_looked_up_nothing_is_final(club: Club):
    def unreachable(when: str) -> None:
        if when == "looking up":
            raise Undeliverable("there is no connection")

    club.keeper.trouble = unreachable
    club.at(2026, 12, 1, 4, 1)
    assert club.holders() == set()
    assert "Champion of" not in club.last()

    club.keeper.trouble = lambda _: None
    club.at(2026, 12, 1, 4, 2)
    assert club.holders() == {"ada"}


def test_the_next_champion_takes_the_role_over_and_the_same_one_keeps_it(club: Club):
    club.at(2026, 12, 1, 5)
    club.answer(DECEMBER, Ada=0.2, Bob=0.9)
    club.at(2027, 1, 1, 5)
    assert club.holders() == {"bob"}
    assert club.keeper.acts == ["grant ada", "revoke ada", "grant bob"]

    club.answer(date(2027, 1, 5), Bob=0.4)
    club.at(2027, 2, 1, 5)

    assert club.holders() == {"bob"}
    assert "revoke bob" not in club.keeper.acts
    assert "Champion of January: Bob" in club.last()


def test_all_who_share_the_first_place_are_champions(club: Club):
    club.room.shows("Eve", how=Visibility.HIDDEN)
    club.answer(date(2026, 11, 24), Bob=0.1)
    club.at(2026, 12, 1, 5)
    assert club.holders() == {"ada", "bob"}
    assert "Champions of November: Ada and Bob" in club.last()


@pytest.mark.parametrize("how", [Visibility.ANONYMOUS, Visibility.HIDDEN])
def test_nobody_is_uncovered_by_a_role(club: Club, how: Visibility):
    club.room.shows("Ada", how=how)
    club.at(2026, 12, 1, 5)
    assert club.holders() == {"bob"}
    assert "Champion of November: Bob" in club.last()


def test_who_does_not_want_to_be_seen_any_more_loses_it(club: Club):
    club.at(2026, 12, 1, 5)
    club.room.shows("Ada", how=Visibility.ANONYMOUS)
    club.at(2026, 12, 2, 1)
    assert club.holders() == set()
    assert "Champion of" not in club.last()
    club.room.shows("Ada")
    club.at(2026, 12, 3, 1)
    assert club.holders() == set()


def test_a_month_without_points_has_no_champion_and_ends_the_last_ones_reign(club: Club):
    club.at(2026, 12, 1, 5)
    club.at(2027, 1, 1, 5)
    assert club.holders() == set()
    assert "Champion of" not in club.last()


def test_a_question_that_is_still_open_is_waited_for_and_not_for_ever(club: Club):
    post = club.room.post(date(2026, 11, 30))
    club.at(2026, 12, 1, 5)
    club.room.answer("Bob", post, 0.9)
    club.at(2026, 12, 1, 16)
    assert club.holders() == set()
    club.at(2026, 12, 2, 9)  # it closed a day ago, though nobody has noted that
    assert club.holders() == {"bob"}


def test_the_month_ends_on_the_wall_of_the_community(club: Club):
    with club.room.unit_of_work() as uow:
        channel = club.room.arrive("Hedy").channel_id or 0
        zone = replace(a_plan(channel).schedule, zone="America/New_York")
        uow.plans.put(a_plan(channel, schedule=zone))
        uow.commit()
    club.at(2026, 12, 1, 8, 59)
    assert club.holders() == set()
    club.at(2026, 12, 1, 9)
    assert club.holders() == {"ada"}


def test_a_role_that_is_refused_for_now_is_given_at_the_next_poll(club: Club):
    club.keeper.refused["ada"] = Undeliverable("HTTP 503")
    club.at(2026, 12, 1, 5)
    assert club.told() == []
    club.keeper.refused.clear()
    club.at(2026, 12, 1, 6)
    assert club.holders() == {"ada"}


def test_a_platform_that_is_down_is_said_once_and_again_when_it_is_over(
    club: Club, caplog: pytest.LogCaptureFixture
):
    caplog.set_level("WARNING", "bot.core")

    def down(when: str) -> None:
        raise Undeliverable("it could not be reached")

    club.keeper.trouble = down
    for minute in range(5):
        club.at(2026, 12, 3, 12, minute)
    club.keeper.trouble = lambda _: None
    club.keeper.refused["ada"] = Undeliverable("it could not be reached")
    for minute in range(5, 10):
        club.at(2026, 12, 3, 12, minute)
    during = list(caplog.messages)
    club.keeper.refused.clear()
    club.at(2026, 12, 3, 12, 10)

    assert club.holders() == {"ada"}
    assert during == ["fault: champions: discord: it could not be reached"]
    (over,) = caplog.messages[1:]
    assert over.startswith("fault over: champions: discord: it could not be reached: after")


def test_a_role_that_is_refused_for_good_is_told_once_and_tried_when_the_host_says_so(club: Club):
    club.answer(date(2026, 11, 24), Bob=0.1)
    no = Undeliverable("I lack the permission Manage Roles", permanent=True)
    club.keeper.refused |= {"ada": no, "bob": no}
    for hour in range(5, 9):
        club.at(2026, 12, 1, hour)
    assert club.keeper.acts == ["grant ada", "grant bob"]
    (told,) = club.told()
    assert "I lack the permission Manage Roles" in told
    assert "/coach champion" in told
    assert "Champions of November: Ada and Bob" in club.last()

    club.keeper.refused.clear()
    club.choose()
    club.at(2026, 12, 1, 10)

    assert club.holders() == {"ada", "bob"}


def test_a_role_that_could_not_be_taken_is_taken_when_the_host_says_so(club: Club):
    club.at(2026, 12, 1, 5)
    club.answer(DECEMBER, Bob=0.9)
    club.keeper.refused["ada"] = Undeliverable("the role is above mine", permanent=True)
    club.at(2027, 1, 1, 5)
    assert club.holders() == {"ada", "bob"}
    (told,) = club.told()
    assert "the role is above mine" in told

    club.keeper.refused.clear()
    club.choose()
    club.at(2027, 1, 1, 6)

    assert club.holders() == {"bob"}


def test_without_a_role_champions_lose_theirs_and_there_are_no_new_ones(club: Club):
    club.at(2026, 12, 1, 5)
    assert "no longer get a role" in club.choose("")
    club.at(2026, 12, 1, 6)
    assert club.holders() == set()
    club.answer(DECEMBER, Bob=0.9)
    club.at(2027, 1, 1, 5)
    assert club.holders() == set()


def test_another_role_begins_with_the_month_under_way(club: Club):
    club.at(2026, 12, 1, 5)
    club.choose(OTHER_ROLE)
    club.answer(DECEMBER, Ada=0.9)
    club.at(2026, 12, 31, 1)
    assert (club.holders(), club.holders(OTHER_ROLE)) == (set(), set())
    club.at(2027, 1, 1, 5)
    assert (club.holders(), club.holders(OTHER_ROLE)) == (set(), {"ada"})


def test_it_is_said_whom_a_role_uncovers(club: Club):
    told = club.choose()
    assert "people who show their name on the board" in told
    assert "This month is the first" in told


def test_only_hosts_choose_it_and_only_where_there_are_others(club: Club):
    person = club.room.person("Ada")
    with pytest.raises(HostsOnly):
        club.champions.choose(person, HERE, ROLE, "Champion")
    with pytest.raises(OnlyInCommunity):
        club.champions.choose(person, None, ROLE, "Champion")


def test_one_community_stops_no_other(two_clubs: Club):
    club = two_clubs

    def break_down(when: str) -> None:
        if when != "looking up":
            raise RuntimeError(f"nobody expected that {when}")

    club.keeper.trouble = break_down
    club.at(2026, 12, 1, 5)
    with club.room.unit_of_work() as uow:
        first, second = uow.champions.plans({"discord"})
    assert first.settled == second.settled == date(2026, 11, 1)
    club.keeper.trouble = lambda _: None
    club.at(2026, 12, 1, 6)
    assert club.holders() == {"ada"}


def test_a_community_that_hangs_delays_no_other(two_clubs: Club):
    settled = threading.Event()

    class Hanging(Keeper):
        def is_member(self, community: str, person: str) -> bool:
            assert settled.wait(60)
            return super().is_member(community, person)

    class Settling(ChampionAward):
        def _crown(self, community_id: int) -> None:
            super()._crown(community_id)
            settled.set()

    two_clubs.keeper = Hanging()
    here = two_clubs.room.unit_of_work, two_clubs.room.clock
    attendance = Attendance(*here, {"discord": two_clubs.keeper})
    two_clubs.crowning = Settling(*here, {"discord": two_clubs.keeper}, attendance, patience=60)
    two_clubs.at(2026, 12, 1, 5)
    assert two_clubs.holders() == {"ada"}


STEPS = [f"{when} {act}" for act in ("grant", "revoke") for when in ("before", "after")]


@pytest.mark.parametrize("step", STEPS)
def test_killed_at_a_step_the_next_program_ends_with_the_same_roles(club: Club, step: str):
    kills = iter([True])

    def die(when: str) -> None:
        if when == step and next(kills, False):
            raise Killed

    club.keeper.trouble = die
    club.answer(DECEMBER, Bob=0.9)
    died = 0
    for moment in ((2026, 12, 1, 5), (2026, 12, 1, 6), (2027, 1, 1, 5), (2027, 1, 1, 6)):
        try:
            club.at(*moment)
        except Killed:
            died += 1
            club.restart()
    assert died == 1
    assert club.holders() == {"bob"}


def test_a_champion_who_is_deleted_leaves_no_trace(club: Club):
    club.at(2026, 12, 1, 5)
    with club.room.unit_of_work() as uow:
        uow.records.delete(club.room.arrive("Ada").learner.id)
        uow.commit()
    assert "Champion of" not in club.last()
    club.answer(DECEMBER, Bob=0.9)
    club.at(2027, 1, 1, 5)
    assert "bob" in club.holders()


def test_two_accounts_of_one_person_both_get_it(club: Club):
    with club.room.unit_of_work() as uow:
        ada = uow.learners.register(club.room.person("Ada"), club.room.clock.at).id
        other = uow.learners.register(club.room.person("Ada2"), club.room.clock.at).id
        uow.learners.merge(other, ada)
        uow.commit()
    club.keeper.refused["ada2"] = Undeliverable("the person has left", permanent=True)
    club.at(2026, 12, 1, 5)
    assert club.holders() == {"ada"}
    assert club.told() == []
