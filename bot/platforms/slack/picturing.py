"""The picture of somebody's progress in their Home tab.

Slack shows a file in Home only to whoever may see it, so the picture is sent to the person's direct
messages, once for each time they ask for it. Which one is shown is kept in memory: after a restart
the tab has words until the picture is asked for again.
"""

import logging
import time
from typing import Any, Final

from slack_bolt import Ack, BoltContext
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.platforms.slack.dispatch import SlackDesk
from bot.platforms.slack.home import Home
from bot.platforms.slack.incoming import Incoming
from bot.platforms.slack.later import Later
from bot.platforms.slack.orders import Order
from bot.platforms.slack.outlets import InConversation, alt_text, send_files
from bot.platforms.slack.people import People
from bot.platforms.slack.pictures import Pictures

Json = dict[str, Any]

READY_AFTER: Final = (0.0, 1.0, 2.0, 4.0)
"""Seconds between tries: a file is not ready to be shown at once."""

log = logging.getLogger(__name__)


class Picturing:
    """Draw the picture and show it in Home."""

    def __init__(
        self, desk: SlackDesk, later: Later, people: People, home: Home, pictures: Pictures
    ) -> None:
        self._desk = desk
        self._later = later
        self._people = people
        self._home = home
        self._pictures = pictures

    def clicked(self, ack: Ack, body: Json, context: BoltContext) -> None:
        """Draw it."""
        ack()
        incoming = Incoming.of(context, body)
        self._later.quick(incoming.key, lambda: self._show(incoming))

    def take_down(self, incoming: Incoming) -> None:
        """Show somebody's picture no more, and delete it."""
        gone = self._pictures.drop(incoming.team, incoming.user_id)
        if gone:
            _delete(incoming.client, gone)

    def _show(self, incoming: Incoming) -> None:
        client, team, user_id = incoming.client, incoming.team, incoming.user_id
        person = self._people.person(client, team, user_id)
        order = Order("progress", "picture")
        outcome = self._desk.outcome(lambda: self._desk.carry_out(order, person))
        if not outcome.reply.files:
            InConversation(user_id, client, self._desk.dialect).show(outcome.reply)
            return
        file_id, *_ = send_files(outcome.reply.files, client, user_id)
        alt = alt_text(outcome.reply.files[0])
        before = self._pictures.put(team, user_id, file_id, alt)
        if self._published(client, team, user_id) and before:
            _delete(client, before)

    def _published(self, client: WebClient, team: str, user_id: str) -> bool:
        """Publish Home with the picture as soon as Slack has it ready; else without."""
        for seconds in READY_AFTER:
            time.sleep(seconds)
            try:
                self._home.publish(client, team, user_id, strictly=True)
            except SlackApiError as problem:
                log.info("the picture is not ready yet: %s", problem.response.get("error"))
            else:
                return True
        self._pictures.drop(team, user_id)
        self._home.publish(client, team, user_id)
        return False


def _delete(client: WebClient, file_id: str) -> None:
    """Delete a picture that is out of date; one that stays does no harm."""
    try:
        client.files_delete(file=file_id)
    except (SlackClientError, OSError) as problem:
        log.info("an older picture stays: %s", type(problem).__name__)
