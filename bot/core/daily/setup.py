"""The use cases of those who run a channel: set up its daily question, change and pause it."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date, time
from typing import Any, Unpack

from bot.core.accounts.model import PlatformUser
from bot.core.calendar.days import ONE_DAY, zone_of
from bot.core.calendar.timezones import zone_named
from bot.core.communities.model import Place, as_host
from bot.core.communities.presence import Presence, register_presence
from bot.core.daily import announcement_words, setup_words
from bot.core.daily.announcing import Announcements
from bot.core.daily.errors import NoDailyPlan, NoPrivateDiscussions, NothingFits, UnclearPlanChoice
from bot.core.daily.hosts import name_of
from bot.core.daily.parsing import PlanChange
from bot.core.daily.plan import LEVEL, Coming, Discussion, Outlook, Plan
from bot.core.daily.post import PostState
from bot.core.daily.schedule import Schedule, due_at
from bot.core.daily.selection import anything_fits, coming_days, pick, pool_of, unseen_of
from bot.core.errors import OnlyInCommunity
from bot.core.ports import Address, Clock
from bot.core.reply import Reply
from bot.core.unit_of_work import UnitOfWork
from knowledge.bank import QuestionBank

MORNING = time(9)
"""When the question comes unless the host says otherwise."""

PREVIEWED = 7
ANNOUNCED = 3

EVERYONE = "@everyone"
"""The role whose id may be the community's own. A daily question never mentions it."""

_SCHEDULED = frozenset({"at", "zone", "weekdays", "open_hours"})
_CHOOSING = frozenset({"topics", "easiest", "hardest"})


