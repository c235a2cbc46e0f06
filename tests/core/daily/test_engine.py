"""The daily loop over a virtual year, on a real database, with faults at every step."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from email.utils import format_datetime
from random import Random
from threading import Condition, Event

import pytest
from sqlalchemy import Engine, event, exists, select, text

from bot.core.communities.attendance import Attendance
from bot.core.communities.model import Place
from bot.core.communities.presence import register_presence
from bot.core.daily.engine import DailyEngine, DailyPlanner
from bot.core.daily.plan import Discussion, Plan
from bot.core.daily.post import COUNT_EVERY, LEASE, DailyPost, PostState, Thread
from bot.core.daily.poster import PostRunner
from bot.core.daily.schedule import Schedule
from bot.core.daily.steps import GRADES_WITHIN
from bot.core.errors import DatabaseLocked, Undeliverable
from bot.core.notifications.model import ResultsNotPosted
from bot.core.notifications.service import Notices
from bot.core.platform_times import PlatformTimes
from bot.core.ports import Address
from bot.core.practice.model import Purpose
from bot.core.rounds import A_COMMUNITY
from bot.storage.orm import DailyPostRow
from knowledge.bank import QuestionBank
from tests.builders import a_plan, a_user
from tests.core.daily.fixtures import Channels, Killed
from tests.core.samples import text_of
from tests.databases import MakeUnitOfWork
from tests.fakes import FixedClock

HOST = a_user("host", display_name="Hedy")
POLL = timedelta(seconds=30)
DAY = timedelta(days=1)
MORNING = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
"""Nine o'clock in Berlin."""


class Replica:
    """One program of several on the same database and platform."""

    def __init__(self, world: "World", name: str) -> None:
        platforms = {"discord": world.channels}
        announcer = DailyPlanner(world.bank, world.unit_of_work, world.clock, platforms)
        here = world.unit_of_work, world.clock
        posting = PostRunner(world.bank, *here, platforms, name, Attendance(*here, {}))
        self.announcer, self.posting = announcer, posting
        self.engine = DailyEngine(announcer, posting)


class World:
    """A database, a platform, a clock, and a community with a host."""

    def __init__(self, unit_of_work: MakeUnitOfWork, bank: QuestionBank) -> None:
        self.unit_of_work = unit_of_work
        self.bank = bank
        self.clock = FixedClock(MORNING - timedelta(minutes=1))
        self.channels = Channels(self.clock.now)
        self.replica = Replica(self, "only")

    def plan(self, channel: str = "drift", community: str = "guild", **chosen: object) -> Plan:
        """Set up a channel from today on."""
        with self.unit_of_work() as uow:
            here = register_presence(
                uow, HOST, Place(community, channel, "ML club", channel), self.clock.at
            )
            assert here.channel is not None
            yesterday = (self.clock.at - DAY).date()
            defaults = {"host_learner_id": here.learner.id, "after": yesterday}
            plan = a_plan(here.channel.id, **(defaults | chosen))
            uow.plans.put(plan)
            uow.commit()
        return plan

    def of(self, plan: Plan) -> Plan:
        with self.unit_of_work() as uow:
            found = uow.plans.get(plan.channel_id)
        assert found is not None
        return found

    def posts(self, plan: Plan) -> list[DailyPost]:
        """Return what became of each day, the oldest first."""
        with self.unit_of_work() as uow:
            ids = select(DailyPostRow.id).where(DailyPostRow.channel_id == plan.channel_id)
            found = [uow.posts.get(post_id) for post_id in uow._session.scalars(ids)]
        return sorted((post for post in found if post), key=lambda post: post.id)

    def poll(self, after: timedelta = POLL) -> None:
        self.clock.pass_by(after)
        self.replica.engine.poll()

    def poll_for(self, time: timedelta, every: timedelta = timedelta(minutes=10)) -> None:
        until = self.clock.at + time
        while self.clock.at < until:
            self.poll(every)

    def answer(self, post: DailyPost, person: str, text: str = "An answer.") -> None:
        with self.unit_of_work() as uow:
            learner = register_presence(
                uow, a_user(person), Place("guild", "drift"), self.clock.at
            ).learner
            question = post.question_id or ""
            ask = uow.asks.add(
                learner.id, question, self.clock.at, purpose=Purpose.DAILY, post_id=post.id
            )
            uow.attempts.add(ask, text, self.clock.at)
            uow.commit()

    def told(self) -> list[str]:
        """Return what the host is told."""
        return [text_of(reply) for reply in Notices(self.unit_of_work, self.clock).waiting(HOST)]


