"""What is said to the coach: in a direct message, or by its name in a channel or a thread."""

from collections.abc import Callable, Sequence
from typing import Any

from slack_bolt import BoltContext

from bot.core.errors import CoachError, DeliveredBefore, OperatorError
from bot.core.practice.errors import NoOpenQuestion
from bot.core.reply import Reply
from bot.platforms.slack.answers import Answers
from bot.platforms.slack.bringing import Bringing, Wanted
from bot.platforms.slack.dispatch import SlackDesk
from bot.platforms.slack.forms import Origin
from bot.platforms.slack.incoming import Incoming
from bot.platforms.slack.later import Later, Step
from bot.platforms.slack.opening import outlets_of
from bot.platforms.slack.orders import Order, as_typed, without_mention
from bot.platforms.slack.outlets import InConversation, Outlet, Showing, delivering
from bot.platforms.slack.people import People, account

Json = dict[str, Any]

TYPED = frozenset({None, "", "file_share", "thread_broadcast"})
"""Subtypes of messages that somebody wrote; others tell of edits, joins and the like."""


class Talking:
    """Direct messages and mentions."""

    def __init__(
        self, desk: SlackDesk, answers: Answers, later: Later, people: People, bringing: Bringing
    ) -> None:
        self._desk = desk
        self._answers = answers
        self._later = later
        self._people = people
        self._bringing = bringing

    def message(self, event: Json, context: BoltContext) -> None:
        """Take a direct message: a command, or the answer to the question that is open."""
        if event.get("channel_type") != "im" or event.get("subtype") not in TYPED:
            return
        text = event.get("text") or ""
        if event.get("bot_id") or not text.strip():
            return
        incoming = Incoming.said(context, event)
        order = self._desk.said(text)
        outlets = (self._below(incoming, incoming.thread),)
        if order.name == "answer" and order.rest:
            said = order.rest == as_typed(text)  # and not behind the name of a command
            self._answered(incoming, order.rest, outlets, said=said)
        else:
            self._carry_out(incoming, order, outlets, event.get("files") or ())

    def mention(self, event: Json, context: BoltContext) -> None:
        """Do what was asked by name; a question is put in the thread, the rest for one alone."""
        if event.get("bot_id"):
            return
        incoming = Incoming.said(context, event)
        said = without_mention(event.get("text") or "", context.bot_user_id or "")
        order = self._desk.order(said)
        outlets = outlets_of(incoming, self._desk.dialect)
        if order.name == "answer" and order.known and order.rest:
            self._answered(incoming, order.rest, outlets)
            return
        if order.name == "ask" and order.known:
            outlets = (self._below(incoming, incoming.thread or event["ts"]), *outlets[1:])
        self._carry_out(incoming, order, outlets, event.get("files") or ())

    def _carry_out(
        self, incoming: Incoming, order: Order, outlets: Sequence[Outlet], files: Sequence[Json]
    ) -> None:
        client, team, user_id = incoming.client, incoming.team, incoming.user_id

        def work() -> Step:
            person = self._people.person(client, team, user_id, incoming.channel)
            wanted = Wanted.of(order)
            if wanted is not None:
                return Showing(self._bringing.added(client, person, files, wanted), outlets)
            reply = self._desk.explained(lambda: self._desk.carry_out(order, person))
            return delivering(reply, outlets, client, user_id)

        long = (order.name == "ask" and order.rest) or files
        submit = self._later.slow if long else self._later.quick
        submit(incoming, work)

    def _answered(
        self, incoming: Incoming, text: str, outlets: Sequence[Outlet], *, said: bool = False
    ) -> None:
        """Store an answer before Slack hears that the event arrived."""
        user = account(incoming.team, incoming.user_id)
        origin = Origin(channel=incoming.channel)
        grade: Callable[[], Reply]
        try:
            grade = self._answers.noted(incoming, text, origin, said=said)
        except DeliveredBefore:
            return
        except NoOpenQuestion:
            grade = lambda: self._desk.coach.welcome(user)  # noqa: E731
        except OperatorError:  # Slack delivers it again
            raise
        except CoachError as problem:
            grade = _raiser(problem)
        show = lambda: self._answers.show_grade(incoming, grade, origin, outlets)  # noqa: E731
        self._later.slow(incoming, show)

    def _below(self, incoming: Incoming, thread: str) -> Outlet:
        return InConversation(incoming.channel, incoming.client, self._desk.dialect, thread)


def _raiser(problem: Exception) -> Callable[[], Reply]:
    def act() -> Reply:
        raise problem

    return act
