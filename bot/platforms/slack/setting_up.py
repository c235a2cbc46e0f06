"""Set up a channel's daily question by a form, and try at once whether a post arrives there."""

import secrets
from datetime import time
from typing import Any, Final

from slack_bolt import Ack, BoltContext

from bot.core.errors import Undeliverable
from bot.core.plan_words import PlanChange
from bot.core.ports import Address, Messenger
from bot.core.reply import Paragraph, Reply
from bot.core.schedule import LONGEST_OPEN_HOURS
from bot.core.wording import slack as words
from bot.core.zones import zones_near
from bot.platforms.slack.buttons import Target, plain
from bot.platforms.slack.desk import Desk
from bot.platforms.slack.forms import modal, waiting_view
from bot.platforms.slack.home import SET_UP, Home
from bot.platforms.slack.incoming import Incoming
from bot.platforms.slack.later import Later
from bot.platforms.slack.limits import OPTION, OPTIONS
from bot.platforms.slack.outlets import FirstOf, InConversation, InView
from bot.platforms.slack.people import PLATFORM, People, Person
from bot.platforms.slack.text import fitted

Json = dict[str, Any]

ZONE: Final = "zone"
"""action_id of the choice of a time zone, which asks for suggestions."""

MOST_ZONES: Final = 25
WORKDAYS: Final = frozenset(range(5))


class SettingUp:
    """The form by which hosts set up a channel."""

    def __init__(
        self, desk: Desk, later: Later, people: People, home: Home, messenger: Messenger
    ) -> None:
        self._desk = desk
        self._later = later
        self._people = people
        self._home = home
        self._messenger = messenger

    def clicked(self, ack: Ack, body: Json, context: BoltContext) -> None:
        """Open the form."""
        ack()
        incoming = Incoming.of(context, body)
        self._later.quick(incoming.key, lambda: self.open(incoming))

    def open(self, incoming: Incoming) -> None:
        """Open the form with what is likely filled in."""
        profile = self._people.profile(incoming.client, incoming.team, incoming.user_id)
        view = self._form(incoming, profile.zone)
        incoming.client.views_open(trigger_id=incoming.trigger_id, view=view)

    def zones(self, ack: Ack, payload: Json) -> None:
        """Suggest time zones for what was typed."""
        near = zones_near(payload.get("value") or "", MOST_ZONES)
        ack(options=[_option(zone, zone) for zone in near])

    def submitted(self, ack: Ack, body: Json, context: BoltContext) -> None:
        """Take the form, or say what does not fit; then set up and try a post."""
        incoming = Incoming.of(context, body)
        entered = {
            block: next(iter(fields.values()))
            for block, fields in body["view"]["state"]["values"].items()
        }
        hours = (entered.get("hours") or {}).get("value") or ""
        if not (hours.isascii() and hours.isdigit() and 1 <= int(hours) <= LONGEST_OPEN_HOURS):
            ack(response_action="errors", errors={"hours": words.OPEN_HOURS_HINT})
            return
        origin = incoming.origin(Target())
        ack(response_action="update", view=waiting_view(origin, self._desk.dialect))
        channel = entered["channel"]["selected_conversation"]
        change = _change(entered)
        self._later.slow(incoming.key, lambda: self._set_up(incoming, channel, change))

    def _set_up(self, incoming: Incoming, channel: str, change: PlanChange) -> None:
        client, dialect = incoming.client, self._desk.dialect
        person = self._people.person(client, incoming.team, incoming.user_id, channel)
        in_form = InView(incoming.view_id, incoming.origin(Target()), client, dialect)
        outlet = FirstOf((in_form, InConversation(incoming.user_id, client, dialect)))
        outlet.show(self._desk.explained(lambda: self._done(person, channel, change)))
        self._home.changed(client, incoming.team, incoming.user_id)

    def _done(self, person: Person, channel: str, change: PlanChange) -> Reply:
        assert self._desk.plans is not None  # noqa: S101 the form is not offered without
        reply = self._desk.plans.set_up(person.user, person.place, **change)
        tested = self._tried(Address(PLATFORM, person.place.community, channel))
        return Reply((*reply.blocks, Paragraph(words.set_up_done(tested))), choices=reply.choices)

    def _tried(self, to: Address) -> str:
        """Send a test post; return why it did not arrive, nothing where it did."""
        post = Reply((Paragraph(words.TEST_POST),))
        try:
            self._messenger.post(to, post, f"test-{secrets.token_hex(4)}")
        except Undeliverable as problem:
            return problem.reason
        return ""

    def _form(self, incoming: Incoming, zone: str | None) -> Json:
        topics = [_option(topic.title, topic.id) for topic in self._desk.bank.topics]
        channel: Json = {
            "type": "conversations_select",
            "action_id": "channel",
            "filter": {"include": ["public", "private"], "exclude_bot_users": True},
        }
        if incoming.channel.startswith("C"):
            channel["initial_conversation"] = incoming.channel
        zones: Json = {"type": "external_select", "action_id": ZONE, "min_query_length": 0}
        if zone:
            zones["initial_option"] = _option(zone, zone)
        fields = [
            _field("channel", words.CHANNEL, channel, words.CHANNEL_HINT),
            _field(
                "time",
                words.TIME,
                {"type": "timepicker", "action_id": "time", "initial_time": "09:00"},
            ),
            _field(ZONE, words.ZONE, zones),
            _field("days", words.WEEKDAYS, _weekdays()),
            _field("topics", words.TOPICS_TO_DRAW_FROM, _topics(topics), optional=True),
            _field(
                "hours",
                words.OPEN_HOURS,
                {"type": "plain_text_input", "action_id": "hours", "initial_value": "24"},
                words.OPEN_HOURS_HINT,
            ),
        ]
        return modal(SET_UP, words.SET_UP, fields, incoming.origin(Target()), submit=words.SAVE)


def _change(entered: Json) -> PlanChange:
    hour, minute = map(int, entered["time"]["selected_time"].split(":"))
    days = entered["days"].get("selected_options") or []
    topics = (entered.get("topics") or {}).get("selected_options") or []
    return PlanChange(
        at=time(hour, minute),
        zone=entered[ZONE]["selected_option"]["value"],
        weekdays=frozenset(int(option["value"]) for option in days),
        topics=tuple(option["value"] for option in topics),
        open_hours=int(entered["hours"]["value"]),
    )


def _weekdays() -> Json:
    options = [_option(name, str(number)) for number, name in enumerate(words.WEEKDAY_NAMES)]
    return {
        "type": "checkboxes",
        "action_id": "days",
        "options": options,
        "initial_options": [each for each in options if int(each["value"]) in WORKDAYS],
    }


def _topics(options: list[Json]) -> Json:
    return {
        "type": "multi_static_select",
        "action_id": "topics",
        "placeholder": plain(words.ALL_TOPICS),
        "options": options[:OPTIONS],
    }


def _field(name: str, label: str, element: Json, hint: str = "", *, optional: bool = False) -> Json:
    made: Json = {
        "type": "input",
        "block_id": name,
        "label": plain(label),
        "element": element,
        "optional": optional,
    }
    return made | {"hint": plain(hint)} if hint else made


def _option(label: str, value: str) -> Json:
    return {"text": plain(fitted(label, OPTION)), "value": value}