@pytest.fixture
def world(unit_of_work: MakeUnitOfWork, bank: QuestionBank) -> World:
    return World(unit_of_work, bank)


def test_a_question_comes_in_time_with_a_discussion_and_closes_a_day_later(world: World):
    plan = world.plan(ping_role="77")
    world.poll(timedelta(seconds=50))
    assert world.channels.messages == {}

    world.poll()

    (message,) = world.channels.of("drift")
    assert message.ping_role == "77"
    assert "Question of the day" in text_of(message.message)
    (post,) = world.posts(plan)
    assert post.state is PostState.SENT
    assert post.thread is Thread.OPEN
    assert message.message.post_id == post.id
    assert world.bank.get(post.question_id or "").prompt in text_of(message.message)
    assert list(world.channels.threads) == [post.message_id]

    world.poll_for(DAY)

    (results,) = world.channels.results("drift")
    assert results.below == post.message_id
    assert "A good answer" in text_of(results.message)
    assert "Closed." in text_of(message.edits[-1])
    assert [each.state for each in world.posts(plan)] == [PostState.CLOSED, PostState.SENT]


def test_results_wait_a_little_for_grades_that_are_owing(world: World):
    plan = world.plan()
    world.poll(timedelta(minutes=2))
    world.answer(world.posts(plan)[0], "1")
    world.poll_for(timedelta(hours=23))
    world.poll_for(timedelta(minutes=59), timedelta(minutes=1))
    assert world.channels.results("drift") == []
    world.poll_for(GRADES_WITHIN + timedelta(minutes=10), timedelta(minutes=1))
    assert len(world.channels.results("drift")) == 1


def test_a_channel_without_discussions_gets_none(world: World):
    world.plan(discussion=Discussion.NONE)
    world.poll(timedelta(minutes=2))
    assert len(world.channels.of("drift")) == 1
    assert world.channels.threads == {}


def test_the_message_says_how_many_have_answered_at_a_sane_rate(world: World):
    plan = world.plan()
    world.poll(timedelta(minutes=2))
    (post,), (message,) = world.posts(plan), world.channels.of("drift")
    for person in ("1", "2", "2"):
        world.answer(post, person)
    world.poll(timedelta(seconds=10))
    assert message.edits == []
    world.poll(COUNT_EVERY)
    world.poll(COUNT_EVERY)
    assert ["2 learners have answered." in text_of(edit) for edit in message.edits] == [True]


def test_what_was_missed_today_comes_late_and_earlier_days_are_skipped(world: World):
    plan = world.plan()
    world.clock.pass_by(3 * DAY + timedelta(hours=5))
    world.poll()
    (message,) = world.channels.of("drift")
    assert "late" in text_of(message.message)
    found = {post.day.day: post.state for post in world.posts(plan)}
    skipped = dict.fromkeys((23, 24, 25), PostState.SKIPPED)
    assert found == skipped | {26: PostState.SENT}
    assert world.told() == []


def test_one_broken_channel_stops_no_other_and_is_paused_with_a_word_to_its_host(world: World):
    good, bad = world.plan("good"), world.plan("bad")
    world.channels.broken["bad"] = Undeliverable("the channel was deleted", permanent=True)
    world.poll_for(timedelta(hours=1), POLL)
    assert len(world.channels.of("good")) == 1
    assert world.of(good).failures == 0
    assert world.of(bad).schedule.paused
    assert [post.state for post in world.posts(bad)] == [PostState.FAILED]
    (told,) = world.told()
    assert "bad" in told
    assert "the channel was deleted" in told
    assert "/daily resume" in told


def test_a_channel_that_hangs_holds_up_no_other(world: World):
    world.plan("good")
    world.plan("bad")
    arrived, gone_through = Event(), Event()

    def hang(when: str) -> None:
        # Whoever comes first waits until the other has posted.
        if when == "after post":
            gone_through.set()
        elif when == "before post" and not arrived.is_set():
            arrived.set()
            assert gone_through.wait(60)

    world.channels.trouble = hang
    world.poll(timedelta(minutes=2))
    assert len(world.channels.of("good")) == len(world.channels.of("bad")) == 1


