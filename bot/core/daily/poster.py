"""Claim the next step of each post, have it taken, and note a failure.

A step is claimed in one transaction, taken outside of any, and noted in another. Whoever claims
after somebody who may have got as far as the platform looks for the message first.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from bot.core.communities.attendance import Attendance
from bot.core.daily.hosts import name_of, tell_host_of
from bot.core.daily.plan import Plan
from bot.core.daily.post import (
    DailyPost,
    PostState,
    Step,
    claimed,
    failed,
    next_step,
    was_begun,
)
from bot.core.daily.retries import after_post_failure
from bot.core.daily.selection import pick, pool_of
from bot.core.daily.steps import Job, PostSteps, count_failure
from bot.core.errors import Undeliverable
from bot.core.notifications.model import DiscussionNotOpened, ResultsNotPosted
from bot.core.ports import Address, Clock, Messenger
from bot.core.rounds import PATIENCE, Rounds, Turn
from bot.core.shared_faults import SharedFaults
from bot.core.unit_of_work import UnitOfWork
from knowledge.bank import QuestionBank

log = logging.getLogger(__name__)


class PostRunner:
    """Bring posts through their days."""

    def __init__(
        self,
        bank: QuestionBank,
        unit_of_work: Callable[[], UnitOfWork],
        clock: Clock,
        messengers: Mapping[str, Messenger],
        desk: str,
        attendance: Attendance,
        patience: float = PATIENCE,
    ) -> None:
        """Wire the posting.

        Args:
            bank: the questions.
            unit_of_work: makes a transaction.
            clock: the time.
            messengers: the platforms that this program serves, by name.
            desk: the name of this program, different for each that is running.
            attendance: notices who has left.
            patience: seconds for which a round waits for what hangs.
        """
        self._bank = bank
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._messengers = messengers
        self._desk = desk
        self._steps = PostSteps(bank, unit_of_work, clock, attendance)
        self._rounds = Rounds[None]("daily posts", patience)
        self._faults = SharedFaults("daily posts")

    def work(self) -> int:
        """Take the step that is due for each post, side by side; return how many were due.

        A post of an earlier round that is still under way is none of them, and is not waited for.
        """
        now = self._clock.now()
        with self._unit_of_work() as uow:
            found = uow.posts.unfinished(self._messengers.keys())
            waits = uow.admissions.awaited([each.post.id for each in found], now)
        known = {each.post.id for each in found}
        self._faults.only(known)
        self._steps.only(known)
        due = [
            each
            for each in found
            if not self._rounds.is_under_way(each.post.id)
            and self._messengers[each.platform].serves(each.community)
            and next_step(each.post, each.answered, now, waits=each.post.id in waits)
        ]
        self._rounds.run(
            Turn(
                each.post.id, f"{each.platform} {each.community}", partial(self.step, each.post.id)
            )
            for each in due
        )
        return len(due)

    def step(self, post_id: int) -> None:
        """Take the step that is due for a post, unless another program has claimed it."""
        job = self._claim(post_id)
        if job is None:
            return
        try:
            self._steps.take(job)
        except Undeliverable as problem:
            if problem.permanent:  # it is about this channel alone
                log.warning("post %d: %s failed: %s", post_id, job.step.value, problem.reason)
                self._faults.well(post_id)
            else:
                self._faults.met(f"{job.to.platform}: {problem.reason}", post_id)
            self._note_failure(job, problem)
        except Exception as problem:  # noqa: BLE001 told, and tried again
            unexpected = f"an unexpected {type(problem).__name__}"
            self._faults.met(f"{job.step.value}: {unexpected}", post_id, problem)
            self._note_failure(job, Undeliverable(unexpected))
        else:
            self._faults.well(post_id)

    def _claim(self, post_id: int) -> Job | None:
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
        return Job(step, mine, plan, to, messenger, was_begun(post), answered)

    def _with_question(self, uow: UnitOfWork, post: DailyPost, plan: Plan) -> DailyPost:
        """Return a post that was not sent with another question where its own has gone."""
        if post.state is not PostState.PENDING or self._bank.asks(post.question_id or ""):
            return post
        candidates = pool_of(uow, plan, self._bank)
        had = uow.posts.had(post.channel_id)
        return replace(post, question_id=pick(candidates, had, post.channel_id, post.day).id)

    def _note_failure(self, job: Job, problem: Undeliverable) -> None:
        now = self._clock.now()
        with self._unit_of_work() as uow:
            post, plan = uow.posts.get(job.post.id), uow.plans.get(job.post.channel_id)
            if post is None or plan is None or post.claimed_by != self._desk:
                return  # somebody else is at it by now
            after = after_post_failure(job.step, post, problem, job.answered, now)
            uow.posts.update(after)
            if job.step is Step.THREAD and _concerns_host(post, after, problem):
                channel, promised = name_of(uow, plan), post.opens_to_answers
                news = DiscussionNotOpened(channel=channel, reason=problem.reason, private=promised)
                tell_host_of(uow, plan, news, now)
            if job.step is Step.CLOSE and after.state is PostState.CLOSED:
                lost = ResultsNotPosted(channel=name_of(uow, plan), reason=problem.reason)
                tell_host_of(uow, plan, lost, now)
            if job.step is Step.SEND and problem.permanent:
                plan = count_failure(uow, plan, problem.reason, now)
                if plan.schedule.paused:
                    uow.posts.update(failed(post, problem.reason))
            uow.commit()


def _concerns_host(post: DailyPost, after: DailyPost, problem: Undeliverable) -> bool:
    """Tell whether a host is to hear that a discussion was not opened: once for each question."""
    if post.opens_to_answers:
        return not after.opens_to_answers
    return problem.permanent and after.tries == 1
