"""Set up a channel's daily question by a form; the channel hears at once what will happen."""

from datetime import time
from typing import Any, Final

from slack_bolt import Ack, BoltContext
from slack_sdk.errors import SlackApiError

from bot.core.daily.errors import UnclearPlanChoice
from bot.core.daily.parsing import PlanChange, change_to, plan_change
from bot.core.daily.plan import LEVEL as LEVELS
from bot.core.daily.plan import Discussion, Plan
from bot.core.daily.schedule import OPEN_HOURS
from bot.core.errors import CoachError
from bot.core.limits import OutOfRange
from bot.core.reply import Reply
from bot.platforms.front_desk import About
from bot.platforms.slack import form_words, words
from bot.platforms.slack.buttons import SET_UP
from bot.platforms.slack.dispatch import SlackDesk
from bot.platforms.slack.fields import ZONE, Entered, zone_options
from bot.platforms.slack.forms import modal, waiting_view
from bot.platforms.slack.home import Home
from bot.platforms.slack.incoming import Incoming
from bot.platforms.slack.later import Later, Step
from bot.platforms.slack.opening import opening, outlets_of
from bot.platforms.slack.outlets import Showing
from bot.platforms.slack.people import People, Person, sure_of
from bot.platforms.slack.setup_fields import (
    CHANNEL,
    DAYS,
    DISCUSSION,
    GROUP,
    HOURS,
    LEVEL,
    ROLE,
    TIME,
    TOPICS,
    about_role,
    setup_fields,
)
from knowledge.tracks import Track

Json = dict[str, Any]

CHANNELS: Final = ("C", "G")
"""What the ids of channels begin with; those of direct messages begin otherwise."""