@pytest.fixture
def crowd(taking_turns: MakeUnitOfWork, bank: QuestionBank) -> World:
    return World(taking_turns, bank)


def test_of_twenty_communities_one_that_hangs_and_one_at_its_limit_hold_up_no_other(crowd: World):
    names = [f"guild{number}" for number in range(20)]
    for name in names:
        for number in range(4):
            crowd.plan(f"{name}-{number}", community=name)
    go_on, changed, calls = Event(), Condition(), Counter[str]()

    def act(to: Address) -> None:
        with changed:
            calls[to.community] += 1
        if to.community == "guild7":
            assert go_on.wait(60)
        if to.community == "guild3":
            raise Undeliverable("Discord is asked too often")

    def noticed(_when: str) -> None:
        with changed:
            changed.notify_all()

    def have_it(names: Sequence[str]) -> bool:
        return all(len(crowd.channels.of(f"{name}-{n}")) == 1 for name in names for n in range(4))

    crowd.channels.act, crowd.channels.trouble = act, noticed
    crowd.replica.posting._patience = 0.5
    crowd.poll(timedelta(minutes=2))
    with changed:
        assert changed.wait_for(lambda: have_it([*names[:3], *names[4:7], *names[8:]]), 60)
        assert calls["guild7"] <= A_COMMUNITY
    crowd.poll()
    assert not crowd.channels.of("guild7-0")

    go_on.set()
    crowd.channels.act = lambda _: None
    crowd.replica.posting._patience = 60.0
    crowd.poll_for(timedelta(minutes=20), timedelta(minutes=2))
    assert have_it(names)


def test_a_clock_a_day_ahead_posts_nothing_before_its_time_and_closes_nothing(world: World):
    world.plan()
    world.poll(timedelta(minutes=2))
    assert len(world.channels.of("drift")) == 1
    seconds = 0.0
    times = PlatformTimes(world.clock, lambda: seconds)
    times.told(format_datetime(world.clock.at, usegmt=True))
    world.replica.engine = DailyEngine(
        world.replica.engine._announcer, world.replica.posting, times
    )
    world.poll(DAY)
    assert len(world.channels.of("drift")) == 1
    assert world.channels.results("drift") == []
    world.poll(-DAY)
    assert len(world.channels.of("drift")) == 1
    seconds = DAY.total_seconds()
    world.poll(DAY)
    assert len(world.channels.of("drift")) == 2


def test_a_platform_that_is_down_for_hours_costs_nothing_but_the_hours(world: World):
    plan = world.plan()
    world.channels.broken["drift"] = Undeliverable("HTTP 503")
    world.poll_for(timedelta(hours=5))
    assert world.channels.of("drift") == []
    world.channels.broken.clear()
    world.poll_for(timedelta(minutes=20))
    assert len(world.channels.of("drift")) == 1
    assert world.of(plan).failures == 0


def test_three_whole_days_without_success_pause_the_channel(world: World):
    plan = world.plan()
    world.channels.broken["drift"] = Undeliverable("HTTP 503")
    world.poll_for(5 * DAY, timedelta(hours=1))
    *days, begun = [post.state for post in world.posts(plan)]
    assert days == [PostState.FAILED] * 3
    assert begun is PostState.SKIPPED  # its time had come when the third day was given up
    assert world.of(plan).schedule.paused
    (told,) = world.told()
    assert "HTTP 503" in told


def test_a_message_that_arrived_though_the_answer_was_lost_is_not_sent_again(world: World):
    plan = world.plan()
    lost = iter([True])

    def lose(when: str) -> None:
        if when == "after post" and next(lost, False):
            raise Undeliverable("the connection broke")

    world.channels.trouble = lose
    world.poll_for(timedelta(minutes=10), POLL)
    assert len(world.channels.of("drift")) == 1
    (post,) = world.posts(plan)
    assert post.state is PostState.SENT
    assert post.reason == ""


