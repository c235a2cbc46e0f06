"""The use cases of those who answer a daily question."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

from bot.core.accounts.model import PlatformUser
from bot.core.calendar.days import zone_of
from bot.core.communities.model import Place, in_community
from bot.core.communities.presence import Presence, register_presence
from bot.core.daily import words
from bot.core.daily.errors import NoResultsYet, NoSuchPost, PostElsewhere
from bot.core.daily.plan import Plan
from bot.core.daily.post import DailyPost, PostState
from bot.core.daily.results import results_of
from bot.core.daily.selection import coming_days
from bot.core.interviews.guard import make_way
from bot.core.interviews.words import interview_made_way
from bot.core.ports import Clock
from bot.core.practice.model import Ask, AskState, Attempt, Purpose
from bot.core.reply import Reply
from bot.core.unit_of_work import UnitOfWork
from knowledge.bank import QuestionBank


class DailyPractice:
    """Put the question of the day to a learner, in its channel or in private."""

    def __init__(
        self, bank: QuestionBank, unit_of_work: Callable[[], UnitOfWork], clock: Clock
    ) -> None:
        self._bank = bank
        self._unit_of_work = unit_of_work
        self._clock = clock

    def today(self, user: PlatformUser, place: Place | None) -> Reply:
        """Ask the question that is open here, or in private one of the learner's communities.

        Where none is open, say when the next one comes. A running interview makes way and pauses.
        """
        with self._unit_of_work() as uow:
            here = register_presence(uow, user, place, self._clock.now())
            plans = tuple(_plans(uow, here))
            open_posts = [post for post in self._open(uow, plans) if post.question_id in self._bank]
            if open_posts:
                way_made = make_way(uow, here.learner.id, self._clock.now())
                post = min(open_posts, key=lambda post: self._urgency(uow, here, post))
                ask = self._ask(uow, here, post)
                reply = replace(self._question(uow, here, post), ask_id=ask.id)
            next_at = None if open_posts else self._next(uow, plans)
            uow.commit()
        if open_posts:
            return interview_made_way(reply) if way_made else reply
        if not plans:
            return words.no_daily_here(host=place is not None and place.host)
        return words.no_daily_now(next_at)

    def results(self, user: PlatformUser, place: Place | None) -> Reply:
        """Tell the results of the latest question of this channel that has closed.

        Raises:
            OnlyInCommunity: it was asked in private.
            NoResultsYet: none has closed.
            NoSuchPost: its question is gone.
        """
        now = self._clock.now()
        with self._unit_of_work() as uow:
            here = register_presence(uow, user, in_community(place), now)
            plan = uow.plans.get(here.channel_id or 0)
            post = uow.posts.latest(here.channel_id or 0, (PostState.CLOSED,))
            if plan is None or post is None:
                raise NoResultsYet
            if post.question_id not in self._bank:
                raise NoSuchPost
            results = results_of(uow, post, plan, self._bank, now)
            uow.commit()
        return words.daily_results(results, self._bank)

    def in_thread(self, platform: str, place: Place | None, thread: str) -> int | None:
        """Return the post of the place's channel below which a thread stands, None for another."""
        if place is None or not thread:
            return None
        with self._unit_of_work() as uow:
            community = uow.communities.find(platform, place.community)
            channel = uow.channels.find(community.id, place.channel) if community else None
            post = uow.posts.in_thread(channel.id, thread) if channel else None
        return post.id if post and post.question_id in self._bank else None

    def begin(self, user: PlatformUser, place: Place | None, post_id: int) -> Ask:
        """Return the learner's ask of a post, in a transaction of its own.

        Raises:
            CoachError: as `begin_in` does.
        """
        with self._unit_of_work() as uow:
            ask = self.begin_in(uow, user, place, post_id)
            uow.commit()
        return ask

    def begin_in(
        self, uow: UnitOfWork, user: PlatformUser, place: Place | None, post_id: int
    ) -> Ask:
        """Return the learner's ask of a post, made on the first call: they are about to answer.

        Once the post has closed the ask is practice, and counts in no community. An interview goes
        on meanwhile: the answer comes by this ask.

        Raises:
            NoSuchPost: the post or its question is gone.
            PostElsewhere: it was posted in another community than the place's or, in private, in
                none that the learner is in.
        """
        here = register_presence(uow, user, place, self._clock.now())
        post = uow.posts.get(post_id)
        if post is None or post.question_id not in self._bank:
            raise NoSuchPost
        channel = uow.channels.get(post.channel_id)
        if channel and not _belongs(uow, here, channel.community_id):
            raise PostElsewhere
        return self._ask(uow, here, post)

    def _ask(self, uow: UnitOfWork, here: Presence, post: DailyPost) -> Ask:
        mine, question_id = here.learner.id, post.question_id or ""
        if not self._is_open(post):
            return uow.asks.add(mine, question_id, self._clock.now())
        before = uow.asks.of_post(post.id, mine)
        if before is not None and before.state is not AskState.SKIPPED:
            latest = uow.asks.latest(mine)
            if latest is not None and latest.id == before.id:
                return before
        channel = uow.channels.get(post.channel_id)
        ask = uow.asks.add(
            mine,
            question_id,
            self._clock.now(),
            purpose=Purpose.DAILY,
            community_id=channel.community_id if channel else None,
            channel_id=post.channel_id,
            post_id=post.id,
        )
        if before is not None and (before.hints or before.state is AskState.REVEALED):
            state = before.state if before.state is AskState.REVEALED else ask.state
            uow.asks.update(ask.id, state, before.hints)
        return ask

    def _question(self, uow: UnitOfWork, here: Presence, post: DailyPost) -> Reply:
        question = self._bank.get(post.question_id or "")
        plan = uow.plans.get(post.channel_id)
        zone = zone_of(plan.schedule.zone if plan else "UTC")
        mine = _answer_to(uow, here, post)
        answered = uow.posts.answered(post.id)
        closes = post.closes_at.astimezone(zone)
        return words.daily_question(question, self._bank, post, answered, mine, closes)

    def _open(self, uow: UnitOfWork, plans: tuple[Plan, ...]) -> Iterator[DailyPost]:
        for plan in plans:
            post = uow.posts.latest(plan.channel_id, (PostState.SENT,))
            if post is not None and self._is_open(post):
                yield post

    def _is_open(self, post: DailyPost) -> bool:
        # Whoever answers has seen the message, though it may not have been noted as sent yet.
        standing = post.state in {PostState.PENDING, PostState.SENT}
        return standing and self._clock.now() < post.closes_at

    def _urgency(self, uow: UnitOfWork, here: Presence, post: DailyPost) -> tuple[bool, datetime]:
        """Return what puts a question that is not answered, and closes sooner, first."""
        return _answer_to(uow, here, post) is not None, post.closes_at

    def _next(self, uow: UnitOfWork, plans: tuple[Plan, ...]) -> datetime | None:
        now = self._clock.now()
        coming = [
            at.astimezone(zone_of(plan.schedule.zone))
            for plan in plans
            for _, at in coming_days(uow, plan, now, 1)
        ]
        return min(coming, default=None)


def _plans(uow: UnitOfWork, here: Presence) -> Iterator[Plan]:
    """Return the plan of this channel, else those of the community, else of all of theirs."""
    if here.channel is not None and (plan := uow.plans.get(here.channel.id)):
        yield plan
    elif here.community is not None:
        yield from uow.plans.of_community(here.community.id)
    else:
        for member in uow.memberships.of_learner(here.learner.id):
            if member.left_at is None:
                yield from uow.plans.of_community(member.community_id)


def _belongs(uow: UnitOfWork, here: Presence, community_id: int) -> bool:
    """Whether somebody is in a community: there now or, in private, as far as is known."""
    if here.community is not None:
        return here.community.id == community_id
    known = uow.memberships.get(community_id, here.learner.id)
    return known is not None and known.left_at is None


def _answer_to(uow: UnitOfWork, here: Presence, post: DailyPost) -> Attempt | None:
    """Return the learner's latest answer to the post."""
    mine = uow.attempts.of_post(post.id, here.learner.id)
    return mine[-1] if mine else None
