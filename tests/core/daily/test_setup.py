"""What hosts do about the daily question, and what is then really posted."""

import re
from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from bot.core.accounts.service import Accounts
from bot.core.communities.model import Place
from bot.core.daily.errors import NoDailyPlan, NothingFits, UnclearPlanChoice
from bot.core.daily.post import PostState
from bot.core.daily.schedule import Schedule
from bot.core.errors import CoachError, HostsOnly, OnlyInCommunity, UnknownZone, UsageError
from bot.core.limits import OutOfRange
from bot.core.questions.errors import UnknownTopic
from bot.core.words.errors import sentence_of
from knowledge.bank import QuestionBank
from tests.core.daily.fixtures import DAY, GRACE, HEDY, HERE, HOSTED, HOUR, MORNING, Club
from tests.core.samples import text_of
from tests.databases import MakeUnitOfWork

MONDAY = MORNING.date()


@pytest.fixture
def club(every_unit_of_work: MakeUnitOfWork, bank: QuestionBank) -> Club:
    return Club(every_unit_of_work, bank)


def test_a_host_sets_up_a_question_and_it_comes_at_its_time(club: Club):
    told = club.host("setup 09:00 Berlin")
    assert "The daily question is set" in told
    assert "09:00 in Europe/Berlin, every day" in told
    assert "The next ones come Mon 23 Nov at 09:00, Tue 24 Nov at 09:00 and Wed" in told

    club.pass_by(HOUR - timedelta(minutes=1))
    assert club.asked() == []
    club.pass_by(timedelta(minutes=1))
    assert len(club.asked()) == 1
    assert "09:00 in Europe/Berlin" in club.host("status")


def test_what_set_up_would_begin_with_is_told_and_not_stored(club: Club):
    place = replace(HERE, host=True)
    proposed = club.plans.outlook(HEDY, place)
    assert proposed.proposed
    assert proposed.plan.schedule == Schedule("UTC", time(9))
    assert len(proposed.coming) == 3
    assert club.plan() is None

    club.host("setup 10:00 Berlin")
    known = club.plans.outlook(HEDY, place)
    assert not known.proposed
    assert known.plan == club.plan()
    for where, problem in ((replace(HERE, host=False), HostsOnly), (None, OnlyInCommunity)):
        with pytest.raises(problem):
            club.plans.outlook(HEDY, where)


def test_without_words_it_comes_in_the_morning_of_the_host(club: Club):
    Accounts(club.unit_of_work, club.clock).change_settings(HEDY, zone="Kolkata")
    club.host("setup")
    plan = club.plan()
    assert plan is not None
    assert plan.schedule == Schedule("Asia/Kolkata", time(9))
    assert plan.after == MONDAY
    assert plan.began_on == MONDAY + DAY


def test_set_up_after_its_time_begins_tomorrow(club: Club):
    club.host("setup 07:30 Berlin")
    club.pass_by(23 * HOUR)
    assert club.asked() == []
    club.pass_by(HOUR)
    assert [post.day for post in club.posts()] == [MONDAY + DAY]


@pytest.mark.parametrize(
    ("words", "began"), [("setup 09:00 Auckland", 24), ("setup 03:00 Honolulu", 23)]
)
def test_a_plan_begins_with_the_first_day_it_could_ask_in_its_own_zone(
    club: Club, words: str, began: int
):
    club.skip_to(2026, 11, 23, 12)  # the 24th in Auckland, the small hours of the 23rd in Honolulu
    club.host(words)
    plan = club.plan()
    assert plan is not None
    assert plan.began_on == date(2026, 11, began)
    club.pass_by(DAY)
    assert club.posts()[0].day == plan.began_on


@pytest.mark.parametrize(
    ("words", "is_told"),
    [
        ("set time 18:30", "18:30 in Europe/Berlin"),
        ("set zone New York", "09:00 in America/New_York"),
        ("set days tue, thu", "Tue and Thu"),
        ("set topics monitoring, mlops", "Topics: monitoring and drift · deployment"),
        ("set level 2-3", "difficulty 2 to 3 of 5"),
        ("set level 2", "difficulty 2 of 5"),
        ("set open 12", "Open for 12 hours"),
        ("set ping <@&77>", "Role to mention: 77"),
        ("set thread off", "Discussion: none"),
        ("setup 07:15 Apia", "07:15 in Pacific/Apia"),
    ],
)
def test_what_is_changed_is_told_and_kept(club: Club, words: str, is_told: str):
    club.host("setup 09:00 Berlin")
    before = club.host("status")
    assert is_told not in before
    assert is_told in club.host(words)
    assert is_told in club.host("status")