def test_a_discussion_that_cannot_be_opened_is_tried_on_its_own_and_given_up(world: World):
    plan = world.plan()

    def refuse(when: str) -> None:
        if when == "before open_thread":
            raise Undeliverable("HTTP 500")

    world.channels.trouble = refuse
    world.poll_for(timedelta(hours=1), POLL)
    assert len(world.channels.of("drift")) == 1
    (post,) = world.posts(plan)
    assert (post.state, post.thread) == (PostState.SENT, Thread.NONE)


def test_a_thread_that_is_refused_is_told_to_the_host_once_and_opened_when_it_is_granted(
    world: World,
):
    plan = world.plan()
    refused = True

    def refuse(when: str) -> None:
        if refused and when == "before open_thread":
            raise Undeliverable("in #drift I lack the permission X", permanent=True)

    world.channels.trouble = refuse
    world.poll_for(timedelta(minutes=20), POLL)
    with world.unit_of_work() as uow:
        waiting = uow.notices.waiting(plan.host_learner_id or 0, world.clock.now(), 9)
    assert [notice.news.reason for notice in waiting] == ["in #drift I lack the permission X"]
    refused = False
    world.poll_for(timedelta(minutes=20), POLL)
    assert world.posts(plan)[0].thread is Thread.OPEN


def test_results_that_cannot_be_posted_are_given_up_after_a_day(world: World):
    plan = world.plan()
    world.poll(timedelta(minutes=2))
    world.channels.broken["drift"] = Undeliverable("HTTP 503")
    world.poll_for(2 * DAY + timedelta(hours=1), timedelta(minutes=30))
    assert world.posts(plan)[0].state is PostState.CLOSED
    assert world.channels.results("drift") == []


def test_results_that_are_refused_are_told_to_the_host_once(world: World):
    plan = world.plan()
    world.poll(timedelta(minutes=2))
    world.channels.broken["drift"] = Undeliverable("in #drift I lack Send Messages", permanent=True)
    world.poll_for(DAY + timedelta(hours=3), timedelta(minutes=10))
    assert world.posts(plan)[0].state is PostState.CLOSED
    with world.unit_of_work() as uow:
        waiting = uow.notices.waiting(plan.host_learner_id or 0, world.clock.now(), 9)
    lost = ResultsNotPosted(channel="drift", reason="in #drift I lack Send Messages")
    assert [notice.news for notice in waiting if notice.news == lost] == [lost]


def test_a_question_that_left_the_bank_before_it_was_sent_gives_way_to_another(world: World):
    plan = world.plan()
    world.channels.broken["drift"] = Undeliverable("HTTP 503")
    world.poll(timedelta(minutes=2))
    gone = world.posts(plan)[0].question_id
    left = QuestionBank(world.bank.topics, [q for q in world.bank if q.id != gone])
    world.bank = left
    world.replica = Replica(world, "new")
    world.channels.broken.clear()
    world.poll(timedelta(minutes=5))
    (message,) = world.channels.of("drift")
    assert message.message.question_id != gone
    assert message.message.question_id in left


def test_a_question_that_left_the_bank_while_it_was_open_closes_without_results(world: World):
    plan = world.plan()
    world.poll(timedelta(minutes=2))
    gone = world.posts(plan)[0].question_id
    world.bank = QuestionBank(world.bank.topics, [q for q in world.bank if q.id != gone])
    world.replica = Replica(world, "new")
    world.poll_for(DAY)
    assert world.posts(plan)[0].state is PostState.CLOSED
    assert world.channels.results("drift") == []


def test_the_host_is_warned_once_when_questions_run_out(world: World):
    plan = world.plan()
    asks, kept = 23, 30
    world.bank = QuestionBank(world.bank.topics, list(world.bank)[:kept])
    world.replica = Replica(world, "new")
    world.poll_for((asks + 2) * DAY, timedelta(hours=6))
    (told,) = world.told()
    assert "only 6 questions left" in told
    assert world.of(plan).bank_is_low
    asked = [post.question_id for post in world.posts(plan)]
    assert len(asked) == len(set(asked))


def test_a_clock_that_ran_ahead_leaves_no_channel_silent(world: World):
    plan = world.plan()
    world.poll(timedelta(minutes=2))
    world.clock.pass_by(300 * DAY)
    world.poll()
    world.clock.pass_by(-300 * DAY)
    world.poll_for(3 * DAY, timedelta(hours=1))
    days = [post.day.day for post in world.posts(plan) if post.day.year == 2026]
    assert days == [23, 24, 25, 26]


