"""What is said to the coach: in a direct message, or by its name in a channel or a thread."""

from collections.abc import Callable
from typing import Any

from slack_bolt import BoltContext
from slack_sdk import WebClient

from bot.core.errors import CoachError, DeliveredBefore
from bot.core.practice.errors import NoOpenQuestion
from bot.core.reply import Reply
from bot.platforms.slack.answers import Answers
from bot.platforms.slack.bringing import Bringing, Wanted
from bot.platforms.slack.dispatch import SlackDesk
from bot.platforms.slack.forms import Origin
from bot.platforms.slack.incoming import KEY, team_of
from bot.platforms.slack.later import Later
from bot.platforms.slack.orders import Order, as_typed, in_conversation, without_mention
from bot.platforms.slack.outlets import FirstOf, InChannel, InConversation, Outlet, deliver
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
        text = as_typed(event.get("text") or "")
        if event.get("bot_id") or not text.strip():
            return
        order = in_conversation(text, self._desk.names)
        outlet = self._in_thread_of(event, context)
        if order is None:
            self._answered(event, context, text, outlet)
        elif order.name == "answer" and order.rest:
            self._answered(event, context, order.rest, outlet)
        else:
            self._carry_out(event, context, order, outlet)

    def mention(self, event: Json, context: BoltContext) -> None:
        """Do what was asked by name; a question is put in the thread, the rest for one alone."""
        if event.get("bot_id"):
            return
        order = self._desk.order(as_typed(without_mention(event.get("text") or "")))
        client, dialect = _client(context), self._desk.dialect
        thread = event.get("thread_ts") or ""
        alone = InChannel(event["channel"], event["user"], client, dialect, thread)
        direct = InConversation(event["user"], client, dialect)
        outlet: Outlet = FirstOf((alone, direct))
        if order.name == "answer" and order.known and order.rest:
            self._answered(event, context, order.rest, outlet)
            return
        if order.name == "ask" and order.known:
            below = InConversation(event["channel"], client, dialect, thread or event["ts"])
            outlet = FirstOf((below, direct))
        self._carry_out(event, context, order, outlet)

    def _carry_out(self, event: Json, context: BoltContext, order: Order, outlet: Outlet) -> None:
        client, team = _client(context), team_of(context)

        def work() -> None:
            person = self._people.person(client, team, event["user"], event["channel"])
            files, wanted = event.get("files") or (), Wanted.of(order)
            if wanted is not None:
                outlet.show(self._bringing.added(client, person, files, wanted))
                return
            outcome = self._desk.outcome(lambda: self._desk.carry_out(order, person))
            deliver(outcome, outlet, client, event["user"])

        long = (order.name == "ask" and order.rest) or event.get("files")
        submit = self._later.slow if long else self._later.quick
        submit(context.get(KEY), work)

    def _answered(self, event: Json, context: BoltContext, text: str, outlet: Outlet) -> None:
        """Store an answer before Slack hears that the event arrived."""
        user = account(team_of(context), event["user"])
        origin = Origin(channel=event["channel"])
        grade: Callable[[], Reply]
        try:
            grade = self._answers.noted(user, text, origin, context.get(KEY))
        except DeliveredBefore:
            return
        except NoOpenQuestion:
            grade = lambda: self._desk.coach.welcome(user)  # noqa: E731
        except CoachError as problem:
            grade = _raiser(problem)
        show, client = self._answers.show_grade, _client(context)
        self._later.slow(context.get(KEY), lambda: show(client, user, grade, outlet))

    def _in_thread_of(self, event: Json, context: BoltContext) -> Outlet:
        thread = event.get("thread_ts") or ""
        return InConversation(event["channel"], _client(context), self._desk.dialect, thread)


def _client(context: BoltContext) -> WebClient:
    return context.client or WebClient()


def _raiser(problem: Exception) -> Callable[[], Reply]:
    def act() -> Reply:
        raise problem

    return act