class SettingUp:
    """The form by which hosts set up a channel."""

    def __init__(self, desk: SlackDesk, later: Later, people: People, home: Home) -> None:
        self._desk = desk
        self._later = later
        self._people = people
        self._home = home

    def clicked(self, ack: Ack, body: Json, context: BoltContext) -> None:
        """Open the form."""
        ack()
        incoming = Incoming.of(context, body)
        self._later.quick(incoming, lambda: self.open(incoming))

    def open(self, incoming: Incoming) -> Step | None:
        """Open the form with what is set up in the channel, else with what is likely.

        Whoever is no host is told so instead.
        """
        person = self._people.person(
            incoming.client, incoming.team, incoming.user_id, incoming.channel
        )
        dialect = self._desk.dialect
        if (reason := self._desk.unless_host(person)) is not None:
            return Showing(reason, outlets_of(incoming, dialect))
        return opening(incoming, self._form(incoming, person), dialect)

    def channel_chosen(self, ack: Ack, body: Json, context: BoltContext) -> None:
        """Show what is set up in the channel that was chosen in the form."""
        ack()
        incoming = Incoming.of(context, body)
        channel = str(body["actions"][0].get("selected_conversation") or "")
        self._later.quick(incoming, lambda: self._refill(incoming, channel))

    def role_chosen(self, ack: Ack, body: Json, context: BoltContext) -> None:
        """Fill in the topics and the difficulty of the role that was chosen in the form."""
        ack()
        incoming, entered = Incoming.of(context, body), Entered(body["view"])
        channel = str(entered.value(CHANNEL, "selected_conversation") or "")
        track = self._track(entered.one(ROLE))
        self._later.quick(incoming, lambda: self._refill(incoming, channel, track))

    def zones(self, ack: Ack, payload: Json) -> None:
        """Suggest time zones for what was typed."""
        ack(options=zone_options(payload.get("value") or ""))

    def submitted(self, ack: Ack, body: Json, context: BoltContext) -> None:
        """Take the form, or say what does not fit; then set up and try a post."""
        incoming, entered = Incoming.of(context, body), Entered(body["view"])
        try:
            change = self._change(entered)
        except CoachError as problem:
            self._later.again(incoming.key)
            refused = {entered.block(_field_of(problem)): self._desk.refusal(problem)}
            ack(response_action="errors", errors=refused)
            return
        origin = incoming.origin(About())
        waiting = waiting_view(origin, self._desk.dialect, text=form_words.ON_IT)
        ack(response_action="update", view=waiting)
        channel = str(entered.value(CHANNEL, "selected_conversation"))
        self._later.slow(incoming, lambda: self._set_up(incoming, channel, change))

    def _refill(self, incoming: Incoming, channel: str, track: Track | None = None) -> None:
        try:
            person = self._people.person(incoming.client, incoming.team, incoming.user_id, channel)
            view = self._form(incoming, person, track)
            incoming.client.views_update(view_id=incoming.view_id, view=view)
        except SlackApiError as problem:
            if problem.response.get("error") != "not_found":  # it was closed or sent meanwhile
                raise

    def _set_up(self, incoming: Incoming, channel: str, change: PlanChange) -> Step:
        client, team, user_id = incoming.client, incoming.team, incoming.user_id
        name = incoming.channel_name if channel == incoming.channel else ""
        person = self._people.person(client, team, user_id, channel, name)
        return Showing(
            self._desk.explained(lambda: self._done(person, change)),
            outlets_of(incoming, self._desk.dialect),
            lambda: self._home.changed(client, team, user_id),
        )

    def _done(self, person: Person, change: PlanChange) -> Reply:
        with sure_of(person):
            return self._desk.services.plans.set_up(person.user, person.place, **change)

    def _form(self, incoming: Incoming, person: Person, track: Track | None = None) -> Json:
        known = person.place.channel if person.place.channel.startswith(CHANNELS) else ""
        plan = self._plan_of(person) if known else None
        blocks = list(setup_fields(self._desk.bank, known, plan, person.profile.zone, track))
        return modal(SET_UP, words.SET_UP, blocks, incoming.origin(About()), submit=words.SAVE)

    def _plan_of(self, person: Person) -> Plan | None:
        """Return what is set up where somebody is, None where nothing is."""
        try:
            outlook = self._desk.services.plans.outlook(person.user, person.place)
        except CoachError:
            return None
        return None if outlook.proposed else outlook.plan

    def _change(self, entered: Entered) -> PlanChange:
        """Return what was entered.

        Raises:
            SettingRejected: a field cannot be read.
        """
        hour, minute = map(int, str(entered.value(TIME, "selected_time")).split(":"))
        change = PlanChange(
            at=time(hour, minute),
            zone=entered.one(ZONE),
            weekdays=frozenset(int(day) for day in entered.several(DAYS)),
            topics=entered.several(TOPICS),
            open_hours=_hours(entered.text(HOURS)),
            discussion=Discussion.OPEN if entered.ticked(DISCUSSION) else Discussion.NONE,
        )
        level = entered.text(LEVEL)
        pinged = entered.mentioned(GROUP) or "off"
        change |= plan_change({"ping": pinged}, self._desk.bank)
        track = self._track(entered.one(ROLE))
        if track and not entered.block(TOPICS).endswith(about_role("", track)):
            return change | change_to(track)  # it was sent before the role filled it in
        return change | self._levels(level) if level else change

    def _track(self, track_id: str) -> Track | None:
        return next((each for each in self._desk.bank.tracks if each.id == track_id), None)

    def _levels(self, typed: str) -> PlanChange:
        """Return the levels that were typed.

        Raises:
            SettingRejected: they cannot be read, or there are no such levels.
        """
        change = plan_change({"level": typed}, self._desk.bank)
        for level in (change["easiest"], change["hardest"]):
            LEVELS.check(level)
        return change


def _hours(typed: str) -> int:
    """Return the hours that were typed.

    Raises:
        OutOfRange: they are no number, or none in the range.
    """
    hours = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 0  # noqa: PLR2004
    return OPEN_HOURS.check(hours)


def _field_of(problem: CoachError) -> str:
    """Return the field that a refusal is about."""
    if isinstance(problem, UnclearPlanChoice) and problem.choice == "ping":
        return GROUP
    if isinstance(problem, OutOfRange) and problem.limits is OPEN_HOURS:
        return HOURS
    return LEVEL if isinstance(problem, UnclearPlanChoice | OutOfRange) else ZONE
