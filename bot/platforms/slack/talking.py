"""What is said to the coach: in a direct message, or by its name in a channel or a thread."""

from collections.abc import Callable, Sequence
from typing import Any

from slack_bolt import Ack, BoltContext

from bot.core.coach import words as coach_words
from bot.core.communities.model import Place
from bot.core.errors import CoachError, DeliveredBefore, OperatorError
from bot.core.practice.errors import NoOpenQuestion
from bot.core.practice.parsing import is_small_talk
from bot.core.reply import Reply
from bot.platforms.front_desk import About
from bot.platforms.slack.answers import Answers
from bot.platforms.slack.bringing import Bringing, Wanted
from bot.platforms.slack.dispatch import SlackDesk
from bot.platforms.slack.forms import Origin
from bot.platforms.slack.incoming import ME, Incoming, is_said
from bot.platforms.slack.later import Later, Step
from bot.platforms.slack.opening import outlets_of
from bot.platforms.slack.orders import Order, as_typed, is_explicit, without_mention
from bot.platforms.slack.outlets import InConversation, Outlet, Showing, delivering
from bot.platforms.slack.people import PLATFORM, People, account

Json = dict[str, Any]


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
        subtype, text = event.get("subtype"), event.get("text") or ""
        if not is_said(event):
            return
        if subtype == ME or not text.strip():  # a file, a forwarded message
            self._only_words(Incoming.said(context, event))
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
        if not is_said(event):
            return
        incoming = Incoming.said(context, event)
        me = context.bot_user_id or ""
        said = without_mention(event.get("text") or "", me)
        order, about = self._desk.mentioned(event, incoming.team, me)
        outlets = outlets_of(incoming, self._desk.dialect)
        if not said.strip() and (event.get("files") or event.get("attachments")):
            self._later.quick(incoming, lambda: Showing(coach_words.only_words(), outlets))
            return
        meant = is_explicit(said, order)
        if order.name == "answer" and order.known and order.rest:
            self._answered(incoming, order.rest, outlets, said=not meant, about=about)
            return
        if not meant and is_small_talk(as_typed(said)):
            talk = Showing(coach_words.small_talk(), outlets)
            self._later.quick(incoming, lambda: talk)
            return
        if order.name == "ask" and meant:
            outlets = (self._below(incoming, incoming.thread or event["ts"]), *outlets[1:])
        self._carry_out(incoming, order, outlets, event.get("files") or (), about)

    def own_message(self, ack: Ack, body: Json, context: BoltContext) -> None:
        """Take somebody's own message as their answer: stored first, then acknowledged."""
        incoming, message = Incoming.of(context, body), body.get("message") or {}
        text = as_typed(message.get("text") or "").strip()
        outlets = outlets_of(incoming, self._desk.dialect)
        if message.get("user") == incoming.user_id and text:
            place = Place(incoming.team, incoming.channel)
            thread = str(message.get("thread_ts") or "")
            about = self._desk.about_thread(PLATFORM, place, thread)
            self._answered(incoming, text, outlets, about=about)
        else:
            theirs = message.get("user") == incoming.user_id
            reply = coach_words.only_words() if theirs else coach_words.not_your_message()
            self._later.quick(incoming, lambda: Showing(reply, outlets))
        ack()

    def _only_words(self, incoming: Incoming) -> None:
        outlets = (self._below(incoming, incoming.thread),)
        self._later.quick(incoming, lambda: Showing(coach_words.only_words(), outlets))

    def _carry_out(
        self,
        incoming: Incoming,
        order: Order,
        outlets: Sequence[Outlet],
        files: Sequence[Json],
        about: About | None = None,
    ) -> None:
        client, team, user_id = incoming.client, incoming.team, incoming.user_id

        def work() -> Step:
            person = self._people.person(client, team, user_id, incoming.channel)
            wanted = Wanted.of(order)
            if wanted is not None:
                return Showing(self._bringing.added(client, person, files, wanted), outlets)
            reply = self._desk.explained(lambda: self._desk.carry_out(order, person, about))
            return delivering(reply, outlets, client, user_id)

        long = self._desk.needs_model(f"{order.name} {order.rest}") or files
        submit = self._later.slow if long else self._later.quick
        submit(incoming, work)

    def _answered(
        self,
        incoming: Incoming,
        text: str,
        outlets: Sequence[Outlet],
        *,
        said: bool = False,
        about: About | None = None,
    ) -> None:
        """Store an answer before Slack hears that the event arrived."""
        user = account(incoming.team, incoming.user_id)
        origin = Origin(about or About(), channel=incoming.channel)
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
