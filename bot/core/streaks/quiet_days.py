"""The days on which a learner's communities asked nothing, so that no streak may suffer."""

from collections.abc import Callable, Collection, Iterable
from datetime import date, timedelta

from bot.core.accounts.model import Learner, days_of
from bot.core.calendar.days import ONE_DAY
from bot.core.daily.plan import Plan
from bot.core.daily.schedule import due_at
from bot.core.ports import Clock
from bot.core.unit_of_work import UnitOfWork

LOOK_BACK = timedelta(days=3 * 366)
"""Older days decide no streak that anybody remembers."""


def quiet_days(
    clock: Clock, but: Collection[str] = ()
) -> Callable[[UnitOfWork, Learner], frozenset[date]]:
    """Return what tells the days without a question, in the dates of the channels.

    `but` names platforms that post only while somebody is there, so that a day without a question
    is one without anybody. Only communities with a daily question count, from the day the learner
    joined and the first day there could have been one until they left; on the days when none of
    these had one, the learner was asked nothing. Today is such a day where none comes any more.
    Somebody who belongs to no such community practises when they like, and has no quiet days.
    """

    def of(uow: UnitOfWork, learner: Learner) -> frozenset[date]:
        now, day_of = clock.now(), days_of(learner.settings)
        today, oldest = day_of(now), (now - LOOK_BACK).date()
        quiet: set[date] = set()
        asked: set[date] = set()
        for member in uow.memberships.of_learner(learner.id):
            community = uow.communities.get(member.community_id)
            plans = uow.plans.of_community(member.community_id)
            if community is None or community.platform in but or not plans:
                continue
            first = max(oldest, _first(plans), day_of(member.joined_at))
            last = today if member.left_at is None else min(today, day_of(member.left_at))
            days = {first + n * ONE_DAY for n in range((last - first).days + 1)}
            had = uow.posts.days_with_question((member.community_id,), first)
            if any(_may_still_ask(plan, today) for plan in plans):
                had |= {today}
            quiet |= days - had
            asked |= days & had
        return frozenset(quiet - asked)

    return of


def _first(plans: Iterable[Plan]) -> date:
    return min(plan.began_on for plan in plans)


def _may_still_ask(plan: Plan, day: date) -> bool:
    due = due_at(day, plan.schedule)
    return due is not None and day > plan.after and not plan.schedule.paused
