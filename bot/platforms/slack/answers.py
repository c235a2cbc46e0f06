"""From the button to the grade: the form, the answer stored before Slack hears of it, the feedback.

What a person sends is in the database before the acknowledgement; grading comes after it. A refused
answer leaves the form open with its draft. A form that was closed meanwhile does not lose the
grade: it then comes to the channel, for the person alone, or as a direct message.
"""

import logging
from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, BoltContext
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.core.accounts.model import PlatformUser
from bot.core.communities.model import Place
from bot.core.errors import CoachError
from bot.core.reply import Paragraph, Reply
from bot.platforms.front_desk import About
from bot.platforms.slack.dispatch import SlackDesk
from bot.platforms.slack.forms import FIELD, Origin, answer_form, waiting_view
from bot.platforms.slack.home import Home
from bot.platforms.slack.incoming import Incoming, typed
from bot.platforms.slack.later import Later
from bot.platforms.slack.outlets import (
    UNREACHABLE,
    Behind,
    FirstOf,
    InChannel,
    InConversation,
    InView,
    Outlet,
    Unshown,
)
from bot.platforms.slack.people import account
from bot.platforms.slack.words import TOO_LATE

log = logging.getLogger(__name__)


class Answers:
    """Take answers and bring back what they are worth."""

    def __init__(self, desk: SlackDesk, later: Later, home: Home) -> None:
        self._desk = desk
        self._home = home
        self._later = later

    def open_form(self, incoming: Incoming, target: About) -> None:
        """Show the form for an answer, in the form that is open or in a new one."""
        view = answer_form(self.prompt_of(target), incoming.origin(target), self._desk.dialect)
        if incoming.view_id and not incoming.at_home:
            incoming.client.views_update(view_id=incoming.view_id, view=view)
            return
        try:
            incoming.client.views_open(trigger_id=incoming.trigger_id, view=view)
        except SlackApiError as problem:
            log.info("a form was not opened: %s", problem.response.get("error"))
            self.outlet(incoming).show(Reply((Paragraph(TOO_LATE),)))

    def prompt_of(self, target: About) -> str:
        """Return what is asked, or nothing where the question has gone."""
        bank = self._desk.bank
        question_id = target.question_id or ""
        return bank.get(question_id).prompt if question_id in bank else ""

    def submitted(self, ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        """Store the answer in a form, acknowledge, grade."""
        incoming, text = Incoming.of(context, body), typed(body["view"])
        origin = Origin.unpacked(body["view"].get("private_metadata") or "")
        user = account(incoming.team, incoming.user_id)
        try:
            grade = self.noted(user, text, origin, incoming.key)
        except CoachError as problem:
            ack(response_action="errors", errors={FIELD: self._desk.refusal(problem)})
            return
        ack(response_action="update", view=waiting_view(origin, self._desk.dialect, text))
        outlet = self.outlet(incoming, origin)
        work = lambda: self.show_grade(incoming.client, user, grade, outlet)  # noqa: E731
        self._later.slow(None, work)

    def noted(
        self, user: PlatformUser, text: str, origin: Origin, key: str | None
    ) -> Callable[[], Reply]:
        """Store an answer in milliseconds, and that its event is done; return what grades it.

        Who answers a question that was put to somebody else, or that they put aside, is asked it.

        Raises:
            CoachError: nothing was stored.
        """
        private = origin.channel.startswith("D")
        place = Place(user.team, "" if private else origin.channel, "", origin.channel_name)
        return self._desk.take(user, place, origin.target, text, key or "")

    def show_grade(
        self, client: WebClient, user: PlatformUser, grade: Callable[[], Reply], outlet: Outlet
    ) -> None:
        """Grade, and show what came of it now or, where Slack takes nothing, next time."""
        reply = self._desk.explained(grade)
        try:
            outlet.show(reply)
        except (*UNREACHABLE, Unshown) as problem:
            log.warning("a grade is kept for the next occasion: %s", problem)
            self._desk.not_shown(user, reply.ask_id)
        self._home.changed(client, user.team, user.external_id)

    def outlet(self, incoming: Incoming, origin: Origin | None = None) -> Outlet:
        """Return where a reply to this is shown, with all that may take its place."""
        client, dialect = incoming.client, self._desk.dialect
        found: list[Outlet] = []
        if incoming.view_id and not incoming.at_home:
            origin = origin or incoming.origin(About())
            found.append(InView(incoming.view_id, origin, client, dialect, incoming.at))
        if incoming.response_url:
            found.append(Behind(incoming.response_url, client, dialect))
        elif incoming.channel and not incoming.channel.startswith("D"):
            found.append(
                InChannel(incoming.channel, incoming.user_id, client, dialect, incoming.thread)
            )
        return FirstOf((*found, InConversation(incoming.user_id, client, dialect)))
