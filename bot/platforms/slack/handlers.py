"""What happens on a command, a click, a form, a shortcut: acknowledge, translate, call, show."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final, NamedTuple

from slack_bolt import Ack, BoltContext
from slack_sdk.errors import SlackApiError

from bot.core.errors import CoachError, DeliveredBefore
from bot.core.practice.errors import NoOpenQuestion
from bot.core.reply import Action, Reply
from bot.core.words.buttons import old_button
from bot.platforms.front_desk import About, refused
from bot.platforms.slack.answers import Answers
from bot.platforms.slack.bringing import Bringing, Wanted
from bot.platforms.slack.buttons import PREFIX, RUN, about_of, decoded
from bot.platforms.slack.dispatch import SlackDesk
from bot.platforms.slack.forms import Origin, answer_form, topic_form, waiting_view
from bot.platforms.slack.home import Home
from bot.platforms.slack.incoming import Incoming, target_in, typed
from bot.platforms.slack.later import Later
from bot.platforms.slack.orders import Order, as_typed
from bot.platforms.slack.outlets import InView, Outlet, deliver
from bot.platforms.slack.people import People, Person, account
from bot.platforms.slack.picturing import Picturing
from bot.platforms.slack.setting_up import SettingUp

Json = dict[str, Any]

IN: Final = "in:"
"""Stands before the channel in which a command of Home acts."""


class Surroundings(NamedTuple):
    """What else may have to be done: Home published anew, forms for hosts opened."""

    home: Home
    setting_up: SettingUp
    bringing: Bringing
    picturing: Picturing


class Handlers:
    """Commands, buttons, forms and shortcuts."""

    def __init__(
        self, desk: SlackDesk, answers: Answers, later: Later, people: People, around: Surroundings
    ) -> None:
        self._desk = desk
        self._around = around
        self._answers = answers
        self._later = later
        self._people = people

    def command(self, ack: Ack, body: Json, context: BoltContext) -> None:
        """Carry out what stands behind the command."""
        self._ordered(ack, body, context, self._desk.order(as_typed(body.get("text") or "")))

    def ask_command(self, ack: Ack, body: Json, context: BoltContext) -> None:
        """Ask what stands behind the short command."""
        self._ordered(ack, body, context, Order("ask", as_typed(body.get("text") or "")))

    def clicked(self, ack: Ack, body: Json, context: BoltContext) -> None:
        """Do what a button says."""
        incoming = Incoming.of(context, body)
        clicked = body["actions"][0]
        name = str(clicked.get("action_id", "")).removeprefix(PREFIX)
        ack()
        if name.startswith(RUN.removeprefix(PREFIX)):
            there, words = _elsewhere(incoming, clicked.get("value") or "")
            order = self._desk.order(words)
            self._later.quick(incoming.key, lambda: self._carry_out(there, order))
            return
        target = decoded(clicked.get("value") or "")
        if name not in set(Action):
            self._later.quick(incoming.key, lambda: self._show(incoming, old_button))
            return
        action = Action(name)
        if action in {Action.ANSWER, Action.RETRY}:
            self._later.quick(incoming.key, lambda: self._answers.open_form(incoming, target))
        else:
            self._later.quick(incoming.key, lambda: self._act(incoming, action, target))

    def answer_message(self, ack: Ack, body: Json, context: BoltContext) -> None:
        """Open the form for the question in a message: one of ours, or the nearest I have."""
        ack()
        incoming = Incoming.of(context, body)
        message = body.get("message") or {}
        target = target_in(message)
        if target is not None and target.question_id:
            self._later.quick(incoming.key, lambda: self._answers.open_form(incoming, target))
        else:
            words = as_typed(message.get("text") or "")
            self._later.slow(incoming.key, lambda: self._find(incoming, words))

    def ask_me(self, ack: Ack, body: Json, context: BoltContext) -> None:
        """Open the choice of a topic."""
        ack()
        incoming = Incoming.of(context, body)
        view = topic_form(incoming.origin(About()))
        self._later.quick(
            incoming.key,
            lambda: _no_result(
                incoming.client.views_open(trigger_id=incoming.trigger_id, view=view)
            ),
        )

    def topic_chosen(self, ack: Ack, body: Json, context: BoltContext) -> None:
        """Ask about what was chosen, in the form that is open."""
        incoming, about = Incoming.of(context, body), typed(body["view"])
        origin = incoming.origin(About())
        ack(response_action="update", view=waiting_view(origin, self._desk.dialect))
        order = Order("ask", about)
        self._later.slow(incoming.key, lambda: self._carry_out(incoming, order))

    def _ordered(self, ack: Ack, body: Json, context: BoltContext, order: Order) -> None:
        incoming = Incoming.of(context, body)
        if order == Order("answer", ""):
            ack()
            self._later.quick(incoming.key, lambda: self._open_current(incoming))
        elif order.name == "setup" and order.known:
            ack()
            self._later.quick(incoming.key, lambda: self._around.setting_up.open(incoming))
        elif (wanted := Wanted.of(order)) is not None:
            ack()
            self._later.quick(incoming.key, lambda: self._around.bringing.open(incoming, wanted))
        elif order.name == "answer" and order.known:
            self._answered(ack, incoming, order.rest)
        else:
            ack()
            long = order.name == "ask" and order.rest
            submit = self._later.slow if long else self._later.quick
            submit(incoming.key, lambda: self._carry_out(incoming, order))

    def _answered(self, ack: Ack, incoming: Incoming, text: str) -> None:
        """Take the answer behind the command: stored first, then acknowledged, then graded."""
        user = account(incoming.team, incoming.user_id)
        origin = incoming.origin(About())
        try:
            grade = self._answers.noted(user, text, origin, incoming.key)
        except DeliveredBefore:
            ack()
            return
        except CoachError as problem:
            reply = refused(problem, text).reply
            grade = lambda: reply  # noqa: E731
        ack()
        outlet = self._answers.outlet(incoming)
        show, client = self._answers.show_grade, incoming.client
        self._later.slow(incoming.key, lambda: show(client, user, grade, outlet))

    def _open_current(self, incoming: Incoming) -> None:
        """Open the form for the question that is still open."""
        welcome = self._desk.coach.welcome(account(incoming.team, incoming.user_id))
        if welcome.question_id is None:
            self._show(incoming, _raiser(NoOpenQuestion()))
        else:
            self._answers.open_form(incoming, about_of(welcome))

    def _act(self, incoming: Incoming, action: Action, target: About) -> None:
        person = self._person(incoming)
        self._show(incoming, lambda: self._desk.press(action, target, person))

    def _carry_out(self, incoming: Incoming, order: Order) -> None:
        person = self._person(incoming)
        if order.name == "privacy" and order.rest.startswith("delete "):
            self._around.picturing.take_down(incoming)
        self._show(incoming, lambda: self._desk.carry_out(order, person))

    def _show(self, incoming: Incoming, act: Callable[[], Reply]) -> None:
        outlet = self._modal(incoming) if incoming.at_home else self._answers.outlet(incoming)
        deliver(self._desk.outcome(act), outlet, incoming.client, incoming.user_id)
        if not incoming.view_id:
            user = account(incoming.team, incoming.user_id)
            if (news := self._desk.news_in_one(user)) is not None:
                outlet.show(news)
        self._around.home.changed(incoming.client, incoming.team, incoming.user_id)

    def _modal(self, incoming: Incoming) -> Outlet:
        """Open a form to show a reply in: Home itself shows none."""
        client, dialect = incoming.client, self._desk.dialect
        origin = incoming.origin(About())
        try:
            opened = client.views_open(
                trigger_id=incoming.trigger_id, view=waiting_view(origin, dialect)
            )
        except SlackApiError:
            return self._answers.outlet(incoming)
        return InView(opened["view"]["id"], origin, client, dialect)

    def _find(self, incoming: Incoming, words: str) -> None:
        """Ask the question nearest to somebody's message, and open the form for it."""
        client, dialect = incoming.client, self._desk.dialect
        origin = incoming.origin(About())
        opened = client.views_open(
            trigger_id=incoming.trigger_id, view=waiting_view(origin, dialect)
        )
        view_id, person = opened["view"]["id"], self._person(incoming)
        asked = self._desk.explained(lambda: self._desk.coach.ask(person.user, words, person.place))
        if asked.ask_id is None:
            InView(view_id, origin, client, dialect).show(asked)
            return
        target = about_of(asked)
        form = answer_form(
            self._answers.prompt_of(target),
            Origin(target, origin.channel, origin.channel_name, origin.thread),
            dialect,
        )
        client.views_update(view_id=view_id, view=form)

    def _person(self, incoming: Incoming) -> Person:
        return self._people.person(
            incoming.client,
            incoming.team,
            incoming.user_id,
            incoming.channel,
            incoming.channel_name,
        )


def _elsewhere(incoming: Incoming, words: str) -> tuple[Incoming, str]:
    """Return where a button means its command to act: hosts run channels from Home."""
    place, _, rest = words.removeprefix(IN).partition(" ")
    return (replace(incoming, channel=place), rest) if words.startswith(IN) else (incoming, words)


def _raiser(problem: Exception) -> Callable[[], Reply]:
    def act() -> Reply:
        raise problem

    return act


def _no_result(_: object) -> None:
    return None
