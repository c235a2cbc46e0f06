"""Where a reply is shown: behind a command, in a form, in a channel for one, in a conversation."""

import logging
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import Any, Final, Protocol

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from bot.core.reply import Attachment, Reply
from bot.platforms.slack.clients import UNREACHABLE, Unshown, pause_after, seconds_in
from bot.platforms.slack.dialect import Dialect
from bot.platforms.slack.forms import Json, Origin, reply_view
from bot.platforms.slack.later import Again, Step
from bot.platforms.slack.limits import ALT_TEXT
from bot.platforms.slack.render import Message, render
from bot.platforms.slack.text import fitted
from bot.platforms.slack.words import file_not_sent

ACKNOWLEDGED_AFTER: Final = 0.1
"""Seconds that an acknowledgement is given to overtake what is sent after it."""

log = logging.getLogger(__name__)


Call = Callable[[], object]


class Outlet(Protocol):
    """A way to show a reply to somebody."""

    def calls(self, reply: Reply) -> Iterable[Call]:
        """Return the calls that show it in their order; each may raise UNREACHABLE or Unshown."""
        ...


@dataclass(frozen=True)
class Behind:
    """Behind a command or a click, for the person alone; valid for half an hour and five parts."""

    response_url: str
    client: WebClient
    dialect: Dialect

    def calls(self, reply: Reply) -> Iterable[Call]:
        """Send the reply; only the person sees it."""
        return [partial(self._send, message) for message in render(reply, self.dialect)]

    def _send(self, message: Message) -> None:
        webhook = WebhookClient(
            self.response_url,
            timeout=self.client.timeout,
            ssl=self.client.ssl,
            proxy=self.client.proxy,
            retry_handlers=self.client.retry_handlers,
        )
        sent = webhook.send_dict(
            {**message.arguments(), "response_type": "ephemeral", "replace_original": False}
        )
        if sent.status_code >= 400:  # noqa: PLR2004 HTTP's errors
            headers = {name.casefold(): value for name, value in sent.headers.items()}
            raise Unshown(sent.status_code, seconds_in(headers))


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

    def calls(self, reply: Reply) -> Iterable[Call]:
        """Replace what the form shows."""
        return [partial(self._update, reply_view(reply, self.origin, self.dialect))]

    def _update(self, view: Json) -> None:
        time.sleep(max(0.0, self.sent_at + ACKNOWLEDGED_AFTER - time.monotonic()))
        self.client.views_update(view_id=self.view_id, view=view)


@dataclass(frozen=True)
class InChannel:
    """In a channel, for the person alone, where they see it until they reload."""

    channel: str
    user_id: str
    client: WebClient
    dialect: Dialect
    thread: str = ""

    def calls(self, reply: Reply) -> Iterable[Call]:
        """Send the reply; only the person sees it."""
        where = {"channel": self.channel, "user": self.user_id, **_in_thread(self.thread)}
        send = self.client.chat_postEphemeral
        return [partial(send, **where, **each.arguments()) for each in render(reply, self.dialect)]


@dataclass(frozen=True)
class InConversation:
    """In a conversation, to stay: a direct message by the id of the person, or a thread."""

    channel: str
    client: WebClient
    dialect: Dialect
    thread: str = ""

    def calls(self, reply: Reply) -> Iterable[Call]:
        """Send the reply."""
        where = {"channel": self.channel, **_in_thread(self.thread)}
        send = partial(self.client.chat_postMessage, unfurl_links=False, unfurl_media=False)
        return [partial(send, **where, **each.arguments()) for each in render(reply, self.dialect)]


class Showing:
    """The step that shows a reply in the first of several places that takes it.

    So no grade is lost with a closed form. Where Slack wants us to wait, what was sent is not sent
    again. `then` is the next step, also where no place took it and `otherwise` was told why.
    """

    def __init__(
        self,
        reply: Reply,
        outlets: Iterable[Outlet],
        then: Step | None = None,
        otherwise: Callable[[Exception], None] | None = None,
    ) -> None:
        first, *others = outlets
        self._reply = reply
        self._outlet = first
        self._others = deque(others)
        self._calls = deque(first.calls(reply))
        self._tries = 0
        self._then = then
        self._otherwise = otherwise

    def __call__(self) -> Step | None:
        """Send what is left to be sent."""
        while self._calls:
            try:
                self._calls[0]()
            except (*UNREACHABLE, Unshown) as problem:
                self._turn_away(problem)
            else:
                self._calls.popleft()
                self._tries = 0
        return self._then

    def _turn_away(self, problem: Exception) -> None:
        """Wait where that may help; else turn to the next place, or give up."""
        seconds = pause_after(problem, self._tries)
        if seconds is not None:
            self._tries += 1
            raise Again(seconds) from problem
        log.info("%s did not take a reply: %s", type(self._outlet).__name__, problem)
        self._calls.clear()
        self._tries = 0
        if self._others:
            self._outlet = self._others.popleft()
            self._calls.extend(self._outlet.calls(self._reply))
        elif self._otherwise is not None:
            self._otherwise(problem)
        else:
            log.warning("a reply was not shown: %s", problem)


def delivering(
    reply: Reply,
    outlets: Iterable[Outlet],
    client: WebClient,
    user_id: str,
    then: Step | None = None,
) -> Showing:
    """Return what shows a reply, and sends the files that go with it to direct messages.

    Where Slack takes no file, why is said below the reply.
    """
    if not reply.files:
        return Showing(reply, outlets, then)
    outlets, tries = tuple(outlets), count()
    below = tuple(each for each in outlets if not isinstance(each, InView)) or outlets

    def send() -> Step | None:
        try:
            send_files(reply.files, client, user_id)
        except UNREACHABLE as problem:
            if pause_after(problem, next(tries)) is not None:
                raise
            log.warning("a file was not sent: %s", problem)
            error = str(problem.response.get("error")) if isinstance(problem, SlackApiError) else ""
            return Showing(file_not_sent(error), below, then)
        return then

    return Showing(reply, outlets, send)


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
