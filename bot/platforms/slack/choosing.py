"""The form of what a person may choose: their settings, and what others see of them."""

from collections.abc import Iterator
from typing import Any, Final, cast

from slack_bolt import Ack, BoltContext

from bot.core.accounts.commands import parse_change
from bot.core.accounts.errors import UnclearValue
from bot.core.accounts.model import LearnerSettings, PlatformUser, SettingsChange
from bot.core.accounts.service import Accounts
from bot.core.accounts.settings import SETTINGS as CHOICES
from bot.core.accounts.settings import Setting
from bot.core.commands import Kind
from bot.core.communities.model import Membership, Place, Visibility
from bot.core.errors import CoachError
from bot.core.leaderboard.visibility import VisibilitySettings
from bot.core.limits import OutOfRange
from bot.platforms.front_desk import About
from bot.platforms.slack import form_words
from bot.platforms.slack.buttons import SETTINGS
from bot.platforms.slack.dispatch import SlackDesk
from bot.platforms.slack.fields import ZONE, Entered, box, field, number, select, zones
from bot.platforms.slack.forms import Origin, modal
from bot.platforms.slack.home import Home
from bot.platforms.slack.incoming import Incoming
from bot.platforms.slack.later import Later, Step
from bot.platforms.slack.opening import opening
from bot.platforms.slack.people import People, account

Json = dict[str, Any]

VISIBILITY: Final = "visibility"
QUOTES: Final = "quotes"


class Choosing:
    """Open the form, and keep what was chosen."""

    def __init__(self, desk: SlackDesk, later: Later, people: People, home: Home) -> None:
        self._desk = desk
        self._later = later
        self._people = people
        self._home = home

    def clicked(self, ack: Ack, body: Json, context: BoltContext) -> None:
        """Open the form."""
        ack()
        incoming = Incoming.of(context, body)
        self._later.quick(incoming, lambda: self._open(incoming))

    def submitted(self, ack: Ack, body: Json, context: BoltContext) -> None:
        """Keep what was changed and publish Home anew, or say beside a field what does not fit."""
        incoming, entered = Incoming.of(context, body), Entered(body["view"])
        user, place = account(incoming.team, incoming.user_id), Place(incoming.team)
        try:
            self._keep(user, place, entered)
        except CoachError as problem:
            self._later.again(incoming.key)
            beside = entered.block(_field_of(problem))
            ack(response_action="errors", errors={beside: self._desk.refusal(problem)})
            return
        ack()
        publish, client = self._home.publish, incoming.client
        self._later.quick(incoming, lambda: publish(client, incoming.team, incoming.user_id))

    def _open(self, incoming: Incoming) -> Step | None:
        accounts, seeing = self._parts()
        user, place = account(incoming.team, incoming.user_id), Place(incoming.team)
        profile = self._people.profile(incoming.client, incoming.team, incoming.user_id)
        view = settings_form(
            accounts.settings(user),
            seeing.seen(user, place),
            profile.zone,
            incoming.origin(About()),
        )
        return opening(incoming, view, self._desk.dialect)

    def _keep(self, user: PlatformUser, place: Place, entered: Entered) -> None:
        """Store what differs from what is stored.

        Raises:
            CoachError: a value does not fit; nothing was changed.
        """
        accounts, seeing = self._parts()
        change = changes(accounts.settings(user), entered)
        if change:
            accounts.change_settings(user, **change)
        seen, chosen = seeing.seen(user, place), entered.one(VISIBILITY)
        if chosen and chosen != seen.visibility:
            seeing.show_as(user, place, Visibility(chosen))
        if entered.ticked(QUOTES) != seen.shares_answers:
            seeing.share_answers(user, place, share=entered.ticked(QUOTES))

    def _parts(self) -> tuple[Accounts, VisibilitySettings]:
        accounts, seeing = self._desk.services.accounts, self._desk.services.visibility
        assert accounts is not None and seeing is not None  # noqa: S101, PT018 else no button
        return accounts, seeing


def changes(stored: LearnerSettings, entered: Entered) -> SettingsChange:
    """Return the settings that were entered and are not stored.

    Raises:
        UnclearValue: a number cannot be read.
    """
    wanted = {each.field: (_entered(each, entered), each.chosen(stored)) for each in CHOICES}
    kept = {name: value for name, (value, before) in wanted.items() if value != before}
    return cast("SettingsChange", kept)


def _entered(setting: Setting, entered: Entered) -> object:
    match setting.parameter.kind:
        case Kind.SWITCH:
            return entered.ticked(setting.field)
        case Kind.INTEGER if not setting.labels:
            typed = f"{setting.parameter.name} {entered.text(setting.field)}"
            return dict(parse_change(typed))[setting.field]
        case Kind.INTEGER:
            return int(entered.one(setting.field))
    return entered.one(setting.field) or None


def settings_form(
    stored: LearnerSettings, seen: Membership, zone: str | None, origin: Origin
) -> Json:
    """Return the form, with what is stored filled in; `zone` stands in for one not chosen yet."""
    blocks = list(_fields(stored, seen, stored.zone or zone))
    return modal(SETTINGS, form_words.SETTINGS, blocks, origin, submit=form_words.SAVE)


def _fields(stored: LearnerSettings, seen: Membership, zone: str | None) -> Iterator[Json]:
    for each in CHOICES:
        value = zone if each.field == ZONE else each.chosen(stored)
        yield _field(each, value)
    appearance = select(form_words.APPEARANCES, seen.visibility, form_words.NOT_CHOSEN)
    yield field(
        VISIBILITY, form_words.VISIBILITY, appearance, form_words.VISIBILITY_HINT, optional=True
    )
    quotes = box(form_words.MAY_QUOTE, ticked=seen.shares_answers)
    yield field(QUOTES, form_words.QUOTES, quotes, optional=True)


def _field(setting: Setting, value: Any) -> Json:
    """Return the field of a setting, named like it, so that a refusal finds it."""
    option, name, label = setting.parameter, setting.field, setting.label
    match option.kind:
        case Kind.SWITCH:
            return field(name, label, box(setting.hint, ticked=value), optional=True)
        case Kind.INTEGER if setting.labels:
            labels = {str(number): shown for number, shown in setting.labels.items()}
            return field(name, label, select(labels, str(value)), setting.hint)
        case Kind.INTEGER:
            return field(name, label, number(option.least, option.most, value), setting.hint)
    return field(name, label, zones(value), setting.hint, optional=True)


def _field_of(problem: CoachError) -> str:
    match problem:
        case OutOfRange():
            return problem.limits.setting
        case UnclearValue():
            return problem.setting.field
    return ZONE
