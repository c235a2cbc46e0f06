"""The daily loop: decide what is due, bring every post a step further, again and again.

The row is the decision. It is made in one transaction, alone in the database, before anything is
sent; so two programs never decide about one day.
"""

import logging
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.core.calendar.days import zone_of
from bot.core.daily.hosts import name_of, tell_host_of
from bot.core.daily.plan import LOW_BANK, Discussion, Plan
from bot.core.daily.post import DailyPost, PostState, Thread
from bot.core.daily.poster import PostRunner
from bot.core.daily.schedule import Due, close_at, due_at, send_by, what_is_due
from bot.core.daily.selection import pick, pool_of, unseen_of
from bot.core.leaderboard.model import weight_of
from bot.core.notifications.model import QuestionsRunOut
from bot.core.platform_times import PlatformTimes
from bot.core.ports import Clock
from bot.core.practice.ratings import Elo
from bot.core.practice.selection import difficulty_of
from bot.core.unit_of_work import UnitOfWork
from knowledge.bank import QuestionBank

NOBODY_THERE = "the coach was not running"

RECENT = timedelta(days=3)
"""Where a channel has a day with a row since then, the first look needs no other."""

log = logging.getLogger(__name__)


class DailyPlanner:
    """Decide what each channel gets today."""

    def __init__(
        self,
        bank: QuestionBank,
        unit_of_work: Callable[[], UnitOfWork],
        clock: Clock,
        platforms: Collection[str],
    ) -> None:
        """Wire the announcer; `platforms` are those that this program serves."""
        self._bank = bank
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._platforms = platforms

    def announce(self) -> None:
        """Make the rows of all channels with something due; one that is broken stops no other."""
        now = self._clock.now()
        with self._unit_of_work() as uow:
            plans = uow.plans.active(self._platforms)
            recent = uow.posts.recent_days((now - RECENT).date())
            due = [plan for plan in plans if _seems_due(plan, recent.get(plan.channel_id, ()), now)]
            difficulties = uow.elos.difficulties() if due else {}
        for plan in due:
            try:
                self._announce(plan.channel_id, now, difficulties)
            except Exception:
                log.exception("channel %d: its day could not be decided", plan.channel_id)

    def _announce(self, channel_id: int, now: datetime, difficulties: Mapping[str, Elo]) -> None:
        with self._unit_of_work() as uow:
            plan = uow.plans.get(channel_id)
            if plan is None:
                return
            today = _today(plan, now)
            uow.posts.forget_after(channel_id, today)
            due = _due(plan, uow.posts.latest_day(channel_id, today), now)
            for day in due.skipped:
                uow.posts.add(_post(plan, day, PostState.SKIPPED, reason=NOBODY_THERE))
            if due.post is not None:
                self._plan_day(uow, plan, due.post, difficulties, late=due.late)
            uow.commit()

    def _plan_day(
        self,
        uow: UnitOfWork,
        plan: Plan,
        day: date,
        difficulties: Mapping[str, Elo],
        *,
        late: bool,
    ) -> None:
        had = uow.posts.had(plan.channel_id)
        candidates = pool_of(uow, plan, self._bank)
        question = pick(candidates, had, plan.channel_id, day)
        post = replace(
            _post(plan, day, PostState.PENDING, question_id=question.id),
            weight=weight_of(difficulty_of(question, difficulties)),
            late=late,
            thread=Thread.NONE if plan.discussion is Discussion.NONE else Thread.WANTED,
            private=plan.discussion is Discussion.ANSWERED,
        )
        uow.posts.add(post)
        left = len([q for q in unseen_of(candidates, had) if q.id != question.id])
        self._mind_the_bank(uow, plan, left)

    def _mind_the_bank(self, uow: UnitOfWork, plan: Plan, left: int) -> None:
        """Warn the host once when few unseen questions are left."""
        is_low = left < LOW_BANK
        if is_low and not plan.bank_is_low:
            news = QuestionsRunOut(channel=name_of(uow, plan), left=left)
            tell_host_of(uow, plan, news, self._clock.now())
        if is_low != plan.bank_is_low:
            uow.plans.put(replace(plan, bank_is_low=is_low))


def _today(plan: Plan, now: datetime) -> date:
    return now.astimezone(zone_of(plan.schedule.zone)).date()


def _due(plan: Plan, latest_day: date | None, now: datetime) -> Due:
    latest = max(plan.after, latest_day) if latest_day else plan.after
    return what_is_due(now, plan.schedule, min(latest, _today(plan, now)))


def _seems_due(plan: Plan, days: Collection[date], now: datetime) -> bool:
    """Tell whether something is due; of a plan that is broken that is found out by itself."""
    try:
        return _is_due(plan, days, now)
    except Exception:
        log.exception("channel %d: its day could not be decided", plan.channel_id)
        return False


def _is_due(plan: Plan, days: Collection[date], now: datetime) -> bool:
    today = _today(plan, now)
    due = _due(plan, max((day for day in days if day <= today), default=None), now)
    return due != Due()


def _post(
    plan: Plan, day: date, state: PostState, *, question_id: str | None = None, reason: str = ""
) -> DailyPost:
    due, by, close = (when(day, plan.schedule) for when in (due_at, send_by, close_at))
    if due is None or by is None or close is None:
        raise ValueError(f"{day} has no question")
    return DailyPost(
        id=0,
        channel_id=plan.channel_id,
        day=day,
        question_id=question_id,
        state=state,
        due_at=due,
        send_by=by,
        closes_at=close,
        reason=reason,
    )


MOST_STEPS = 4
"""Sending, opening the discussion, letting people in and counting: all in a single poll."""


class DailyEngine:
    """Keep the daily questions of all channels going."""

    def __init__(
        self, announcer: DailyPlanner, posting: PostRunner, times: PlatformTimes | None = None
    ) -> None:
        """Wire it; `times` tell whether the machine's clock is to be believed."""
        self._announcer = announcer
        self._posting = posting
        self._times = times

    def poll(self) -> None:
        """Decide what is due and take what steps there are; call it as often as you like.

        Raises:
            StorageError: the database cannot be used; nothing is lost, the next poll goes on.
        """
        if self._times is not None and self._times.is_ahead():
            return  # tomorrow's question would be posted, and today's closed
        self._announcer.announce()
        for _ in range(MOST_STEPS):
            if not self._posting.work():
                break
