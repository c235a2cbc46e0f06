"""The picture of somebody's progress in their Home tab.

Slack shows a file in Home only to whoever may see it, so the picture is sent to the person's direct
messages, once for each time they ask for it. Which one is shown is kept in memory: after a restart
the tab has words until the picture is asked for again.
"""

import logging
from collections.abc import Iterator, Sequence
from typing import Any, Final

from slack_bolt import Ack, BoltContext
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.core.reply import Attachment
from bot.platforms.slack.dispatch import SlackDesk
from bot.platforms.slack.home import Home
from bot.platforms.slack.incoming import Incoming
from bot.platforms.slack.later import Again, Later, Step
from bot.platforms.slack.orders import Order
from bot.platforms.slack.outlets import InConversation, Showing, alt_text, send_files
from bot.platforms.slack.people import People
from bot.platforms.slack.pictures import Pictures

Json = dict[str, Any]

READY_AFTER: Final = (1.0, 2.0, 4.0)
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
        self._later.quick(incoming, lambda: self._show(incoming))

    def take_down(self, incoming: Incoming) -> None:
        """Show somebody's picture no more, and delete it."""
        gone = self._pictures.drop(incoming.team, incoming.user_id)
        if gone:
            _delete(incoming.client, gone)

    def _show(self, incoming: Incoming) -> Step | None:
        client, team, user_id = incoming.client, incoming.team, incoming.user_id
        person = self._people.person(client, team, user_id)
        order = Order("progress", "picture")
        reply = self._desk.explained(lambda: self._desk.carry_out(order, person))
        if not reply.files:
            return Showing(reply, (InConversation(user_id, client, self._desk.dialect),))
        return lambda: self._sent(incoming, reply.files)

    def _sent(self, incoming: Incoming, files: Sequence[Attachment]) -> Step:
        """Send the picture, and note it as the one to be shown."""
        client, team, user_id = incoming.client, incoming.team, incoming.user_id
        file_id, *_ = send_files(files, client, user_id)
        before = self._pictures.put(team, user_id, file_id, alt_text(files[0]))
        pauses = iter(READY_AFTER)
        return lambda: self._published(incoming, before, pauses)

    def _published(self, incoming: Incoming, before: str, pauses: Iterator[float]) -> None:
        """Publish Home with the picture as soon as Slack has it ready; else without."""
        client, team, user_id = incoming.client, incoming.team, incoming.user_id
        try:
            self._home.publish(client, team, user_id, strictly=True)
        except SlackApiError as problem:
            log.info("the picture is not ready yet: %s", problem.response.get("error"))
            if (seconds := next(pauses, None)) is not None:
                raise Again(seconds) from problem
            self._pictures.drop(team, user_id)
            self._home.publish(client, team, user_id)
            return
        if before:
            _delete(client, before)


def _delete(client: WebClient, file_id: str) -> None:
    """Delete a picture that is out of date; one that stays does no harm."""
    try:
        client.files_delete(file=file_id)
    except (SlackClientError, OSError) as problem:
        log.info("an older picture stays: %s", type(problem).__name__)
