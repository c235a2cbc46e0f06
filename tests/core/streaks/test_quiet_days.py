"""The days on which nobody asked a learner anything, and what that means for a streak."""

from dataclasses import replace

import pytest

from bot.core.accounts.model import PlatformUser
from bot.core.accounts.service import Accounts
from bot.core.communities.model import Place
from bot.core.daily.post import PostState
from bot.core.streaks.quiet_days import quiet_days
from bot.core.streaks.service import Streaks
from knowledge.bank import QuestionBank
from tests.builders import a_user
from tests.core.daily.fixtures import ADA, DAY, HERE, HOSTED, HOUR, Club
from tests.core.samples import text_of
from tests.databases import MakeUnitOfWork

OTHER = Place("second", "lime", "Second club", "lime")
TERMINAL = a_user("ada", platform="terminal")


@pytest.fixture
def club(unit_of_work: MakeUnitOfWork, bank: QuestionBank) -> Club:
    return Club(unit_of_work, bank)


def quiet(club: Club, user: PlatformUser = ADA) -> list[int]:
    """Return the days of November on which the learner was asked nothing."""
    learner = club.arrive(user, None).learner
    with club.unit_of_work() as uow:
        found = quiet_days(club.clock, {"terminal"})(uow, learner)
    assert all(day.month == 11 for day in found)
    return sorted(day.day for day in found)


def wait(club: Club, days: float) -> None:
    club.pass_by(days * DAY, every=4 * HOUR)


def test_somebody_in_no_community_has_none(club: Club):
    wait(club, 3)
    assert quiet(club) == []


def test_a_community_without_a_daily_question_gives_none(club: Club):
    club.arrive(ADA)
    wait(club, 3)
    assert quiet(club) == []


def test_weekends_off_are_quiet_and_today_too_when_nothing_comes(club: Club):
    club.arrive(ADA)
    club.host("setup 09:00 Berlin")
    club.host("set days mon-fri")
    wait(club, 5)  # Saturday morning
    assert quiet(club) == [28]
    wait(club, 2)  # Monday, before nine
    assert quiet(club) == [28, 29]


def test_a_day_whose_question_is_still_to_come_is_not_quiet(club: Club):
    club.arrive(ADA)
    club.host("setup 18:00 Berlin")
    assert quiet(club) == []


def test_pauses_excuse_from_their_first_day_without_a_question(club: Club):
    club.arrive(ADA)
    club.host("setup 09:00 Berlin")
    wait(club, 1.5)  # the 24th had its question
    club.host("pause")
    assert quiet(club) == []
    wait(club, 3)
    assert quiet(club) == [25, 26, 27]
    club.host("resume")
    wait(club, 1)
    assert quiet(club) == [25, 26, 27]


@pytest.mark.parametrize("state", [PostState.SKIPPED, PostState.FAILED])
def test_days_that_were_skipped_or_failed_excuse(club: Club, state: PostState):
    club.arrive(ADA)
    club.host("setup 09:00 Berlin")
    wait(club, 3)
    with club.unit_of_work() as uow:
        uow.posts.update(replace(club.posts()[1], state=state))
        uow.commit()
    assert quiet(club) == [24]


def test_days_before_joining_and_before_the_plan_do_not_excuse(club: Club):
    club.arrive(ADA)
    wait(club, 2)
    club.host("setup 09:00 Berlin", HOSTED)
    club.host("pause")
    wait(club, 2)
    club.arrive(a_user("late"))
    wait(club, 1)
    assert quiet(club) == [25, 26, 27, 28]
    assert quiet(club, a_user("late")) == [27, 28]


def test_after_leaving_nothing_is_excused_but_what_was_stays_so(club: Club):
    here = club.arrive(ADA)
    club.host("setup 09:00 Berlin")
    club.host("set days mon, thu-sun")
    wait(club, 3)
    with club.unit_of_work() as uow:
        uow.memberships.leave(here.community_id or 0, here.learner.id, club.clock.at)
        uow.commit()
    club.host("pause")  # before the question of the 26th, their last day
    wait(club, 3)
    assert quiet(club) == [24, 25, 26]


def test_of_two_communities_one_question_a_day_is_enough(club: Club):
    club.arrive(ADA, HERE)
    club.arrive(ADA, OTHER)
    club.host("setup 09:00 Berlin")
    club.host("set days mon")
    club.host("setup 10:00 Berlin", replace(OTHER, host=True))
    club.host("set days tue", replace(OTHER, host=True))
    wait(club, 3)
    assert quiet(club) == [25, 26]


def test_what_a_community_asked_before_the_learner_came_was_not_asked_of_them(club: Club):
    club.arrive(ADA, HERE)
    club.host("setup 09:00 Berlin")
    club.host("set days mon, thu")
    club.host("setup 09:00 Berlin", replace(OTHER, host=True))
    wait(club, 3)
    before = quiet(club)
    club.arrive(ADA, OTHER)
    assert before == quiet(club) == [24, 25]


def test_the_room_of_a_terminal_never_excuses(club: Club):
    room = Place("room", "room", host=True)
    club.arrive(TERMINAL, room)
    club.run("setup 09:00 Berlin", TERMINAL, room)
    club.run("pause", TERMINAL, room)
    wait(club, 3)
    assert quiet(club, TERMINAL) == []


def test_a_streak_survives_a_paused_week(club: Club):
    Accounts(club.unit_of_work, club.clock).change_settings(ADA, zone="Berlin")
    club.arrive(ADA)
    club.host("setup 09:00 Berlin")
    streaks = Streaks(club.unit_of_work, club.clock, quiet_days(club.clock))
    for _ in range(3):
        club.pass_by(2 * HOUR)
        club.answer(ADA)
        club.pass_by(22 * HOUR)
    club.host("pause")
    wait(club, 7)
    assert "Today is excused" in text_of(streaks.tell(ADA))
    club.host("resume")
    club.pass_by(3 * HOUR)
    club.answer(ADA)
    told = text_of(streaks.why(ADA))
    assert "4 days" in text_of(streaks.tell(ADA))
    assert "no question was asked" in told
