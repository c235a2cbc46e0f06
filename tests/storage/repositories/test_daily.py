"""Plans and posts on real databases."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from bot.core.communities.model import Place
from bot.core.communities.presence import Presence, register_presence
from bot.core.daily.plan import Discussion
from bot.core.daily.ports import OpenPost
from bot.core.daily.post import LEASE, PostState, Thread, claimed
from bot.core.daily.schedule import Schedule
from bot.core.practice.model import Purpose
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.builders import NOON, a_plan, a_post, a_user
from tests.databases import MakeUnitOfWork

TODAY = NOON.date()
DAY = timedelta(days=1)


@pytest.fixture
def unit_of_work(every_unit_of_work: MakeUnitOfWork) -> MakeUnitOfWork:
    return every_unit_of_work


def here(uow: SqlUnitOfWork, channel: str = "drift", person: str = "1") -> Presence:
    return register_presence(uow, a_user(person), Place("guild", channel), NOON)


def channel_of(uow: SqlUnitOfWork, name: str = "drift") -> int:
    channel = here(uow, name).channel
    assert channel is not None
    return channel.id


def test_a_plan_is_stored_whole_and_replaced(unit_of_work: MakeUnitOfWork):
    with unit_of_work() as uow:
        channel = channel_of(uow)
        assert uow.plans.get(channel) is None
        plan = a_plan(
            channel,
            schedule=Schedule("Asia/Kolkata", time(7, 30), frozenset({0, 4}), 12, paused=True),
            topics=("monitoring", "deployment"),
            easiest=2,
            hardest=4,
            ping_role="99",
            discussion=Discussion.ANSWERED,
            host_learner_id=here(uow).learner.id,
            failures=2,
            pause_reason="the channel is gone",
            bank_is_low=True,
        )
        uow.plans.put(plan)
        assert uow.plans.get(channel) == plan
        uow.plans.put(replace(plan, topics=(), after=TODAY))
        assert uow.plans.get(channel) == replace(plan, topics=(), after=TODAY)


def test_active_are_the_plans_of_channels_where_the_coach_is(unit_of_work: MakeUnitOfWork):
    with unit_of_work() as uow:
        names = ("a", "b", "c")
        ids = [channel_of(uow, name) for name in names]
        for channel in ids:
            uow.plans.put(a_plan(channel))
        paused = Schedule("Europe/Berlin", time(9), paused=True)
        uow.plans.put(a_plan(ids[0], schedule=paused))
        uow.channels.leave(ids[1], NOON)
        assert [plan.channel_id for plan in uow.plans.active({"discord"})] == [ids[2]]
        community = here(uow).community_id or 0
        assert len(uow.plans.of_community(community)) == len(names)
        uow.communities.leave(community, NOON)
        assert uow.plans.active({"discord"}) == ()


def test_only_platforms_that_are_served_are_seen(unit_of_work: MakeUnitOfWork):
    with unit_of_work() as uow:
        channel = channel_of(uow)
        uow.plans.put(a_plan(channel))
        a_post(uow, channel)
        assert uow.plans.active(()) == uow.posts.unfinished({"slack"}) == ()
        assert len(uow.plans.active({"slack", "discord"})) == 1


def test_a_channel_has_one_post_a_day(unit_of_work: MakeUnitOfWork):
    with unit_of_work() as uow:
        channel, other = channel_of(uow), channel_of(uow, "other")
        post = a_post(uow, channel)
        assert uow.posts.add(replace(post, question_id="c/d")) is None
        assert uow.posts.add(replace(post, channel_id=other)) is not None
        assert uow.posts.get(post.id) == post


def test_a_post_is_stored_as_it_has_become(unit_of_work: MakeUnitOfWork):
    with unit_of_work() as uow:
        post = claimed(a_post(uow, channel_of(uow)), "desk", NOON)
        post = replace(
            post,
            thread=Thread.OPEN,
            private=True,
            discussion_id="77",
            message_id="7",
            shown=3,
            shown_at=NOON,
            tries=2,
            next_try_at=NOON + DAY,
            reason="no",
            late=True,
        )
        uow.posts.update(post)
        assert uow.posts.get(post.id) == post
        assert post.claimed_until == NOON + LEASE


def test_days_are_found_until_a_date_and_later_nothings_are_forgotten(unit_of_work: MakeUnitOfWork):
    with unit_of_work() as uow:
        channel = channel_of(uow)
        assert uow.posts.latest_day(channel, TODAY) is None
        a_post(uow, channel, TODAY - DAY)
        a_post(uow, channel, TODAY + DAY, state=PostState.SKIPPED, question_id=None)
        sent = a_post(uow, channel, TODAY + 2 * DAY)
        assert uow.posts.latest_day(channel, TODAY) == TODAY - DAY
        assert uow.posts.recent_days(TODAY) == {channel: {TODAY + DAY, sent.day}}
        uow.posts.forget_after(channel, TODAY)
        assert uow.posts.recent_days(TODAY) == {channel: {sent.day}}
        assert uow.posts.latest(channel, (PostState.SENT,)) == sent
        assert uow.posts.latest(channel, (PostState.CLOSED,)) is None


def test_questions_that_a_channel_had_are_known(unit_of_work: MakeUnitOfWork):
    with unit_of_work() as uow:
        channel = channel_of(uow)
        a_post(uow, channel, date(2026, 3, 1), question_id="a/b", state=PostState.CLOSED)
        a_post(uow, channel, date(2026, 4, 1), question_id="a/b", state=PostState.CLOSED)
        a_post(uow, channel, date(2026, 5, 1), question_id="c/d", state=PostState.FAILED)
        a_post(uow, channel, date(2026, 6, 1), question_id=None, state=PostState.SKIPPED)
        a_post(uow, channel_of(uow, "other"), question_id="e/f")
        assert uow.posts.had(channel) == {"a/b": date(2026, 4, 1)}


def test_unfinished_posts_come_with_the_number_of_learners_who_answered(
    unit_of_work: MakeUnitOfWork,
):
    with unit_of_work() as uow:
        channel = channel_of(uow)
        a_post(uow, channel, TODAY - 2 * DAY, state=PostState.CLOSED)
        post = a_post(uow, channel)
        waiting = a_post(uow, channel, TODAY + DAY, state=PostState.PENDING)
        for person in ("1", "1", "2", "3"):
            learner = here(uow, person=person).learner
            ask = uow.asks.add(learner.id, "a/b", NOON, purpose=Purpose.DAILY, post_id=post.id)
            assert uow.asks.of_post(post.id, learner.id) == ask
            if person != "3":
                attempt = uow.attempts.add(ask, "an answer", NOON)
                assert uow.attempts.of_post(post.id)[-1] == attempt
        assert uow.posts.unfinished({"discord"}) == (
            OpenPost(post, 2, "discord", "guild"),
            OpenPost(waiting, 0, "discord", "guild"),
        )
        assert uow.posts.answered(post.id) == 2
        uow.channels.leave(channel, NOON)
        assert uow.posts.unfinished({"discord"}) == ()


def test_days_with_a_question_are_those_posted_in_any_channel(unit_of_work: MakeUnitOfWork):
    with unit_of_work() as uow:
        community = here(uow).community_id or 0
        a_post(uow, channel_of(uow), TODAY - DAY, state=PostState.CLOSED)
        a_post(uow, channel_of(uow, "other"))
        a_post(uow, channel_of(uow), TODAY + DAY, state=PostState.SKIPPED)
        assert uow.posts.days_with_question((community,), TODAY - DAY) == {TODAY - DAY, TODAY}
        assert uow.posts.days_with_question((community,), TODAY) == {TODAY}
        assert uow.posts.days_with_question((), TODAY) == frozenset()
