"""Speak first on Slack: post to channels, edit, answer in threads, write to people.

Slack itself cannot tell a repeated post from a new one. So it is noted in the database that a post
begins, and its id when it is done; that record answers `find`. Only after a connection that broke
in between is the channel's history read, once, where the marker stands in the metadata and in the
id of the first block. Slack limits that reading for distributed apps, and may refuse it: then the
post is not repeated, and the error says so.
"""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, Final

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.core.daily.setup_words import NO_PRIVATE_DISCUSSIONS
from bot.core.deduplication import EventDeduplicator
from bot.core.errors import Undeliverable
from bot.core.ports import Address, HandledState
from bot.core.reply import Reply
from bot.platforms.slack.clients import TokenOf
from bot.platforms.slack.dialect import Dialect
from bot.platforms.slack.render import Message, render
from bot.platforms.slack.words import NOT_THERE, UNANSWERED, UNCERTAIN, refusal

Json = dict[str, Any]

EVENT_TYPE: Final = "coach_message"
MARKED: Final = "coach:"

MOST_READ: Final = 5
"""Pages of a history looked through; Slack gives 15 messages of it a minute to distributed apps."""

PASSING: Final = frozenset(
    {
        "fatal_error",
        "internal_error",
        "ratelimited",
        "request_timeout",
        "service_unavailable",
        "team_added_to_org",
    }
)
"""After these errors another try may do; after all others nothing changes by itself."""

GROUP: Final = re.compile(r"S[A-Z0-9]{2,}")
"""The id of a user group, Slack's kind of a role."""


class SlackMessenger:
    """Messages to channels and people of all workspaces."""

    def __init__(
        self,
        client_of: Callable[[str | None], WebClient],
        token_of: TokenOf,
        deliveries: EventDeduplicator,
        dialect: Dialect,
    ) -> None:
        self._client_of = client_of
        self._token_of = token_of
        self._deliveries = deliveries
        self._dialect = dialect

    def serves(self, community: str) -> bool:  # noqa: ARG002 whoever is there serves all
        """Tell whether this program acts in a workspace."""
        return True

    def post(self, to: Address, message: Reply, marker: str, ping_role: str = "") -> str:
        """Send a message to a channel; return its id. What is too long goes on in its thread.

        Raises:
            Undeliverable: Slack did not take it, or nobody knows whether it did.
        """
        first, *more = render(message, self._dialect)
        first = _mentioning(first, ping_role)
        ts = self._once(to, first, marker, thread="")
        for page in more:
            self._call(
                self._client(to.community), "chat.postMessage", to, thread_ts=ts, **_of(page)
            )
        return ts

    def find(self, to: Address, marker: str, since: datetime) -> str | None:
        """Return the id of the message with this marker, None where it was surely not sent.

        Raises:
            Undeliverable: it may have been sent, and Slack does not let the channel be read now.
        """
        key = _key(to, marker)
        state, result = self._deliveries.known(key)
        if state is None or (state is HandledState.DONE and result):
            return result or None
        for message in self._history(to, since, thread=result):
            if _has(message, marker):
                self._deliveries.finish(key, message["ts"])
                return str(message["ts"])
        self._deliveries.release(key)
        return None

    def open_thread(self, to: Address, message_id: str, name: str) -> None:
        """Do nothing: below every message of Slack there is a thread."""

    def open_discussion(
        self, to: Address, name: str, first: Reply, marker: str, since: datetime
    ) -> str:
        """Refuse: whoever reads a channel reads its threads.

        Raises:
            Undeliverable: always.
        """
        del to, name, first, marker, since
        raise Undeliverable(NO_PRIVATE_DISCUSSIONS, permanent=True)

    def admit(self, to: Address, discussion_id: str, person: str) -> None:
        """Refuse: there is no private discussion.

        Raises:
            Undeliverable: always.
        """
        del to, discussion_id, person
        raise Undeliverable(NO_PRIVATE_DISCUSSIONS, permanent=True)

    def edit(self, to: Address, message_id: str, message: Reply) -> None:
        """Replace what a message says.

        Raises:
            Undeliverable: Slack did not take it.
        """
        (page,) = render(message, self._dialect, most_pages=1)
        self._call(self._client(to.community), "chat.update", to, ts=message_id, **page.arguments())

    def reply(self, to: Address, message_id: str, message: Reply, marker: str) -> str:
        """Answer in the thread of a message; return the id of the answer.

        Raises:
            Undeliverable: Slack did not take it, or nobody knows whether it did.
        """
        first, *more = render(message, self._dialect)
        ts = self._once(to, first, marker, thread=message_id)
        for page in more:
            client = self._client(to.community)
            self._call(client, "chat.postMessage", to, thread_ts=message_id, **_of(page))
        return ts

    def tell(self, community: str, person: str, message: Reply) -> None:
        """Send a direct message.

        Raises:
            Undeliverable: Slack did not take it.
        """
        to = Address("slack", community, person)
        for page in render(message, self._dialect):
            self._call(self._client(community), "chat.postMessage", to, **_of(page))

    def _once(self, to: Address, page: Message, marker: str, thread: str) -> str:
        """Send a marked message, unless the record says that it was sent."""
        key, client = _key(to, marker), self._client(to.community)
        state, result = self._deliveries.known(key)
        if state is HandledState.DONE and result:
            return result
        self._deliveries.begin(key, thread)
        marked = _of(_marked(page, marker)) | {"metadata": _metadata(marker)}
        if thread:
            marked["thread_ts"] = thread
        try:
            sent = self._call(client, "chat.postMessage", to, **marked)
        except _Refused:
            self._deliveries.release(key)
            raise
        self._deliveries.finish(key, sent["ts"])
        return str(sent["ts"])

    def _history(self, to: Address, since: datetime, thread: str) -> Iterator[Json]:
        """Yield the messages of a channel or a thread since a moment."""
        method = "conversations.replies" if thread else "conversations.history"
        asked: Json = {"oldest": f"{since.timestamp():.6f}", "include_all_metadata": True}
        if thread:
            asked["ts"] = thread
        for _ in range(MOST_READ):
            try:
                page = self._call(self._client(to.community), method, to, limit=100, **asked)
            except Undeliverable as problem:
                raise Undeliverable(f"{UNCERTAIN} ({problem.reason})") from problem
            yield from page["messages"]
            asked["cursor"] = (page.get("response_metadata") or {}).get("next_cursor")
            if not page.get("has_more") or not asked["cursor"]:
                return

    def _client(self, community: str) -> WebClient:
        token = self._token_of(community)
        if token is None:
            raise _Refused(NOT_THERE, permanent=True)
        return self._client_of(token)

    @staticmethod
    def _call(client: WebClient, method: str, to: Address, **arguments: Any) -> Json:
        """Call a method on a channel.

        Raises:
            _Refused: Slack surely did not do it.
            Undeliverable: nobody knows whether it did.
        """
        try:
            answer = client.api_call(method, json={"channel": to.channel, **arguments})
        except SlackApiError as problem:
            raise _undeliverable(problem) from problem
        except (SlackClientError, OSError) as problem:
            raise Undeliverable(UNANSWERED) from problem
        return answer.data if isinstance(answer.data, dict) else {}


