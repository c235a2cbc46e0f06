"""The use cases of plans: make one, see what is on today, end it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from bot.core.accounts.model import Learner, PlatformUser, days_of
from bot.core.communities.model import Place
from bot.core.communities.presence import register_presence
from bot.core.plans import words
from bot.core.plans.errors import NoQuestionsFit
from bot.core.plans.model import LEVELS, StudyPlan, is_over
from bot.core.plans.parsing import interview_day
from bot.core.plans.today import today_of, weights_of
from bot.core.ports import Clock
from bot.core.reply import Reply
from bot.core.reviews.agenda import agenda
from bot.core.unit_of_work import UnitOfWork
from knowledge.bank import QuestionBank
from knowledge.tracks import EASIEST, HARDEST

SHOWN_AHEAD = 6
"""With today, a week."""


@dataclass(frozen=True)
class PlanChange:
    """What is to be changed; empty is what stays."""

    track: str = ""
    level: str = ""
    date: str = ""


class StudyPlanning:
    """Plan what a learner practises until an interview."""

    def __init__(
        self, bank: QuestionBank, unit_of_work: Callable[[], UnitOfWork], clock: Clock
    ) -> None:
        self._bank = bank
        self._unit_of_work = unit_of_work
        self._clock = clock

    def show(self, user: PlatformUser, place: Place | None = None) -> Reply:
        """Say what is on today, or what a plan is."""
        with self._unit_of_work() as uow:
            learner = register_presence(uow, user, place, self._clock.now()).learner
            plan = uow.study_plans.get(learner.id)
            uow.commit()
            if plan is None:
                return words.no_plan(self._bank)
            return self._told(uow, learner, plan)

    def change(self, user: PlatformUser, place: Place | None, change: PlanChange) -> Reply:
        """Make a plan, or change it; one with another role or date begins today.

        The date of an interview that is over goes with the change.

        Raises:
            PlanRejected: the date is none, or nothing fits; the earlier plan stays.
        """
        now = self._clock.now()
        with self._unit_of_work() as uow:
            learner = register_presence(uow, user, place, now).learner
            today = days_of(learner.settings)(now)
            known = uow.study_plans.get(learner.id)
            plan = known or StudyPlan(learner.id, "", EASIEST, HARDEST, today)
            plan = self._changed(plan, change, today)
            if not weights_of(plan, self._bank):
                raise NoQuestionsFit
            uow.study_plans.put(plan)
            uow.commit()
            return self._told(uow, learner, plan, changed=True)

    def _changed(self, plan: StudyPlan, change: PlanChange, today: date) -> StudyPlan:
        """Return the plan with a change; a role brings its level, unless another is named."""
        if is_over(plan, today):
            plan = replace(plan, interview_on=None, began_on=today)
        if change.track:
            track = self._bank.track_named(change.track)
            assert track is not None  # noqa: S101 commands offer the tracks of the bank
            plan = replace(
                plan,
                track=track.id,
                easiest=track.easiest,
                hardest=track.hardest,
                began_on=today,
            )
        if change.level:
            level = next(each for each in LEVELS if each.name == change.level)
            plan = replace(plan, easiest=level.easiest, hardest=level.hardest)
        if change.date:
            day = interview_day(change.date, today)
            plan = replace(plan, interview_on=day, began_on=today)
        return plan

    def end(self, user: PlatformUser, place: Place | None = None) -> Reply:
        """Forget the plan."""
        with self._unit_of_work() as uow:
            learner = register_presence(uow, user, place, self._clock.now()).learner
            was_there = uow.study_plans.get(learner.id) is not None
            uow.study_plans.remove(learner.id)
            uow.commit()
        return words.ended(was_there=was_there)

    def _told(
        self, uow: UnitOfWork, learner: Learner, plan: StudyPlan, *, changed: bool = False
    ) -> Reply:
        now, day_of = self._clock.now(), days_of(learner.settings)
        cards = uow.cards.of_learner(learner.id)
        asked = (card for card in cards if self._bank.asks(card.question_id))
        due = len(agenda(asked, learner.settings, now).due)
        day = day_of(now)
        if plan.interview_on is not None and is_over(plan, day):
            return words.is_past(plan, plan.interview_on, self._bank)
        today = today_of(uow, plan, self._bank, day, day_of, SHOWN_AHEAD)
        if today is None:
            return words.is_empty(plan, self._bank)
        return words.plan_is(plan, today, due, self._bank, changed=changed)
