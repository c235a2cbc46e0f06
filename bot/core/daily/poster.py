"""Take the next step of each post: send it, open and fill its discussion, count, close it.

A step is claimed in one transaction, taken outside of any, and noted in another. Whoever claims
after somebody who may have got as far as the platform looks for the message first.
"""

import logging
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

from bot.core.daily import words
from bot.core.daily.discussions import Admitting
from bot.core.daily.hosts import name_of, tell_host
from bot.core.daily.plan import Plan, counted_failure
from bot.core.daily.post import (
    CLOSE_WITHIN,
    LEASE,
    DailyPost,
    PostState,
    Step,
    Thread,
    claimed,
    closed,
    failed,
    next_step,
    released,
    sent,
    skipped,
    was_begun,
)
from bot.core.daily.results import results_of
from bot.core.daily.retries import after_post_failure
from bot.core.daily.selection import pick, pool_of
from bot.core.errors import Undeliverable
from bot.core.notifications.model import DailyPaused, DiscussionNotOpened
from bot.core.ports import Address, Clock, Messenger
from bot.core.unit_of_work import UnitOfWork
from knowledge.bank import QuestionBank
from knowledge.question import Question

AT_ONCE = 8
"""Channels served side by side, so that one that hangs holds up no other."""

CLOCKS_DIFFER = timedelta(hours=1)
"""So far before its time a message is looked for: the platform's clock is not ours."""

GRADES_WITHIN = timedelta(minutes=10)
"""So long the results wait for grades that are owing; a busy grader needs seconds."""

PAUSED = "the channel was paused"
NEVER_ARRIVED = "the question could not be posted all day"

log = logging.getLogger(__name__)


class _Job(NamedTuple):
    """A claimed step, with what is needed to take it."""

    step: Step
    post: DailyPost
    plan: Plan
    to: Address
    messenger: Messenger
    begun: bool
    answered: int