def test_a_clock_that_is_set_back_posts_nothing_twice(world: World):
    plan = world.plan()
    world.poll_for(2 * DAY, timedelta(hours=1))
    world.clock.pass_by(-2 * DAY)
    world.poll_for(2 * DAY, timedelta(hours=1))
    days = [post.day for post in world.posts(plan)]
    assert len(days) == len(set(days)) == len(world.channels.of("drift"))


def test_a_database_that_is_locked_for_a_while_loses_nothing(world: World):
    plan = world.plan()
    session = world.unit_of_work()
    with session as uow:
        uow._session.execute(text("SELECT 1"))
        with pytest.raises(DatabaseLocked):
            world.poll(timedelta(minutes=2))
    world.poll()
    assert [post.state for post in world.posts(plan)] == [PostState.SENT]


STEPS = [
    f"{when} {act}"
    for act in ("post", "find", "open_thread", "edit", "reply")
    for when in ("before", "after")
]


@pytest.mark.parametrize("step", STEPS)
def test_killed_at_a_step_the_next_program_goes_on_without_doing_anything_twice(
    world: World, step: str
):
    plan = world.plan()
    kills = iter([True])

    def die(when: str) -> None:
        if when == step and next(kills, False):
            raise Killed

    world.channels.trouble = die
    if "find" in step:  # it is looked only for what somebody may have begun
        lost = iter([Undeliverable("HTTP 500")])

        def lose_then_die(when: str) -> None:
            if when == "before post" and (problem := next(lost, None)):
                raise problem
            die(when)

        world.channels.trouble = lose_then_die
    died = 0
    for _ in range(int(DAY / timedelta(minutes=2)) + 10):
        world.clock.pass_by(timedelta(minutes=2))
        try:
            world.replica.engine.poll()
        except Killed:
            died += 1
            world.replica = Replica(world, f"desk {died}")
        posts = world.posts(plan)
        if posts and posts[0].state is PostState.SENT and not world.channels.messages["1"].edits:
            with world.unit_of_work() as uow:
                answered = uow.posts.answered(posts[0].id)
            if not answered:
                world.answer(posts[0], "1")
    assert died == 1
    first = world.posts(plan)[0]
    assert first.state is PostState.CLOSED
    questions = [each.message.post_id for each in world.channels.of("drift")]
    assert Counter(questions)[first.id] == 1
    assert len(world.channels.results("drift")) == 1
    assert first.thread is Thread.OPEN


def test_a_claim_is_left_alone_until_it_ends(world: World):
    plan = world.plan()

    def die(when: str) -> None:
        if when == "before post":
            raise Killed

    world.channels.trouble = die
    with pytest.raises(Killed):
        world.poll(timedelta(minutes=2))
    world.channels.trouble = lambda _: None
    other = Replica(world, "other")
    other.engine.poll()
    assert world.channels.of("drift") == []
    world.clock.pass_by(LEASE)
    other.engine.poll()
    assert len(world.channels.of("drift")) == 1
    assert world.posts(plan)[0].state is PostState.SENT


def test_who_has_lost_the_claim_while_looking_does_not_send(world: World):
    plan = world.plan()
    failed = iter([Undeliverable("HTTP 500")])

    def be_slow(when: str) -> None:
        if when == "before post" and (problem := next(failed, None)):
            raise problem
        if when == "after find":
            world.clock.pass_by(LEASE)

    world.channels.trouble = be_slow
    world.poll(timedelta(minutes=2))
    world.poll(timedelta(minutes=2))
    assert world.channels.of("drift") == []
    world.channels.trouble = lambda _: None
    world.poll_for(timedelta(minutes=10), POLL)
    assert len(world.channels.of("drift")) == 1
    assert world.posts(plan)[0].state is PostState.SENT


@pytest.fixture
def faults() -> Callable[[str], None]:
    """Die, lose an answer or refuse, by a fixed lot, at one step in eight."""
    lots = Random(20261126)  # noqa: S311 not for secrets

    def trouble(when: str) -> None:
        chance = lots.random()
        if chance < 0.05:
            raise Killed
        if chance < 0.12:
            raise Undeliverable("HTTP 502")

    return trouble