BAD = [
    ("setup 25:00 Berlin", UnclearPlanChoice),
    ("setup 09:00 Springfield", UnknownZone),
    ("set", UsageError),
    ("set colour blue", UsageError),
    ("set time noonish", UnclearPlanChoice),
    ("set zone", UnclearPlanChoice),
    ("set zone Berln", UnknownZone),
    ("set days someday", UnclearPlanChoice),
    ("set topics pizza", UnknownTopic),
    ("set level 0-3", OutOfRange),
    ("set level 3-9", OutOfRange),
    ("set level hard", UnclearPlanChoice),
    ("set open 0", OutOfRange),
    ("set open 169", OutOfRange),
    ("set ping everyone", UnclearPlanChoice),
    ("set ping <@&1234>", UnclearPlanChoice),
    ("set thread maybe", UnclearPlanChoice),
    ("pause please", UsageError),
    ("dance", UsageError),
]


@pytest.mark.parametrize(("words", "error"), BAD)
def test_a_bad_value_changes_nothing(club: Club, words: str, error: type[CoachError]):
    server = replace(HOSTED, community="1234")  # the role of everybody there has this id
    club.host("setup 09:00 Berlin", server)
    before = club.plan(server)
    with pytest.raises(error) as caught:
        club.host(words, server)
    assert club.plan(server) == before
    assert sentence_of(caught.value)


def test_topics_and_levels_that_fit_nothing_together_are_refused(club: Club):
    club.host("setup 09:00 Berlin")
    club.host("set topics monitoring")
    with pytest.raises(NothingFits) as caught:
        club.host("set level 1")
    assert "nothing was changed" in sentence_of(caught.value)
    assert "difficulty 1 to 5" in club.host("status")


def test_where_nothing_fits_any_more_the_host_sees_it_and_can_mend_it(club: Club):
    club.host("setup 09:00 Berlin")
    club.host("set topics monitoring")
    kept = [question for question in club.bank if question.topic != "monitoring"]
    club.use(QuestionBank([t for t in club.bank.topics if t.id != "monitoring"], kept))
    warning = "No question matches these topics and levels any more"
    assert warning in club.host("status")
    assert warning in club.host("preview")
    assert warning in club.host("set thread off")
    assert warning not in club.host("set topics all")
    club.pass_by(2 * HOUR)
    assert len(club.asked()) == 1


@pytest.mark.parametrize(
    "words", ["setup", "set time 9", "status", "preview", "pause", "resume", "stop"]
)
def test_only_hosts_run_it_and_only_where_there_is_a_channel(club: Club, words: str):
    club.host("setup 09:00 Berlin")
    before = club.plan()
    with pytest.raises(HostsOnly):
        club.run(words, GRACE, HERE)
    with pytest.raises(OnlyInCommunity):
        club.run(words, HEDY, None)
    assert club.plan() == before


def test_a_set_up_outside_of_any_channel_is_not_sent_in_circles(club: Club):
    with pytest.raises(OnlyInCommunity):
        club.host("setup 09:00 Berlin", Place("guild", host=True))


@pytest.mark.parametrize("words", ["set time 9", "status", "preview", "pause", "resume"])
def test_where_nothing_is_set_up_it_is_said_how(club: Club, words: str):
    with pytest.raises(NoDailyPlan) as caught:
        club.host(words)
    assert "/daily setup 09:00 Berlin" in sentence_of(caught.value)


def test_a_pause_posts_and_skips_nothing_and_what_is_open_closes(club: Club):
    club.host("setup 09:00 Berlin")
    club.pass_by(2 * HOUR)
    assert "Paused." in club.host("pause")
    assert "It's paused. /daily resume starts it again" in club.host("status")
    assert "Nothing is coming while it's paused" in club.host("preview")

    club.pass_by(7 * DAY, every=HOUR)
    assert [post.state for post in club.posts()] == [PostState.CLOSED]

    told = club.host("resume")
    assert "Tue 1 Dec at 09:00" in told  # Monday's time has passed
    assert "paused" not in told
    club.pass_by(DAY)
    assert [post.day for post in club.posts()] == [MONDAY, MONDAY + 8 * DAY]


def test_going_on_with_what_is_not_paused_costs_no_question(club: Club):
    club.host("setup 09:00 Berlin")
    club.clock.pass_by(HOUR)  # it is nine, and the engine has not looked yet
    club.host("resume")
    club.host("setup 09:00 Berlin")
    club.engine.poll()
    assert len(club.asked()) == 1