class PostRunner:
    """Bring posts through their days."""

    def __init__(
        self,
        bank: QuestionBank,
        unit_of_work: Callable[[], UnitOfWork],
        clock: Clock,
        messengers: Mapping[str, Messenger],
        desk: str,
    ) -> None:
        """Wire the posting.

        Args:
            bank: the questions.
            unit_of_work: makes a transaction.
            clock: the time.
            messengers: the platforms that this program serves, by name.
            desk: the name of this program, different for each that is running.
        """
        self._bank = bank
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._messengers = messengers
        self._desk = desk
        self._admitting = Admitting(unit_of_work, clock)

    def work(self) -> int:
        """Take the step that is due for each post, side by side; return how many were due."""
        now = self._clock.now()
        with self._unit_of_work() as uow:
            found = uow.posts.unfinished(self._messengers.keys())
            waits = uow.admissions.awaited([each.post.id for each in found], now)
        due = [
            each.post.id
            for each in found
            if next_step(each.post, each.answered, now, waits=each.post.id in waits)
        ]
        if due:
            with ThreadPoolExecutor(min(AT_ONCE, len(due)), "daily") as pool:
                list(pool.map(self._work_on, due))
        return len(due)

    def _work_on(self, post_id: int) -> None:
        try:
            self.step(post_id)
        except Exception:
            log.exception("post %d: its step could not be taken", post_id)

    def step(self, post_id: int) -> None:
        """Take the step that is due for a post, unless another program has claimed it."""
        job = self._claim(post_id)
        if job is None:
            return
        try:
            self._take(job)
        except Undeliverable as problem:
            log.warning("post %d: %s failed: %s", post_id, job.step.value, problem.reason)
            self._note_failure(job, problem)
        except Exception as problem:
            log.exception("post %d: %s failed unexpectedly", post_id, job.step.value)
            self._note_failure(job, Undeliverable(f"an unexpected {type(problem).__name__}"))

    def _claim(self, post_id: int) -> _Job | None:
        now = self._clock.now()
        with self._unit_of_work() as uow:
            post = uow.posts.get(post_id)
            if post is None:
                return None
            plan, channel = uow.plans.get(post.channel_id), uow.channels.get(post.channel_id)
            community = uow.communities.get(channel.community_id) if channel else None
            if plan is None or channel is None or community is None:
                return None
            messenger = self._messengers.get(community.platform)
            answered = uow.posts.answered(post_id)
            waits = post_id in uow.admissions.awaited([post_id], now)
            step = next_step(post, answered, now, waits=waits)
            if messenger is None or step is None:
                return None
            if step is Step.SEND and plan.schedule.paused:
                step = Step.GIVE_UP
            mine = claimed(self._with_question(uow, post, plan), self._desk, now)
            uow.posts.update(mine)
            uow.commit()
        to = Address(community.platform, community.external_id, channel.external_id)
        return _Job(step, mine, plan, to, messenger, was_begun(post), answered)

    def _with_question(self, uow: UnitOfWork, post: DailyPost, plan: Plan) -> DailyPost:
        """Return a post that was not sent with another question where its own has gone."""
        if post.state is not PostState.PENDING or self._bank.asks(post.question_id or ""):
            return post
        candidates = pool_of(uow, plan, self._bank)
        had = uow.posts.had(post.channel_id)
        return replace(post, question_id=pick(candidates, had, post.channel_id, post.day).id)

    def _take(self, job: _Job) -> None:
        match job.step:
            case Step.SEND:
                self._send(job)
            case Step.GIVE_UP:
                self._give_up(job)
            case Step.THREAD:
                self._open(job)
            case Step.ADMIT:
                self._admitting.let_in(job.post, job.to, job.messenger)
                self._note(job, released)
            case Step.COUNT:
                self._count(job)
            case Step.CLOSE:
                self._close(job)

    def _send(self, job: _Job) -> None:
        message_id = self._find(job)
        if message_id is None:
            self._unless_late(job)
            question = self._question(job)
            message = words.daily_post(question, self._bank, job.post, job.answered)
            ping = job.plan.ping_role
            message_id = job.messenger.post(job.to, message, job.post.marker, ping)
        self._note_sent(job, message_id)

    def _open(self, job: _Job) -> None:
        name = words.thread_name(self._question(job), job.post.day)
        discussion_id = ""
        if job.post.private:
            since, marker = job.post.due_at - CLOCKS_DIFFER, job.post.discussion_marker
            begins = words.discussion_begins()
            discussion_id = job.messenger.open_discussion(job.to, name, begins, marker, since)
        else:
            job.messenger.open_thread(job.to, job.post.message_id, name)
        self._note(
            job,
            lambda post: replace(
                released(post), thread=Thread.OPEN, discussion_id=discussion_id, reason=""
            ),
        )

    def _find(self, job: _Job) -> str | None:
        if not job.begun:
            return None
        since = job.post.due_at - CLOCKS_DIFFER
        return job.messenger.find(job.to, job.post.marker, since)

    def _unless_late(self, job: _Job) -> None:
        """Stop where looking took so long that the claim may end before the platform answers."""
        until = job.post.claimed_until
        if until is None or self._clock.now() > until - LEASE / 2:
            raise Undeliverable("the platform answers too slowly")

    def _give_up(self, job: _Job) -> None:
        """Note that the channel never got its question; look a last time, while it could matter."""
        try:
            message_id = self._find(job)
        except Undeliverable as problem:
            if not problem.permanent and self._clock.now() < job.post.closes_at:
                raise
            message_id = None
        if message_id is not None:
            self._note_sent(job, message_id)
            return
        reason = job.post.reason or NEVER_ARRIVED
        with self._unit_of_work() as uow:
            post, plan = uow.posts.get(job.post.id), uow.plans.get(job.post.channel_id)
            if post is None or plan is None or post.state is not PostState.PENDING:
                return
            if plan.schedule.paused:
                uow.posts.update(skipped(post, PAUSED))
            else:
                uow.posts.update(failed(post, reason))
                self._count_failure(uow, plan, reason)
            uow.commit()

    def _note_sent(self, job: _Job, message_id: str) -> None:
        now = self._clock.now()
        with self._unit_of_work() as uow:
            post, plan = uow.posts.get(job.post.id), uow.plans.get(job.post.channel_id)
            if post is None or post.state is not PostState.PENDING:
                return
            uow.posts.update(sent(post, message_id, now))
            if plan is not None and plan.failures:
                uow.plans.put(replace(plan, failures=0))
            uow.commit()

    def _count(self, job: _Job) -> None:
        now, question = self._clock.now(), self._question(job)
        message = words.daily_post(question, self._bank, job.post, job.answered)
        job.messenger.edit(job.to, job.post.message_id, message)
        self._note(
            job, lambda post: replace(released(post), shown=job.answered, shown_at=now, reason="")
        )

    def _close(self, job: _Job) -> None:
        now = self._clock.now()
        if now >= job.post.closes_at + CLOSE_WITHIN or job.post.question_id not in self._bank:
            self._note(job, lambda post: closed(post, post.reason or "its results came too late"))
            return
        message_id = None
        if job.begun:
            since = job.post.closes_at - CLOCKS_DIFFER
            message_id = job.messenger.find(job.to, job.post.results_marker, since)
        if message_id is None:
            with self._unit_of_work() as uow:
                results = results_of(uow, job.post, job.plan, self._bank, now)
            if results.owing and now < job.post.closes_at + GRADES_WITHIN:
                raise Undeliverable("some answers have no grade yet")
            self._unless_late(job)
            message = words.daily_results(results, self._bank)
            marker = job.post.results_marker
            job.messenger.reply(job.to, job.post.message_id, message, marker)
        over = words.daily_over(self._question(job), self._bank, job.post, job.answered)
        job.messenger.edit(job.to, job.post.message_id, over)
        self._note(job, closed)

    def _note(self, job: _Job, change: Callable[[DailyPost], DailyPost]) -> None:
        """Store what has become of the post, unless it has moved on meanwhile."""
        with self._unit_of_work() as uow:
            post = uow.posts.get(job.post.id)
            if post is not None and post.state is job.post.state:
                uow.posts.update(change(post))
                uow.commit()

    def _note_failure(self, job: _Job, problem: Undeliverable) -> None:
        now = self._clock.now()
        with self._unit_of_work() as uow:
            post, plan = uow.posts.get(job.post.id), uow.plans.get(job.post.channel_id)
            if post is None or plan is None or post.claimed_by != self._desk:
                return  # somebody else is at it by now
            after = after_post_failure(job.step, post, problem, job.answered, now)
            uow.posts.update(after)
            if job.step is Step.THREAD and post.opens_to_answers and not after.opens_to_answers:
                news = DiscussionNotOpened(channel=name_of(uow, plan), reason=problem.reason)
                tell_host(uow, plan, news, now)
            if job.step is Step.SEND and problem.permanent:
                plan = self._count_failure(uow, plan, problem.reason)
                if plan.schedule.paused:
                    uow.posts.update(failed(post, problem.reason))
            uow.commit()

    def _count_failure(self, uow: UnitOfWork, plan: Plan, reason: str) -> Plan:
        after = counted_failure(plan, reason)
        uow.plans.put(after)
        if after.schedule.paused and not plan.schedule.paused:
            news = DailyPaused(channel=name_of(uow, plan), reason=reason)
            tell_host(uow, after, news, self._clock.now())
        return after

    def _question(self, job: _Job) -> Question:
        return self._bank.get(job.post.question_id or "")
