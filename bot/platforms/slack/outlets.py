"""Where a reply is shown: behind a command, in a form, in a channel for one, in a conversation."""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError
from slack_sdk.webhook import WebhookClient

from bot.core.reply import Attachment, Reply
from bot.platforms.front_desk import Outcome
from bot.platforms.slack.dialect import Dialect
from bot.platforms.slack.forms import Origin, reply_view
from bot.platforms.slack.limits import ALT_TEXT
from bot.platforms.slack.render import render
from bot.platforms.slack.text import fitted

UNREACHABLE: Final = (SlackClientError, OSError)
"""What the client raises where Slack refused, or did not answer."""

ACKNOWLEDGED_AFTER: Final = 0.1
"""Seconds that an acknowledgement is given to overtake what is sent after it."""

log = logging.getLogger(__name__)


class Unshown(Exception):
    """The reply could not be shown here; carries Slack's word for why."""


class Outlet(Protocol):
    """A way to show a reply to somebody."""

    def show(self, reply: Reply) -> None:
        """Show it, or raise one of UNREACHABLE or Unshown."""
        ...


@dataclass(frozen=True)
class Behind:
    """Behind a command or a click, for the person alone; valid for half an hour and five parts."""

    response_url: str
    client: WebClient
    dialect: Dialect

    def show(self, reply: Reply) -> None:
        """Send the reply; only the person sees it."""
        webhook = WebhookClient(
            self.response_url,
            timeout=self.client.timeout,
            ssl=self.client.ssl,
            proxy=self.client.proxy,
            retry_handlers=self.client.retry_handlers,
        )
        for message in render(reply, self.dialect):
            sent = webhook.send_dict(
                {**message.arguments(), "response_type": "ephemeral", "replace_original": False}
            )
            if sent.status_code >= 400:  # noqa: PLR2004 HTTP's errors
                raise Unshown(f"HTTP {sent.status_code}")


@dataclass(frozen=True)
class InView:
    """In a form that is open before the person.

    Where the form was just sent, the acknowledgement replaces what it shows too, and has to arrive
    first: `sent_at` tells when, by the monotonic clock.
    """

    view_id: str
    origin: Origin
    client: WebClient
    dialect: Dialect
    sent_at: float = float("-inf")

    def show(self, reply: Reply) -> None:
        """Replace what the form shows."""
        time.sleep(max(0.0, self.sent_at + ACKNOWLEDGED_AFTER - time.monotonic()))
        view = reply_view(reply, self.origin, self.dialect)
        self.client.views_update(view_id=self.view_id, view=view)


@dataclass(frozen=True)
class InChannel:
    """In a channel, for the person alone, where they see it until they reload."""

    channel: str
    user_id: str
    client: WebClient
    dialect: Dialect
    thread: str = ""

    def show(self, reply: Reply) -> None:
        """Send the reply; only the person sees it."""
        for message in render(reply, self.dialect):
            self.client.chat_postEphemeral(
                channel=self.channel,
                user=self.user_id,
                **_in_thread(self.thread),
                **message.arguments(),
            )


@dataclass(frozen=True)
class InConversation:
    """In a conversation, to stay: a direct message by the id of the person, or a thread."""

    channel: str
    client: WebClient
    dialect: Dialect
    thread: str = ""

    def show(self, reply: Reply) -> None:
        """Send the reply."""
        for message in render(reply, self.dialect):
            self.client.chat_postMessage(
                channel=self.channel,
                unfurl_links=False,
                unfurl_media=False,
                **_in_thread(self.thread),
                **message.arguments(),
            )


@dataclass(frozen=True)
class FirstOf:
    """In the first of several places that takes it, so that no grade is lost with a closed form."""

    outlets: Sequence[Outlet]

    def show(self, reply: Reply) -> None:
        """Show the reply once; raise what the last place raised."""
        for outlet in self.outlets[:-1]:
            try:
                return outlet.show(reply)
            except (*UNREACHABLE, Unshown) as problem:
                log.info("%s did not take a reply: %s", type(outlet).__name__, problem)
        return self.outlets[-1].show(reply)


def deliver(outcome: Outcome, outlet: Outlet, client: WebClient, user_id: str) -> None:
    """Show a reply, and send the files that go with it to the person's direct messages."""
    outlet.show(outcome.reply)
    if outcome.reply.files:
        send_files(outcome.reply.files, client, user_id)


def send_files(files: Sequence[Attachment], client: WebClient, user_id: str) -> tuple[str, ...]:
    """Send the files to the person's direct messages; return Slack's ids of them."""
    channel = client.conversations_open(users=user_id)["channel"]["id"]
    done = client.files_upload_v2(
        channel=channel,
        file_uploads=[
            {
                "filename": file.plain_name,
                "title": file.plain_name,
                "content": file.content,
                "alt_txt": alt_text(file),
            }
            for file in files
        ],
    )
    return tuple(str(each["id"]) for each in done["files"])


def alt_text(file: Attachment) -> str:
    """Return what stands in for a file: its words, or its name."""
    return fitted(file.alt or file.plain_name, ALT_TEXT)


def _in_thread(thread: str) -> dict[str, Any]:
    return {"thread_ts": thread} if thread else {}