@pytest.mark.slow
def test_three_programs_that_die_at_any_step_post_once_a_day_for_200_days(
    world: World, faults: Callable[[str], None]
):
    schedule = Schedule("Europe/Berlin", time(9))
    plans = [
        world.plan(name, schedule=replace(schedule, zone=zone))
        for name, zone in {
            "a": "Europe/Berlin",
            "b": "Pacific/Apia",
            "c": "America/New_York",
        }.items()
    ]
    world.channels.trouble = faults
    replicas = [Replica(world, f"desk {n}") for n in range(3)]
    deaths, turn = 0, 0
    end = world.clock.at + 200 * DAY
    while world.clock.at < end:
        turn += 1
        one = turn % len(replicas)
        try:
            replicas[one].engine.poll()
        except Killed:
            deaths += 1
            replicas[one] = Replica(world, f"desk {turn}")
        world.clock.pass_by(timedelta(minutes=1 if _is_busy(world) else 360))
    assert deaths > 50
    for plan, name in zip(plans, ("a", "b", "c"), strict=True):
        posted = Counter(each.message.post_id for each in world.channels.of(name))
        days = world.posts(plan)
        assert set(posted.values()) == {1}
        assert len(days) in {200, 201}
        assert [post.state for post in days[:-3]] == [PostState.CLOSED] * (len(days) - 3)
        told = Counter(each.message.post_id for each in world.channels.results(name))
        assert set(told.values()) == {1}
        assert len(told) >= len(days) - 3


PENDING = select(exists().where(DailyPostRow.state == PostState.PENDING))


def _is_busy(world: World) -> bool:
    with world.unit_of_work() as uow:
        return bool(uow._session.scalar(PENDING))


def test_a_platform_that_is_down_is_said_once_and_how_often_when_it_is_over(
    world: World, caplog: pytest.LogCaptureFixture
):
    plans = [world.plan(f"drift {number}", f"guild {number}") for number in range(5)]
    caplog.set_level("INFO", "bot.core")

    def down(what: str) -> None:
        raise Undeliverable("it could not be reached")

    world.channels.trouble = down
    world.poll_for(timedelta(minutes=30))
    during = [each.getMessage() for each in caplog.records if each.levelname != "INFO"]
    world.channels.trouble = lambda _: None
    world.poll_for(timedelta(minutes=60))

    told = [each.getMessage() for each in caplog.records if each.levelname != "INFO"]
    assert during == ["fault: daily posts: discord: it could not be reached"]
    assert len(told) == 2
    assert told[1].startswith("fault over: daily posts: discord: it could not be reached")
    assert "by 5)" in told[1]
    assert all(world.posts(plan)[0].state is PostState.SENT for plan in plans)


def test_a_channel_that_is_closed_is_named_each_time(
    world: World, caplog: pytest.LogCaptureFixture
):
    for number in range(3):
        world.plan(f"drift {number}", f"guild {number}")

    def refused(what: str) -> None:
        raise Undeliverable("I lack a permission there", permanent=True)

    world.channels.trouble = refused
    world.poll_for(timedelta(minutes=1), POLL)

    told = [each.getMessage() for each in caplog.records if each.name == "bot.core.daily.poster"]
    assert len(told) == 3


FEW_STATEMENTS = 8
"""Of the database, to decide what one channel gets today."""


def test_of_many_channels_each_costs_a_few_statements_and_those_with_nothing_due_none(
    world: World, engine: Engine
):
    """A round of thousands is a matter of seconds by this alone, whatever the machine."""
    made: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        made.append(statement)

    def round_of(channels: int) -> int:
        for number in range(channels):
            world.plan(f"room-{channels}-{number}", f"guild-{number % 5}")
        made.clear()
        world.replica.announcer.announce()
        return len(made)

    world.clock.pass_by(2 * POLL)
    event.listen(engine, "before_cursor_execute", note)
    few, many, none = round_of(10), round_of(40), round_of(0)
    event.remove(engine, "before_cursor_execute", note)

    each = (many - few) / 30
    assert each <= FEW_STATEMENTS
    assert few - 10 * each <= 4
    assert none <= 3
