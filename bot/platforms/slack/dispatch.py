"""The front desk as Slack's people reach it: what they typed as an order, carried out."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from bot.core.accounts.model import PlatformUser
from bot.core.commands import Kind
from bot.core.communities.model import Place, as_host
from bot.core.errors import CoachError
from bot.core.reply import Action, Choice, Paragraph, Reply
from bot.platforms.front_desk import About, Act, FrontDesk, Services, refused, sentence_for
from bot.platforms.slack import form_words
from bot.platforms.slack import words as slack_words
from bot.platforms.slack.buttons import BRING, SET_UP, SETTINGS
from bot.platforms.slack.dialect import Dialect
from bot.platforms.slack.forms import ANSWER, Json
from bot.platforms.slack.orders import (
    Order,
    as_typed,
    in_conversation,
    read,
    without_mention,
)
from bot.platforms.slack.people import PLATFORM, Person, sure_of
from bot.platforms.slack.words import (
    BOARD_CHOICES,
    GRADE_MESSAGE,
    mistyped,
    more_help,
)

IN: Final = "in:"
"""Stands before the channel in which a command of a button acts."""

SETUP: Final = "setup"
"""The command that only opens a form; all others come from the command table."""

ON_QUESTION: Final = frozenset({Action.ANSWER, Action.HINT, Action.REVEAL, Action.SKIP})
"""Commands about a question, which in the thread below one are about that."""

OFFERS: Final = {
    "leaderboard": BOARD_CHOICES,
    "settings": (Choice(form_words.SETTINGS, SETTINGS),),
    "questions": (Choice(form_words.BRING, BRING),),
}
"""What is offered below a command that is typed alone."""


class SlackDesk(FrontDesk):
    """Carry out what people order on Slack."""

    def __init__(self, services: Services, command: str = "/coach") -> None:
        super().__init__(services)
        names = (name.split()[0] for name in self.commands)
        self.names = tuple(dict.fromkeys((*names, SETUP)))
        self.dialect = Dialect(command)
        self._about_members = frozenset(
            each.name
            for each in self.commands.values()
            if any(parameter.kind is Kind.MEMBER for parameter in each.parameters)
        )

    def order(self, escaped: str) -> Order:
        """Return what was ordered; the name of a topic or a question alone asks for it.

        Who is mentioned behind a command that takes a member is kept by their id.
        """
        order = read(as_typed(escaped), self.names)
        if order.name in self._about_members:
            return read(as_typed(escaped, members=True), self.names)
        words = f"{order.name} {order.rest}".strip()
        if not order.known and (self.bank.topic_named(words) or self.bank.named(words)):
            return Order("ask", words)
        return order

    def said(self, escaped: str) -> Order:
        """Return what a direct message says: an order, or an answer."""
        text = as_typed(escaped)
        order = in_conversation(text, self.names)
        if order is None:
            return Order("answer", text)
        return self.order(escaped) if order.name in self._about_members else order

    def mentioned(self, event: Json, team: str, me: str = "") -> tuple[Order, About]:
        """Return what a mention says, and the daily question that it is about, if any.

        In the thread below one, what is no command is an answer to it.
        """
        said = without_mention(event.get("text") or "", me)
        order, thread = self.order(said), str(event.get("thread_ts") or "")
        if not thread or not said.strip():
            return order, About()
        place = Place(team, str(event.get("channel") or ""))
        about = self.about_thread(PLATFORM, place, thread)
        if about != About() and order.name != Action.ANSWER:
            order = self.said(said)
        return order, about if order.name in ON_QUESTION else About()

    def brings_answer(self, body: Json) -> bool:
        """Tell whether a delivery brings an answer, which is stored before anything else is."""
        if body.get("type") == "message_action" and body.get("callback_id") == GRADE_MESSAGE:
            return bool((body.get("message") or {}).get("text", "").strip())
        if body.get("type") == "view_submission":
            return bool(body["view"].get("callback_id") == ANSWER)
        event = body.get("event") or {}
        if body.get("command") == self.dialect.command:
            order = self.order(body.get("text") or "")
        elif event.get("type") == "app_mention":
            order, _ = self.mentioned(event, str(body.get("team_id") or ""))
        elif event.get("type") == "message" and event.get("channel_type") == "im":
            order = self.said(event.get("text") or "")
        else:
            return False
        return order.name == "answer" and order.known and bool(order.rest.strip())

    def carry_out(self, order: Order, person: Person, about: About | None = None) -> Reply:
        """Do what was ordered; an answer is taken and graded at once.

        What is ordered `about` a question is about the learner's current one by default.

        Raises:
            CoachError: as the use case does.
        """
        if not order.known:
            return mistyped(self.dialect.command, order.name, order.meant, order.rest)
        if about and any(about) and order.name in ON_QUESTION:
            return self.press(Action(order.name), about, person)
        with sure_of(person):
            return self._done(order, person)

    def unless_host(self, person: Person) -> Reply | None:
        """Return what somebody is told who may not manage the workspace, None for hosts."""
        try:
            with sure_of(person):
                as_host(person.place)
        except CoachError as problem:
            return refused(problem).reply
        return None

    def _done(self, order: Order, person: Person) -> Reply:
        if order.name == SETUP:
            return form_for(form_words.SET_UP_BY_FORM, slack_words.SET_UP, SET_UP)
        ordered = self.ordered(f"{order.name} {order.rest}", person.user, person.place)
        if ordered is None:  # a command that this table lacks
            return mistyped(self.dialect.command, order.name, order.meant, order.rest)
        command, request = ordered
        reply = command.run(request)
        if command.name == "help":
            return more_help(reply)
        if command.name == "daily status":
            return replace(reply, choices=(*reply.choices, *_acts(person.place)))
        alone = order.name == "leaderboard" or not order.rest
        offers = OFFERS.get(order.name, ()) if alone else ()
        return replace(reply, choices=(*reply.choices, *offers))

    def press(self, action: Action, about: About, person: Person) -> Reply:
        """Do what the button of an action says.

        Raises:
            CoachError: as the use case does.
        """
        with sure_of(person):
            return self.act(action, person.user, person.place, about)

    def news_in_one(self, user: PlatformUser) -> Reply | None:
        """Return what happened while somebody was not there in one message, None if nothing."""
        found = self.news(user)
        blocks = tuple(block for one in found for block in one.blocks)
        choices = tuple(choice for one in found for choice in one.choices)
        return replace(found[-1], blocks=blocks, choices=choices) if found else None

    def explained(self, act: Act) -> Reply:
        """Return the reply, or the sentence for what went wrong; a refused text is given back."""
        return self.outcome(act).reply

    def refusal(self, problem: CoachError) -> str:
        """Return what stands beside a field of a form whose value was not taken."""
        return self.dialect.spoken(sentence_for(problem))


def _acts(place: Place) -> Iterator[Choice]:
    """Yield what hosts do most for a channel, which stands before the command: Home has none."""
    for label, act in (
        (slack_words.PREVIEW, "preview"),
        (slack_words.PAUSE, "pause"),
        (slack_words.RESUME, "resume"),
    ):
        yield Choice(label, f"{IN}{place.channel} daily {act}")


def form_for(text: str, label: str, opening: str) -> Reply:
    """Return an offer of a form, where Slack lets none be opened at once."""
    return Reply((Paragraph(text),), choices=(Choice(label, opening),))
