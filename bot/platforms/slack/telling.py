"""The forms of commands: an appeal, a flag, a suggestion; opened, and taken when they are sent.

What a form is about stands in the ids of its blocks, so that it is about that whatever happens
meanwhile, and that Slack fills in nothing from a form about something else.
"""

from collections.abc import Mapping
from typing import Any, Final

from slack_bolt import Ack, BoltContext

from bot.core.communities.model import Place
from bot.core.errors import CoachError
from bot.core.forms import YES, Entered, Field, Form, Option
from bot.core.reply import Prompt, Reply
from bot.core.safe_text import one_line
from bot.core.words.buttons import old_window
from bot.platforms.cutting import in_two
from bot.platforms.filling_in import Filling, FillingIn
from bot.platforms.front_desk import About, refused
from bot.platforms.slack import words
from bot.platforms.slack.buttons import PREFIX, plain
from bot.platforms.slack.dialect import Dialect
from bot.platforms.slack.dispatch import SlackDesk
from bot.platforms.slack.fields import field, option, selected, several
from bot.platforms.slack.form_words import ON_IT, YES_LABEL
from bot.platforms.slack.forms import Origin, modal, waiting_view
from bot.platforms.slack.incoming import Incoming
from bot.platforms.slack.later import Later, Step
from bot.platforms.slack.limits import OPTION
from bot.platforms.slack.opening import opening, outlets_of
from bot.platforms.slack.orders import Order
from bot.platforms.slack.outlets import Showing
from bot.platforms.slack.people import People, account
from bot.platforms.slack.render import view_blocks

Json = dict[str, Any]

FORM: Final = f"{PREFIX}form"
"""callback_id of the forms of commands."""


def form_view(form: Form, line: str, origin: Origin, dialect: Dialect) -> Json:
    """Return the window of a form; its fields are known by the line of the command."""
    about = view_blocks(Reply((Prompt(form.about),)), dialect) if form.about else []
    blocks = [*about, *(_block(each, line) for each in form.fields)]
    return modal(FORM, form.title, blocks, origin, submit=words.SUBMIT)


class Telling:
    """Open the forms, and pass on what was entered."""

    def __init__(self, desk: SlackDesk, later: Later, people: People) -> None:
        self._desk = desk
        self._later = later
        self._people = people
        self._forms = FillingIn(desk)

    def meant(self, order: Order) -> Filling | None:
        """Return what an order means to fill in, None where it says more."""
        return self._forms.meant(f"{order.name} {order.rest}".strip()) if order.known else None

    def open(self, incoming: Incoming, filling: Filling) -> Step | None:
        """Open the form, or say why there is nothing to fill in."""
        user, dialect = account(incoming.team, incoming.user_id), self._desk.dialect
        place = Place(incoming.team, incoming.channel)
        try:
            line, form = self._forms.open(filling, user, place)
        except CoachError as problem:
            return Showing(refused(problem).reply, outlets_of(incoming, dialect))
        return opening(incoming, form_view(form, line, incoming.origin(About()), dialect), dialect)

    def submitted(self, ack: Ack, body: Json, context: BoltContext) -> None:
        """Acknowledge, and pass on what was entered."""
        incoming, view = Incoming.of(context, body), body["view"]
        origin = incoming.origin(About())
        ack(response_action="update", view=waiting_view(origin, self._desk.dialect, text=ON_IT))
        self._later.slow(incoming, lambda: self._take(incoming, view))

    def _take(self, incoming: Incoming, view: Json) -> Step:
        client, team, user_id = incoming.client, incoming.team, incoming.user_id
        person = self._people.person(client, team, user_id, incoming.channel)
        line, entered = entered_in(view)
        filling = self._forms.meant(line)
        if filling is None:
            reply = old_window("\n".join(filter(None, entered.values())))
        else:
            reply = self._forms.take(filling, person.user, person.place, entered)
        return Showing(reply, outlets_of(incoming, self._desk.dialect))


def entered_in(view: Json) -> tuple[str, Entered]:
    """Return the line of a form that was sent, and what was entered."""
    values: Mapping[str, Json] = (view.get("state") or {}).get("values") or {}
    line = next(iter(values), "").partition(":")[2]
    said = {name: _said(each) for block in values.values() for name, each in block.items()}
    return line, said


def _said(value: Json) -> str:
    """Return what stands in a field: a text, the value of what was chosen, or YES."""
    chosen = [value.get("selected_option"), *(value.get("selected_options") or ())]
    return str(value.get("value") or next((each["value"] for each in chosen if each), ""))


def _block(made: Field, line: str) -> Json:
    optional = made.optional
    return field(made.name, made.label, _element(made), made.hint, optional=optional, about=line)


def _element(made: Field) -> Json:
    if made.options:
        return selected([_option(each) for each in made.options], made.value)
    if made.ticks:
        return several("checkboxes", {YES: YES_LABEL}, (made.value,))
    element: Json = {"type": "plain_text_input", "multiline": True, "max_length": made.most}
    return element | ({"initial_value": made.value[: made.most]} if made.value else {})


def _option(one: Option) -> Json:
    label, more = in_two(one_line(one.label), OPTION)
    made = option(label, one.value)
    return made | ({"description": plain(more)} if more else {})
