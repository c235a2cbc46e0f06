"""What people tell the hosts by a form: what is wrong with a question, or a question of their own.

What they wrote is shown again below what came of it, so that nothing is lost where it is refused.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from slack_bolt import Ack, BoltContext

from bot.core.commands import Request, Values
from bot.core.flags.model import MOST_WORDS
from bot.core.reply import Quote, Reply
from bot.platforms.front_desk import About
from bot.platforms.slack import form_words, words
from bot.platforms.slack.buttons import PREFIX
from bot.platforms.slack.dispatch import SlackDesk
from bot.platforms.slack.fields import Entered, box, field, select
from bot.platforms.slack.forms import Origin, modal, waiting_view
from bot.platforms.slack.incoming import Incoming
from bot.platforms.slack.later import Later, Step
from bot.platforms.slack.opening import opening, outlets_of
from bot.platforms.slack.orders import Order
from bot.platforms.slack.outlets import Showing
from bot.platforms.slack.people import People, Person

Json = dict[str, Any]

FLAG, SUGGEST = f"{PREFIX}flag", f"{PREFIX}suggest"
"""callback_id of the two forms."""

OPENED_BY: Final = {"flag": FLAG, "suggest": SUGGEST}

KIND, REMARK = "kind", "remark"
TOPIC, QUESTION, POINTS, ANYWAY = "topic", "question", ("point1", "point2", "point3"), "anyway"
MOST_LETTERS: Final = 500

ABOUT: Final = re.compile(r"answer ([0-9]{1,9})")
"""What a button says behind the name of a command: what it is about."""


class Telling:
    """Open the forms, and pass on what was entered."""

    def __init__(self, desk: SlackDesk, later: Later, people: People) -> None:
        self._desk = desk
        self._later = later
        self._people = people

    def is_meant(self, order: Order) -> bool:
        """Tell whether an order names one of the two and says nothing yet."""
        alone = not order.rest or ABOUT.fullmatch(order.rest)
        return order.known and order.name in OPENED_BY and bool(alone)

    def open(self, incoming: Incoming, order: Order) -> Step | None:
        """Open the form that an order means."""
        origin = incoming.origin(About())
        if order.name == "flag":
            view = flag_form(origin, order.rest)
        else:
            titles = {topic.title: topic.title for topic in self._desk.bank.topics}
            view = suggestion_form(origin, titles)
        return opening(incoming, view, self._desk.dialect)

    def submitted(self, ack: Ack, body: Json, context: BoltContext) -> None:
        """Acknowledge, and pass on what was entered."""
        incoming, entered = Incoming.of(context, body), Entered(body["view"])
        flags = body["view"].get("callback_id") == FLAG
        ack(
            response_action="update",
            view=waiting_view(incoming.origin(About()), self._desk.dialect),
        )
        work = self._flag if flags else self._suggest
        self._later.slow(incoming, lambda: work(incoming, entered))

    def _flag(self, incoming: Incoming, entered: Entered) -> Step:
        remark = entered.text(REMARK)
        values: dict[str, Any] = {KIND: entered.one(KIND), REMARK: remark}
        about = ABOUT.fullmatch(entered.block(KIND).partition(":")[2])
        if about:
            values["answer"] = int(about[1])
        return self._passed_on(incoming, "flag", values, remark)

    def _suggest(self, incoming: Incoming, entered: Entered) -> Step:
        said = [_line(entered.text(name)) for name in (QUESTION, *POINTS)]
        line = f"{entered.one(TOPIC)}: {' | '.join(said)}"
        values: Values = {QUESTION: line, ANYWAY: entered.ticked(ANYWAY)}
        return self._passed_on(incoming, "suggest", values, line)

    def _passed_on(self, incoming: Incoming, name: str, values: Values, wrote: str) -> Step:
        client, team, user_id = incoming.client, incoming.team, incoming.user_id
        person: Person = self._people.person(client, team, user_id, incoming.channel)
        request = Request(person.user, person.place, values)
        reply = self._desk.explained(lambda: self._desk.commands[name].run(request))
        blocks = (*reply.blocks, *((Quote(wrote),) if wrote else ()))
        shown = Reply(blocks, reply.actions, choices=reply.choices)
        return Showing(shown, outlets_of(incoming, self._desk.dialect))


def flag_form(origin: Origin, about: str = "") -> Json:
    """Return the form for what is wrong with a question; `about` names the answer to it."""
    kind = select(form_words.FLAG_KINDS, next(iter(form_words.FLAG_KINDS)))
    blocks = [
        field(KIND, form_words.FLAG_KIND, kind, about=about),
        field(REMARK, form_words.REMARK, _text(MOST_WORDS), form_words.REMARK_HINT, optional=True),
    ]
    return modal(FLAG, form_words.FLAG, blocks, origin, submit=words.SUBMIT)


def suggestion_form(origin: Origin, topics: dict[str, str]) -> Json:
    """Return the form for a question, on one of some topics by their titles."""
    blocks = list(_suggestion(topics))
    return modal(SUGGEST, form_words.SUGGEST, blocks, origin, submit=words.SUBMIT)


def _suggestion(topics: dict[str, str]) -> Iterator[Json]:
    yield field(TOPIC, form_words.TOPIC, select(topics))
    yield field(QUESTION, form_words.QUESTION, _text(MOST_LETTERS))
    for name, label in zip(POINTS, form_words.POINT_LABELS, strict=True):
        yield field(name, label, _text(MOST_LETTERS), form_words.POINT_HINT)
    anyway = box(form_words.SUGGEST_ANYWAY, ticked=False)
    yield field(ANYWAY, form_words.SIMILAR, anyway, optional=True)


def _text(most: int) -> Json:
    return {"type": "plain_text_input", "multiline": True, "max_length": most}


def _line(typed: str) -> str:
    """Return what was typed without what ends a line of a suggestion."""
    return " ".join(typed.replace("|", "/").split())