class _Refused(Undeliverable):
    """Slack did surely not take the message."""


def _undeliverable(problem: SlackApiError) -> Undeliverable:
    if problem.response.status_code >= 500:  # noqa: PLR2004 HTTP's errors of a server
        return Undeliverable(UNANSWERED)
    error = str(problem.response.get("error") or "unknown_error")
    needed = str(problem.response.get("needed") or "")
    return _Refused(refusal(error, needed), permanent=error not in PASSING)


def _key(to: Address, marker: str) -> str:
    return f"slack:sent:{to.community}:{to.channel}:{marker}"


def _of(page: Message) -> Json:
    return {**page.arguments(), "unfurl_links": False, "unfurl_media": False}


def _metadata(marker: str) -> Json:
    return {"event_type": EVENT_TYPE, "event_payload": {"marker": marker}}


def _marked(page: Message, marker: str) -> Message:
    first, *rest = page.blocks
    return Message(page.text, ({**first, "block_id": f"{MARKED}{marker}"[:255]}, *rest))


def _mentioning(page: Message, group: str) -> Message:
    """Return the page with a mention of a user group above it, where one is to be mentioned."""
    if not GROUP.fullmatch(group):
        return page
    mention = f"<!subteam^{group}>"
    section = {"type": "section", "text": {"type": "mrkdwn", "text": mention}}
    return Message(f"{mention} {page.text}", (section, *page.blocks))


def _has(message: Json, marker: str) -> bool:
    payload = (message.get("metadata") or {}).get("event_payload") or {}
    ids = {block.get("block_id") for block in message.get("blocks") or []}
    return payload.get("marker") == marker or f"{MARKED}{marker}"[:255] in ids
