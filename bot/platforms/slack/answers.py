"""From the button to the grade: the form, the answer stored before Slack hears of it, the feedback.

What a person sends is in the database before the acknowledgement; grading comes after it. A refused
answer leaves the form open with its draft. A form that was closed meanwhile does not lose the
grade: it then comes to the channel, for the person alone, or as a direct message.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from slack_bolt import Ack, BoltContext

from bot.core.communities.model import Place
from bot.core.errors import CoachError
from bot.core.reply import Reply
from bot.platforms.front_desk import About
from bot.platforms.slack.dispatch import SlackDesk
from bot.platforms.slack.forms import FIELD, Origin, answer_form, waiting_view
from bot.platforms.slack.home import Home
from bot.platforms.slack.incoming import Incoming, typed
from bot.platforms.slack.later import Event, Later, Step
from bot.platforms.slack.opening import opening, outlets_of
from bot.platforms.slack.outlets import Outlet, Showing
from bot.platforms.slack.people import People, account

log = logging.getLogger(__name__)


class Answers:
    """Take answers and bring back what they are worth."""

    def __init__(self, desk: SlackDesk, later: Later, people: People, home: Home) -> None:
        self._desk = desk
        self._people = people
        self._home = home
        self._later = later

    def open_form(self, incoming: Incoming, target: About) -> Step | None:
        """Show the form for an answer, in the form that is open or in a new one."""
        view = answer_form(self.prompt_of(target), incoming.origin(target), self._desk.dialect)
        if incoming.in_form:
            incoming.client.views_update(view_id=incoming.view_id, view=view)
            return lambda: self._look_up(incoming)
        return opening(
            incoming, view, self._desk.dialect, lambda _: lambda: self._look_up(incoming)
        )

    def _look_up(self, incoming: Incoming) -> None:
        """Ask who this is while they write, so that their answer has a name on the board."""
        self._people.profile(incoming.client, incoming.team, incoming.user_id)

    def prompt_of(self, target: About) -> str:
        """Return what is asked, or nothing where the question has gone."""
        bank = self._desk.bank
        question_id = target.question_id or ""
        return bank.get(question_id).prompt if question_id in bank else ""

    def submitted(self, ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        """Store the answer in a form, acknowledge, grade."""
        incoming, text = Incoming.of(context, body), typed(body["view"])
        origin = Origin.unpacked(body["view"].get("private_metadata") or "")
        try:
            grade = self.noted(incoming, text, origin)
        except CoachError as problem:
            ack(response_action="errors", errors={FIELD: self._desk.refusal(problem)})
            return
        ack(response_action="update", view=waiting_view(origin, self._desk.dialect, text))
        show = lambda: self.show_grade(incoming, grade, origin)  # noqa: E731
        self._later.slow(Event(None, incoming.owner), show)

    def noted(
        self, incoming: Incoming, text: str, origin: Origin, *, said: bool = False
    ) -> Callable[[], Reply]:
        """Store an answer in milliseconds, and that its event is done; return what grades it.

        Who answers a question that was put to somebody else, or that they put aside, is asked it.
        What was `said` in a conversation may be something else than an answer.

        Raises:
            CoachError: nothing was stored.
        """
        private = origin.channel.startswith("D")
        user, role = self._people.remembered(incoming.team, incoming.user_id, incoming.handle)
        channel = "" if private else origin.channel
        place = Place(user.team, channel, "", origin.channel_name, role)
        key = incoming.key or ""
        take = self._desk.hear if said else self._desk.take
        return take(user, place, origin.target, text, key, key and incoming.packed)

    def resumed(self, incoming: Incoming, key: str, attempt_id: int, *, late: bool) -> Step:
        """Return what shows the reply that an earlier run owes; of a `late` one a message tells."""
        user = account(incoming.team, incoming.user_id)
        outlets = outlets_of(incoming, self._desk.dialect)
        grade = lambda: self._desk.coach.reply_owed(user, attempt_id)  # noqa: E731
        owing = replace(incoming, key=key)
        return self.show_grade(owing, grade, outlets=outlets[:1] if late else outlets)

    def show_grade(
        self,
        incoming: Incoming,
        grade: Callable[[], Reply],
        origin: Origin | None = None,
        outlets: Sequence[Outlet] = (),
    ) -> Step:
        """Grade; return what shows it now or, where Slack takes nothing, keeps it for next time."""
        user = account(incoming.team, incoming.user_id)
        reply = self._desk.explained(grade)

        def kept(problem: Exception) -> None:
            log.warning("a grade is kept for the next occasion: %s", problem)
            self._desk.not_shown(user, reply.ask_id)

        def after() -> None:
            self._later.settle(incoming.key)
            self._name(incoming)
            self._home.changed(incoming.client, incoming.team, incoming.user_id)

        outlets = outlets or outlets_of(incoming, self._desk.dialect, origin)
        return Showing(reply, outlets, after, kept)

    def _name(self, incoming: Incoming) -> None:
        """Note the name of somebody whose answer came before Slack was ever asked for it."""
        team, user_id = incoming.team, incoming.user_id
        if not self._people.is_new(team, user_id):
            return
        person = self._people.person(incoming.client, team, user_id, incoming.channel)
        if person.profile.known:
            self._desk.note(lambda noted: noted.named(person.user, person.place))