def test_a_pause_of_the_coach_tells_why_and_a_host_ends_it(club: Club):
    club.host("setup 09:00 Berlin")
    plan = club.plan()
    assert plan is not None
    paused = replace(plan.schedule, paused=True)
    with club.unit_of_work() as uow:
        uow.plans.put(replace(plan, schedule=paused, failures=3, pause_reason="HTTP 403"))
        uow.commit()
    assert "It's paused. HTTP 403." in club.host("status")
    assert "HTTP 403" not in club.host("resume")
    plan = club.plan()
    assert plan is not None
    assert (plan.failures, plan.pause_reason, plan.schedule.paused) == (0, "", False)


def test_what_became_of_the_last_day_is_told_with_the_reason(club: Club):
    club.host("setup 09:00 Berlin")
    club.skip_to(2026, 11, 26, 6)
    club.engine.poll()
    told = club.host("status")
    assert "The last one, of 2026-11-25, was skipped: the coach was not running." in told


def test_what_is_previewed_is_then_posted(club: Club):
    club.host("setup 09:00 Berlin")
    club.host("set days mon, wed-fri")
    club.pass_by(2 * HOUR)
    told = club.host("preview")
    lines = re.findall(r"^(\w+) (\d+) (\w+) at 09:00: (.+) \(.+\)$", told, re.MULTILINE)
    assert [line[0] for line in lines] == ["Wed", "Thu", "Fri", "Mon", "Wed", "Thu", "Fri"]

    club.pass_by(11 * DAY, every=4 * HOUR)

    _, *posted = club.posts()
    assert [post.day.day for post in posted] == [int(line[1]) for line in lines]
    asked = [club.bank.get(post.question_id or "").prompt for post in posted]
    assert asked == [line[3] for line in lines]
    assert f"{len(club.bank) - 1} questions" in told


def test_an_earlier_time_today_posts_nothing_today(club: Club):
    club.host("setup 18:00 Berlin")
    club.pass_by(2 * HOUR)
    told = club.host("set time 09:00")
    assert "The next ones come Tue 24 Nov at 09:00" in told
    club.pass_by(12 * HOUR)
    assert club.posts() == []
    club.pass_by(12 * HOUR)
    assert [post.day for post in club.posts()] == [MONDAY + DAY]


def test_a_later_time_on_a_day_that_was_asked_asks_nothing_twice(club: Club):
    club.host("setup 09:00 Berlin")
    club.pass_by(2 * HOUR)
    told = club.host("set time 18:00")
    assert "The next ones come Tue 24 Nov at 18:00" in told
    club.pass_by(20 * HOUR)
    assert [post.day for post in club.posts()] == [MONDAY]


def test_a_weekday_added_after_its_time_waits_for_the_next_week(club: Club):
    club.host("setup 09:00 Berlin")
    club.host("set days tue")
    club.pass_by(4 * HOUR)
    assert "The next ones come Tue 24 Nov at 09:00, Mon 30 Nov" in club.host("set days mon tue")
    club.pass_by(7 * DAY, every=HOUR)
    assert [post.day.day for post in club.posts()] == [24, 30]


@pytest.mark.parametrize(
    ("first", "then", "next_one", "days"),
    [
        ("Berlin", "Auckland", "Wed 25 Nov", [23, 25, 26, 27]),  # nine of the 24th was over there
        ("Auckland", "Berlin", "Wed 25 Nov", [24, 25, 26]),
        ("Berlin", "Honolulu", "Tue 24 Nov", [23, 24, 25, 26]),
    ],
)
def test_in_another_zone_no_date_is_asked_twice_or_counted_as_missed(
    club: Club, first: str, then: str, next_one: str, days: list[int]
):
    club.host(f"setup 09:00 {first}")
    club.pass_by(15 * HOUR)
    assert f"The next ones come {next_one} at 09:00" in club.host(f"set zone {then}")
    club.pass_by(3 * DAY, every=HOUR)
    found = club.posts()
    assert [post.day.day for post in found] == days
    assert all(post.state in {PostState.SENT, PostState.CLOSED} for post in found)
    assert len(club.asked()) == len(days)


def test_the_plan_outlives_its_host(club: Club):
    club.host("setup 09:00 Berlin")
    host = club.arrive(HEDY).learner.id
    with club.unit_of_work() as uow:
        uow.records.delete(host)
        uow.commit()
    club.pass_by(2 * HOUR)
    assert len(club.asked()) == 1
    assert "for everybody" in text_of(club.run("set thread on", GRACE, HOSTED))
    plan, grace = club.plan(), club.arrive(GRACE).learner.id
    assert plan is not None
    assert plan.host_learner_id == grace
