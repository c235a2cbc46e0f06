"""The days on which a learner's communities asked nothing, so that no streak may suffer."""

from collections.abc import Callable, Collection
from datetime import date, timedelta

from bot.core.days import ONE_DAY, days_of
from bot.core.learner import Learner
from bot.core.ports import Clock, UnitOfWork

LOOK_BACK = timedelta(days=3 * 366)
"""Older days decide no streak that anybody remembers."""


def quiet_days(
    clock: Clock, but: Collection[str] = ()
) -> Callable[[UnitOfWork, Learner], frozenset[date]]:
    """Return what tells the days without a question, in the dates of the channels.

    `but` names platforms that post only while somebody is there, so that a day without a question
    is one without anybody. Only communities with a daily question count, from the day the learner
    joined and the first day there could have been one; on the days they had none, the learner was
    asked nothing. Somebody who belongs to no such community practises when they like, and has no
    quiet days.
    """

    def of(uow: UnitOfWork, learner: Learner) -> frozenset[date]:
        now = clock.now()
        day_of = days_of(learner.settings)
        today, begun, communities = day_of(now), [], []
        for member in uow.memberships.of_learner(learner.id):
            community = uow.communities.get(member.community_id)
            if community is None or community.platform in but or member.left_at is not None:
                continue
            plans = uow.plans.of_community(member.community_id)
            if plans:
                communities.append(member.community_id)
                first = min(plan.began_on for plan in plans)
                begun.append(max(first, day_of(member.joined_at)))
        if not communities:
            return frozenset()
        start = max(min(begun), (now - LOOK_BACK).date())
        asked = uow.posts.days_with_question(tuple(communities), start)
        past = (start + n * ONE_DAY for n in range((today - start).days))
        return frozenset(day for day in past if day not in asked)

    return of
