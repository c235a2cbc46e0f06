"""The use case of an overview at a glance: what is open today, what comes, the last grades."""

from collections.abc import Callable
from datetime import datetime
from itertools import islice

from bot.core.accounts.model import Learner, PlatformUser
from bot.core.calendar.days import zone_of
from bot.core.communities.model import Place
from bot.core.daily.hosts import name_of
from bot.core.daily.plan import Plan
from bot.core.daily.post import DailyPost, PostState
from bot.core.daily.selection import coming_days
from bot.core.overview import words
from bot.core.overview.model import LastGrade, Today
from bot.core.ports import Clock
from bot.core.reply import Reply
from bot.core.unit_of_work import UnitOfWork
from knowledge.bank import QuestionBank

MOST_GRADES = 5
"""The last grades shown: what somebody may have missed since they last looked."""

MOST_CHANNELS = 5


class Overviews:
    """Show a learner where they stand, without putting a question to them."""

    def __init__(
        self, bank: QuestionBank, unit_of_work: Callable[[], UnitOfWork], clock: Clock
    ) -> None:
        self._bank = bank
        self._unit_of_work = unit_of_work
        self._clock = clock

    def show(self, user: PlatformUser, place: Place) -> Reply:
        """Tell what is open today in the community of the place, and the learner's last grades."""
        with self._unit_of_work() as uow:
            learner = uow.learners.find(user)
            community = uow.communities.find(user.platform, place.community)
            plans = uow.plans.of_community(community.id) if community else ()
            today = [self._today(uow, plan, learner) for plan in plans[:MOST_CHANNELS]]
            grades = self._last(uow, learner) if learner else []
        return words.overview(today, grades)

    def channels(self, user: PlatformUser, place: Place) -> tuple[Place, ...]:
        """Return the channels of the place's community that have a daily question."""
        with self._unit_of_work() as uow:
            community = uow.communities.find(user.platform, place.community)
            plans = uow.plans.of_community(community.id) if community else ()
            found = [uow.channels.get(plan.channel_id) for plan in plans]
        return tuple(
            Place(place.community, each.external_id, "", each.name, place.role, place.host)
            for each in found
            if each is not None and each.left_at is None
        )

    def _today(self, uow: UnitOfWork, plan: Plan, learner: Learner | None) -> Today:
        now, zone = self._clock.now(), zone_of(plan.schedule.zone)
        post = self._open(uow, plan, now)
        coming = [at for _, at in coming_days(uow, plan, now, 1)]
        mine = uow.attempts.of_post(post.id, learner.id) if post and learner else ()
        return Today(
            channel=name_of(uow, plan),
            question=self._bank.get(post.question_id or "").prompt if post else None,
            closes_at=post.closes_at.astimezone(zone) if post else None,
            next_at=coming[0].astimezone(zone) if coming else None,
            attempt=mine[-1] if mine else None,
        )

    def _open(self, uow: UnitOfWork, plan: Plan, now: datetime) -> DailyPost | None:
        post = uow.posts.latest(plan.channel_id, (PostState.SENT,))
        if post is None or now >= post.closes_at or post.question_id not in self._bank:
            return None
        return post

    def _last(self, uow: UnitOfWork, learner: Learner) -> list[LastGrade]:
        graded = (
            LastGrade(
                each.id, self._bank.get(each.question_id).prompt, each.submitted_at, each.grade
            )
            for each in uow.attempts.newest_graded(learner.id)
            if each.grade is not None and each.question_id in self._bank
        )
        return list(islice(graded, MOST_GRADES))
