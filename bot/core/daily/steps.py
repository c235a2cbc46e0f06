"""What the steps of a post do: send it, open and fill its discussion, count, close it."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from bot.core.calendar.days import zone_of
from bot.core.communities.attendance import Attendance
from bot.core.communities.model import Community
from bot.core.daily import words
from bot.core.daily.discussions import Admitting
from bot.core.daily.hosts import name_of, tell_host_of
from bot.core.daily.plan import Plan, counted_failure
from bot.core.daily.post import (
    CLOSE_WITHIN,
    LEASE,
    DailyPost,
    PostState,
    Step,
    Thread,
    closed,
    failed,
    released,
    sent,
    skipped,
)
from bot.core.daily.results import Results, results_of
from bot.core.errors import Undeliverable
from bot.core.notifications.model import DailyPaused
from bot.core.ports import Address, Clock, Messenger
from bot.core.reply import Reply
from bot.core.unit_of_work import UnitOfWork
from knowledge.bank import QuestionBank
from knowledge.question import Question

CLOCKS_DIFFER = timedelta(hours=1)
"""So far before its time a message is looked for: the platform's clock is not ours."""

GRADES_WITHIN = timedelta(minutes=10)
"""So long the results wait for grades that are owing; a busy grader needs seconds."""

PAUSED = "the channel was paused"

NEVER_ARRIVED = "the question could not be posted all day"


class Job(NamedTuple):
    """A claimed step, with what is needed to take it."""

    step: Step
    post: DailyPost
    plan: Plan
    to: Address
    messenger: Messenger
    begun: bool
    answered: int


class PostSteps:
    """Take claimed steps, and note what came of them."""

    def __init__(
        self,
        bank: QuestionBank,
        unit_of_work: Callable[[], UnitOfWork],
        clock: Clock,
        attendance: Attendance,
    ) -> None:
        self._attendance = attendance
        self._bank = bank
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._admitting = Admitting(unit_of_work, clock)

    def only(self, post_ids: Collection[int]) -> None:
        """Forget what was wrong with posts that are over."""
        self._admitting.only(post_ids)

    def take(self, job: Job) -> None:
        """Take the step of a claimed post; raise Undeliverable where the platform does not."""
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

    def _send(self, job: Job) -> None:
        message_id = self._find(job)
        if message_id is None:
            self._unless_late(job)
            message = self._message(job)
            ping = job.plan.ping_role
            message_id = job.messenger.post(job.to, message, job.post.marker, ping)
        self._note_sent(job, message_id)

    def _open(self, job: Job) -> None:
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

    def _find(self, job: Job) -> str | None:
        if not job.begun:
            return None
        since = job.post.due_at - CLOCKS_DIFFER
        return job.messenger.find(job.to, job.post.marker, since)

    def _unless_late(self, job: Job) -> None:
        """Stop where looking took so long that the claim may end before the platform answers."""
        until = job.post.claimed_until
        if until is None or self._clock.now() > until - LEASE / 2:
            raise Undeliverable("the platform answers too slowly")

    def _give_up(self, job: Job) -> None:
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
                count_failure(uow, plan, reason, self._clock.now())
            uow.commit()

    def _note_sent(self, job: Job, message_id: str) -> None:
        now = self._clock.now()
        with self._unit_of_work() as uow:
            post, plan = uow.posts.get(job.post.id), uow.plans.get(job.post.channel_id)
            if post is None or post.state is not PostState.PENDING:
                return
            uow.posts.update(sent(post, message_id, now))
            if plan is not None and plan.failures:
                uow.plans.put(replace(plan, failures=0))
            uow.commit()

    def _count(self, job: Job) -> None:
        now = self._clock.now()
        job.messenger.edit(job.to, job.post.message_id, self._message(job))
        self._note(
            job, lambda post: replace(released(post), shown=job.answered, shown_at=now, reason="")
        )

    def _close(self, job: Job) -> None:
        now = self._clock.now()
        if now >= job.post.closes_at + CLOSE_WITHIN or job.post.question_id not in self._bank:
            self._note(job, lambda post: closed(post, post.reason or "its results came too late"))
            return
        message_id = None
        if job.begun:
            since = job.post.closes_at - CLOCKS_DIFFER
            message_id = job.messenger.find(job.to, job.post.results_marker, since)
        if message_id is None:
            results = self._results(job, now)
            if results.owing and now < job.post.closes_at + GRADES_WITHIN:
                raise Undeliverable("some answers have no grade yet")
            self._unless_late(job)
            message = words.daily_results(results, self._bank)
            marker = job.post.results_marker
            job.messenger.reply(job.to, job.post.message_id, message, marker)
        over = words.daily_over(self._question(job), self._bank, job.post, job.answered)
        job.messenger.edit(job.to, job.post.message_id, over)
        self._note(job, closed)

    def _results(self, job: Job, now: datetime) -> Results:
        """Return the results without anybody who has left, as far as the platform tells."""

        def found() -> tuple[Results, Community | None]:
            with self._unit_of_work() as uow:
                community = uow.communities.find(job.to.platform, job.to.community)
                return results_of(uow, job.post, job.plan, self._bank, now), community

        results, community = found()
        if community is None or not self._attendance.see_off_if_told(community, results.quoted):
            return results
        results, _ = found()
        return results

    def _note(self, job: Job, change: Callable[[DailyPost], DailyPost]) -> None:
        """Store what has become of the post, unless it has moved on meanwhile."""
        with self._unit_of_work() as uow:
            post = uow.posts.get(job.post.id)
            if post is not None and post.state is job.post.state:
                uow.posts.update(change(post))
                uow.commit()

    def _message(self, job: Job) -> Reply:
        closes = job.post.closes_at.astimezone(zone_of(job.plan.schedule.zone))
        question = self._question(job)
        return words.daily_post(question, self._bank, job.post, job.answered, closes)

    def _question(self, job: Job) -> Question:
        return self._bank.get(job.post.question_id or "")


def count_failure(uow: UnitOfWork, plan: Plan, reason: str, now: datetime) -> Plan:
    """Store one more failure of a plan, and tell its host where it is paused for that."""
    after = counted_failure(plan, reason)
    uow.plans.put(after)
    if after.schedule.paused and not plan.schedule.paused:
        news = DailyPaused(channel=name_of(uow, plan), reason=reason)
        tell_host_of(uow, after, news, now)
    return after
