"""What happens on a command, a click, a form, a shortcut: acknowledge, translate, call, show."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from slack_bolt import Ack, BoltContext

from bot.core.errors import CoachError, DeliveredBefore
from bot.core.practice.errors import NoOpenQuestion
from bot.core.reply import Action, Reply
from bot.core.words.buttons import old_button
from bot.platforms.front_desk import About, refused
from bot.platforms.slack.answers import Answers
from bot.platforms.slack.bringing import Bringing, Wanted
from bot.platforms.slack.buttons import PREFIX, RUN, about_of, decoded
from bot.platforms.slack.dispatch import IN, SlackDesk
from bot.platforms.slack.forms import topic_form, waiting_view
from bot.platforms.slack.home import Home
from bot.platforms.slack.incoming import Incoming, target_in, typed
from bot.platforms.slack.later import Later, Step
from bot.platforms.slack.opening import Unopened, opened, opening, outlets_of
from bot.platforms.slack.orders import Order, as_typed
from bot.platforms.slack.outlets import InView, Outlet, Showing, delivering
from bot.platforms.slack.people import People, Person, account
from bot.platforms.slack.picturing import Picturing
from bot.platforms.slack.setting_up import SettingUp
from bot.platforms.slack.telling import Telling

Json = dict[str, Any]


log = logging.getLogger(__name__)


class Surroundings(NamedTuple):
    """What else may have to be done: Home published anew, forms for hosts opened."""

    home: Home
    setting_up: SettingUp
    bringing: Bringing
    picturing: Picturing
    telling: Telling


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
        self._ordered(ack, body, context, self._desk.order(body.get("text") or ""))

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
            if (filling := self._around.telling.meant(order)) is not None:
                self._later.quick(incoming, lambda: self._around.telling.open(there, filling))
                return
            self._lane(order)(incoming, lambda: self._carry_out(there, order))
            return
        target = decoded(clicked.get("value") or "")
        if name not in set(Action) or target is None:
            self._later.quick(incoming, lambda: self._show(incoming, lambda _: old_button()))
            return
        action = Action(name)
        if action in {Action.ANSWER, Action.RETRY}:
            self._later.quick(incoming, lambda: self._answers.open_form(incoming, target))
        else:
            press = lambda person: self._desk.press(action, target, person)  # noqa: E731
            self._later.quick(incoming, lambda: self._show(incoming, press))

    def answer_message(self, ack: Ack, body: Json, context: BoltContext) -> None:
        """Open the form for the question in a message: one of ours, or the nearest I have."""
        ack()
        incoming = Incoming.of(context, body)
        message = body.get("message") or {}
        target = target_in(message)
        if target is not None and target.question_id:
            self._later.quick(incoming, lambda: self._answers.open_form(incoming, target))
        else:
            words = as_typed(message.get("text") or "")
            self._later.slow(incoming, lambda: self._find(incoming, words))

    def ask_me(self, ack: Ack, body: Json, context: BoltContext) -> None:
        """Open the choice of a topic."""
        ack()
        incoming = Incoming.of(context, body)
        view = topic_form(incoming.origin(About()))
        self._later.quick(incoming, lambda: opening(incoming, view, self._desk.dialect))

    def topic_chosen(self, ack: Ack, body: Json, context: BoltContext) -> None:
        """Ask about what was chosen, in the form that is open."""
        incoming, about = Incoming.of(context, body), typed(body["view"])
        origin = incoming.origin(About())
        ack(response_action="update", view=waiting_view(origin, self._desk.dialect))
        order = Order("ask", about)
        self._later.slow(incoming, lambda: self._carry_out(incoming, order))

    def _ordered(self, ack: Ack, body: Json, context: BoltContext, order: Order) -> None:
        incoming = Incoming.of(context, body)
        if order == Order("answer", ""):
            ack()
            self._later.quick(incoming, lambda: self._open_current(incoming))
        elif order.name == "setup" and order.known:
            ack()
            self._later.quick(incoming, lambda: self._around.setting_up.open(incoming))
        elif (filling := self._around.telling.meant(order)) is not None:
            ack()
            self._later.quick(incoming, lambda: self._around.telling.open(incoming, filling))
        elif (wanted := Wanted.of(order)) is not None:
            ack()
            self._later.quick(incoming, lambda: self._around.bringing.open(incoming, wanted))
        elif order.name == "answer" and order.known:
            self._answered(ack, incoming, order.rest)
        else:
            ack()
            self._lane(order)(incoming, lambda: self._carry_out(incoming, order))

    def _answered(self, ack: Ack, incoming: Incoming, text: str) -> None:
        """Take the answer behind the command: stored first, then acknowledged, then graded."""
        try:
            grade = self._answers.noted(incoming, text, incoming.origin(About()))
        except DeliveredBefore:
            ack()
            return
        except CoachError as problem:
            reply = refused(problem, text).reply
            grade = lambda: reply  # noqa: E731
        ack()
        self._later.slow(incoming, lambda: self._answers.show_grade(incoming, grade))

    def _open_current(self, incoming: Incoming) -> Step | None:
        """Open the form for the question that is still open."""
        welcome = self._desk.coach.welcome(account(incoming.team, incoming.user_id))
        if welcome.question_id is None:
            return self._show(incoming, _raiser(NoOpenQuestion()))
        return self._answers.open_form(incoming, about_of(welcome))

    def _lane(self, order: Order) -> Callable[[Incoming, Step], None]:
        """Return what does an order without keeping those from their turn who need no model."""
        waits = self._desk.needs_model(f"{order.name} {order.rest}")
        return self._later.slow if waits else self._later.quick

    def _carry_out(self, incoming: Incoming, order: Order) -> Step:
        if order.name == "privacy" and order.rest.startswith("delete "):
            self._around.picturing.take_down(incoming)
        return self._show(incoming, lambda person: self._desk.carry_out(order, person))

    def _show(self, incoming: Incoming, act: Callable[[Person], Reply]) -> Step:
        """Open a form to show a reply in where it was asked for at Home, which shows none."""
        client, dialect = incoming.client, self._desk.dialect
        outlets = outlets_of(incoming, dialect)
        if not incoming.at_home:
            return self._act(incoming, act, outlets)  # in this step: the next one has other threads
        origin = incoming.origin(About())
        try:
            view_id = opened(incoming, waiting_view(origin, dialect))
        except Unopened:
            log.info("a reply at Home comes as a message")
        else:
            self._shows_in(incoming, view_id)
            outlets = (InView(view_id, origin, client, dialect), *outlets)
        return lambda: self._act(incoming, act, outlets)

    def _act(
        self, incoming: Incoming, act: Callable[[Person], Reply], outlets: Sequence[Outlet]
    ) -> Step:
        person = self._person(incoming)
        reply = self._desk.explained(lambda: act(person))
        after = lambda: self._afterwards(incoming, outlets)  # noqa: E731
        return delivering(reply, outlets, incoming.client, incoming.user_id, after)

    def _afterwards(self, incoming: Incoming, outlets: Sequence[Outlet]) -> Step | None:
        self._around.home.changed(incoming.client, incoming.team, incoming.user_id)
        if incoming.view_id:
            return None
        news = self._desk.news_in_one(account(incoming.team, incoming.user_id))
        return Showing(news, outlets) if news else None

    def _find(self, incoming: Incoming, words: str) -> Step | None:
        """Ask the question nearest to somebody's message, and open the form for it."""
        dialect = self._desk.dialect
        view = waiting_view(incoming.origin(About()), dialect)
        return opening(
            incoming, view, dialect, lambda view_id: lambda: self._found(incoming, words, view_id)
        )

    def _found(self, incoming: Incoming, words: str, view_id: str) -> Step:
        there = self._shows_in(incoming, view_id)
        person, dialect = self._person(incoming), self._desk.dialect
        asked = self._desk.explained(lambda: self._desk.coach.ask(person.user, words, person.place))
        if asked.ask_id is None:
            return Showing(asked, outlets_of(there, dialect))
        return lambda: self._answers.open_form(there, about_of(asked))

    def _shows_in(self, incoming: Incoming, view_id: str) -> Incoming:
        """Return where the reply goes once a form waits for it; a later run has to know."""
        there = replace(incoming, view_id=view_id, at_home=False)
        self._later.shows_in(there.key, there.packed)
        return there

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


def _raiser(problem: Exception) -> Callable[[Person], Reply]:
    def act(_: Person) -> Reply:
        raise problem

    return act