class DailyPlans:
    """Run the daily question of a channel; every act is for hosts."""

    def __init__(
        self,
        bank: QuestionBank,
        unit_of_work: Callable[[], UnitOfWork],
        clock: Clock,
        discreet: Collection[str] = (),
    ) -> None:
        """Wire the use cases; `discreet` are the platforms with private discussions.

        Channels are told what will happen where `announcements` knows how to speak to them.
        """
        self.announcements = Announcements(clock)
        self._bank = bank
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._discreet = frozenset(discreet)

    def set_up(
        self, user: PlatformUser, place: Place | None, **change: Unpack[PlanChange]
    ) -> Reply:
        """Begin a daily question in this channel, or change the one it has; tell what comes.

        Without a time it comes at MORNING, without a zone in the host's.

        Raises:
            OnlyInCommunity: it was asked in private, or outside of any channel.
            HostsOnly: they may not.
            SettingRejected: something does not fit; nothing was changed.
        """
        return self._changed(user, place, change, begin=True)

    def change(
        self, user: PlatformUser, place: Place | None, **change: Unpack[PlanChange]
    ) -> Reply:
        """Change what was set up, and tell what comes.

        Raises:
            NoDailyPlan: nothing is set up here; and as `set_up` does.
        """
        return self._changed(user, place, change)

    def pause(self, user: PlatformUser, place: Place | None) -> Reply:
        """Post nothing until it is resumed; what is open closes as planned.

        Raises:
            NoDailyPlan: nothing is set up here; and as `set_up` does.
        """
        with self._unit_of_work() as uow:
            here, plan = self._here(uow, user, place)
            uow.plans.put(replace(plan, schedule=replace(plan.schedule, paused=True)))
            self._note(uow, here, plan, "pause daily")
            uow.commit()
        return setup_words.plan_paused()

    def resume(self, user: PlatformUser, place: Place | None) -> Reply:
        """Go on with the next question whose time comes.

        Days that passed in between count for nobody as missed. Where nothing is paused, nothing
        changes.

        Raises:
            NoDailyPlan: nothing is set up here; and as `set_up` does.
        """
        with self._unit_of_work() as uow:
            here, plan = self._here(uow, user, place)
            goes_on = plan.schedule.paused
            if goes_on:
                schedule = replace(plan.schedule, paused=False)
                after = self._over(schedule)
                plan = replace(plan, schedule=schedule, after=after, failures=0, pause_reason="")
                uow.plans.put(plan)
                self._note(uow, here, plan, "resume daily")
            outlook, name = self._outlook(uow, plan, ANNOUNCED), name_of(uow, plan)
            uow.commit()
        to = _address(user, as_host(place))
        if goes_on:
            self.announcements.tell(to, plan, outlook.coming, begins=False)
        return setup_words.plan_is(self._noted(outlook, to, name), self._bank, changed=True)

    def preview(self, user: PlatformUser, place: Place | None) -> Reply:
        """Tell the next PREVIEWED questions with their times, for the host's eyes.

        Raises:
            NoDailyPlan: nothing is set up here; and as `set_up` does.
        """
        with self._unit_of_work() as uow:
            outlook = self._outlook(uow, self._here(uow, user, place)[1], PREVIEWED)
        return setup_words.plan_preview(outlook, self._bank)

    def status(self, user: PlatformUser, place: Place | None) -> Reply:
        """Tell what is set up and how it goes.

        Raises:
            NoDailyPlan: nothing is set up here; and as `set_up` does.
        """
        with self._unit_of_work() as uow:
            plan = self._here(uow, user, place)[1]
            outlook, name = self._outlook(uow, plan, ANNOUNCED), name_of(uow, plan)
        noted = self._noted(outlook, _address(user, as_host(place)), name)
        return setup_words.plan_is(noted, self._bank)

    def outlook(self, user: PlatformUser, place: Place | None) -> Outlook:
        """Return what is set up, or what `set_up` would begin with; nothing is stored.

        Raises:
            OnlyInCommunity, HostsOnly: as `set_up` does.
        """
        with self._unit_of_work() as uow:
            here = register_presence(uow, user, as_host(place), self._clock.now())
            if here.channel is None:
                raise OnlyInCommunity
            known = uow.plans.get(here.channel.id)
            plan = known or self._new(here, here.channel.id)
            outlook = replace(self._outlook(uow, plan, ANNOUNCED), proposed=known is None)
            return self._noted(outlook, _address(user, as_host(place)), name_of(uow, plan))

    def _changed(
        self,
        user: PlatformUser,
        place: Place | None,
        change: PlanChange,
        *,
        begin: bool = False,
    ) -> Reply:
        if as_host(place).community == change.get("ping_role"):
            raise UnclearPlanChoice("ping", EVERYONE)
        is_private = change.get("discussion") is Discussion.ANSWERED
        if is_private and user.platform not in self._discreet:
            raise NoPrivateDiscussions
        with self._unit_of_work() as uow:
            here = register_presence(uow, user, place, self._clock.now())
            known = uow.plans.get(here.channel_id or 0)
            if here.channel is None:
                raise OnlyInCommunity
            if known is None and not begin:
                raise NoDailyPlan
            plan = self._with(known or self._new(here, here.channel.id), change)
            if known is None:
                plan = replace(plan, began_on=plan.after + ONE_DAY)
            if change.keys() & _CHOOSING and not anything_fits(uow, plan, self._bank):
                raise NothingFits
            plan = replace(plan, host_learner_id=here.learner.id)
            uow.plans.put(plan)
            self._note(uow, here, plan, "set daily")
            outlook, name = self._outlook(uow, plan, ANNOUNCED), name_of(uow, plan)
            uow.commit()
        to = _address(user, as_host(place))
        if not plan.schedule.paused and (known is None or _times(known) != _times(plan)):
            told = self.announcements.tell(to, plan, outlook.coming, begins=known is None)
            note = announcement_words.channel_told(name) if told else ""
            outlook = replace(outlook, note=note)
        return setup_words.plan_is(self._noted(outlook, to, name), self._bank, changed=True)

    def _noted(self, outlook: Outlook, to: Address, name: str) -> Outlook:
        """Return an outlook that says where a channel could not be told."""
        reason = self.announcements.refusal(to)
        if not reason:
            return outlook
        return replace(outlook, note=announcement_words.channel_not_told(name, reason))

    def _note(self, uow: UnitOfWork, here: Presence, plan: Plan, act: str) -> None:
        """Note in the audit log what the host does."""
        assert here.community is not None  # noqa: S101 hosts are somewhere
        name, now = name_of(uow, plan), self._clock.now()
        uow.audit.add(here.community.id, here.learner.id, act, name, now)

    def _new(self, here: Presence, channel_id: int) -> Plan:
        schedule = Schedule(here.learner.settings.zone or "UTC", MORNING)
        over = self._over(schedule)
        return Plan(channel_id, schedule, over + ONE_DAY, over)

    def _with(self, known: Plan, change: PlanChange) -> Plan:
        values: dict[str, Any] = dict(change)
        if "zone" in values:
            values["zone"] = zone_named(values["zone"])
        when = {name: value for name, value in values.items() if name in _SCHEDULED}
        rest = {name: value for name, value in values.items() if name not in _SCHEDULED}
        schedule = replace(known.schedule, **when)
        plan = replace(known, schedule=schedule, **rest)
        for level in (plan.easiest, plan.hardest):
            LEVEL.check(level)
        if schedule == known.schedule:
            return plan
        return replace(plan, after=self._over(schedule))

    def _over(self, schedule: Schedule) -> date:
        """Return the last date whose time has passed: a change posts nothing by itself."""
        now = self._clock.now()
        today = now.astimezone(zone_of(schedule.zone)).date()
        due = due_at(today, schedule)
        return today if due is not None and due <= now else today - ONE_DAY

    def _here(
        self, uow: UnitOfWork, user: PlatformUser, place: Place | None
    ) -> tuple[Presence, Plan]:
        """Return who asks where, and the plan of the channel."""
        here = register_presence(uow, user, as_host(place), self._clock.now())
        plan = uow.plans.get(here.channel_id or 0)
        if plan is None:
            raise NoDailyPlan
        return here, plan

    def _outlook(self, uow: UnitOfWork, plan: Plan, count: int) -> Outlook:
        had = dict(uow.posts.had(plan.channel_id))
        candidates = pool_of(uow, plan, self._bank)
        unseen = len(unseen_of(candidates, had))
        zone, coming = zone_of(plan.schedule.zone), []
        for day, at in coming_days(uow, plan, self._clock.now(), count):
            question = pick(candidates, had, plan.channel_id, day)
            had[question.id] = day
            coming.append(Coming(at.astimezone(zone), question))
        states = tuple(state for state in PostState if state is not PostState.PENDING)
        last, fits = uow.posts.latest(plan.channel_id, states), anything_fits(uow, plan, self._bank)
        return Outlook(plan, tuple(coming), unseen, last, fits)


def _address(user: PlatformUser, place: Place) -> Address:
    return Address(user.platform, place.community, place.channel)


def _times(plan: Plan) -> tuple[object, ...]:
    """Return of a plan what a channel is told."""
    return plan.schedule.at, plan.schedule.zone, plan.schedule.weekdays
