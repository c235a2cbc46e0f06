"""The coach speaks first: posts, threads, edits, private messages, for callers in any thread."""

import asyncio
import concurrent.futures
import hashlib
from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import datetime
from typing import Any, Literal, TypeVar

import discord

from bot.core.errors import Undeliverable
from bot.core.ports import Address
from bot.core.reply import Reply
from bot.core.safe_text import one_line
from bot.core.words.phrases import listed
from bot.platforms.discord.buttons import rows_of, view_of
from bot.platforms.discord.delivery import Delivery
from bot.platforms.discord.discussions import admit, begun
from bot.platforms.discord.invite import missing
from bot.platforms.discord.limits import THREAD_NAME
from bot.platforms.discord.render import embed_of, pages
from bot.platforms.discord.roles import grant, is_member, revoke
from bot.platforms.discord.sending import FAULTS, persistently, undeliverable
from bot.platforms.discord.shards import ALL, Shards

T = TypeVar("T")

SECONDS = 30.0
"""So long a caller waits: several retries of a broken connection, or a short rate limit."""

LOOK_UP_SECONDS = 2.0
"""So long a look-up of one person may take: somebody may wait for a board."""

LOOKED_AT = 500
"""Messages read to find one of ours: a busy day of a channel."""

ARCHIVED_AFTER: Literal[1440] = 1440
"""Minutes without a word after which a thread folds up; a question is open for about a day."""

THREAD_EXISTS = 160004
UNKNOWN_CHANNEL, LOCKED = 10003, 50083
LACKING = frozenset({50001, 50013})
"""Codes of Discord for a permission that is missing."""

CLOSED = "there is no connection to Discord"

Room = discord.abc.Messageable


class DiscordMessenger:
    """The ports `Messenger`, `RoleKeeper` and `MemberLookup` over a running client.

    Callers may be in any thread.
    """

    def __init__(
        self,
        running: Callable[[], tuple[discord.Client, asyncio.AbstractEventLoop]],
        delivery: Delivery,
        shards: Shards = ALL,
    ) -> None:
        """Wire a messenger.

        Args:
            running: returns the client and its loop; raises Undeliverable while there is none.
            delivery: makes messages of replies.
            shards: those that the program serves.
        """
        self._running = running
        self._delivery = delivery
        self._shards = shards

    def serves(self, community: str) -> bool:
        """Tell whether a server is on a shard of this program."""
        return self._shards.hear(int(community))

    def post(self, to: Address, message: Reply, marker: str, ping_role: str = "") -> str:
        """Send a message to a channel, in silence unless it mentions a role."""
        return self._do(
            lambda client: _post(client, self._delivery, to, message, marker, ping_role), to
        )

    def find(self, to: Address, marker: str, since: datetime) -> str | None:
        """Return the coach's message with this marker, in a channel or its threads."""
        return self._do(lambda client: _find(client, to, marker, since))

    def open_thread(self, to: Address, message_id: str, name: str) -> None:
        """Open the thread below a message."""
        self._do(lambda client: _open_thread(client, to, message_id, name), to)

    def open_discussion(
        self, to: Address, name: str, first: Reply, marker: str, since: datetime
    ) -> str:
        """Open a private thread in a channel, or find the one that was begun."""
        return self._do(
            lambda client: _open_discussion(client, self._delivery, to, name, first, marker, since),
            to,
            private=True,
        )

    def admit(self, to: Address, discussion_id: str, person: str) -> None:  # noqa: ARG002 ids are unique
        """Let a person into a private thread."""
        self._do(lambda client: admit(client, discussion_id, person))

    def grant_role(self, community: str, person: str, role: str) -> None:
        """Give a member of a server a role."""
        self._do(lambda client: grant(client, community, person, role))

    def revoke_role(self, community: str, person: str, role: str) -> None:
        """Take a role from a member of a server, where there is anything to take."""
        self._do(lambda client: revoke(client, community, person, role))

    def is_member(self, community: str, person: str) -> bool:
        """Tell whether a person is in a server just now."""
        return self._do(
            lambda client: is_member(client, community, person), seconds=LOOK_UP_SECONDS
        )

    def edit(self, to: Address, message_id: str, message: Reply) -> None:
        """Replace what a message says; its marker stays."""
        self._do(lambda client: _edit(client, self._delivery, to, message_id, message), to)

    def reply(self, to: Address, message_id: str, message: Reply, marker: str) -> str:
        """Answer in the thread below a message, or in its channel where there is none."""
        return self._do(
            lambda client: _reply(client, self._delivery, to, message_id, message, marker), to
        )

    def tell(self, community: str, person: str, message: Reply) -> None:  # noqa: ARG002 ids are unique
        """Send a person a private message."""
        self._do(lambda client: _tell(client, self._delivery, person, message))

    def _do(
        self,
        act: Callable[[discord.Client], Coroutine[Any, Any, T]],
        to: Address | None = None,
        *,
        private: bool = False,
        seconds: float = SECONDS,
    ) -> T:
        """Return what the client's loop makes of the act, in a channel if one is named.

        Raises:
            Undeliverable: Discord did not take it, or not in time; what is missing is named.
        """
        client, loop = self._running()
        future = asyncio.run_coroutine_threadsafe(act(client), loop)
        try:
            return future.result(seconds)
        except concurrent.futures.TimeoutError as error:
            future.cancel()
            raise Undeliverable("Discord answers too slowly") from error
        except (RuntimeError, concurrent.futures.CancelledError) as error:
            if not client.is_closed():
                raise
            raise Undeliverable(CLOSED) from error
        except FAULTS as error:
            problem = undeliverable(error)
            if to is not None and getattr(error, "code", 0) in LACKING:
                problem.reason = _what_is_missing(client, to, private=private) or problem.reason
            raise problem from error


def _what_is_missing(client: discord.Client, to: Address, *, private: bool) -> str:
    """Name the permissions that the coach lacks in a channel; empty where none can be told."""
    guild = client.get_guild(int(to.community))
    room = guild.get_channel(int(to.channel)) if guild else None
    if guild is None or room is None:
        return ""
    names = missing(room.permissions_for(guild.me), private=private)
    kind = "permission" if len(names) == 1 else "permissions"
    return f"in #{room.name} I lack the {kind} {listed(names)}" if names else ""


async def _post(
    client: discord.Client,
    delivery: Delivery,
    to: Address,
    message: Reply,
    marker: str,
    ping_role: str,
) -> str:
    room = _room(client, to)
    mentions: dict[str, Any] = {"silent": True}
    if ping_role:
        role = discord.Object(int(ping_role))
        mentions = {
            "content": f"<@&{ping_role}>",
            "allowed_mentions": discord.AllowedMentions(
                everyone=False, users=False, roles=[role], replied_user=False
            ),
        }
    return await _send(delivery, room, message, marker, **mentions)


async def _send(delivery: Delivery, room: Room, message: Reply, marker: str, **more: Any) -> str:
    """Send every page; the last one carries the marker and the buttons and is the message."""
    every = pages(message, delivery.commands)
    sent = None
    for number, page in enumerate(every, 1):
        is_last = number == len(every)
        parts: dict[str, Any] = {
            "embed": embed_of(page, number, len(every), marker if is_last else ""),
            "nonce": _nonce(marker, number),
            **(more if number == 1 else {"silent": True}),
        }
        view = view_of(rows_of(message)) if is_last else None
        if view is not None:
            parts["view"] = view
        sent = await persistently(lambda parts=parts: room.send(**parts))  # type: ignore[misc]
    assert sent is not None  # noqa: S101 a reply has a page
    return str(sent.id)


async def _find(client: discord.Client, to: Address, marker: str, since: datetime) -> str | None:
    channel = client.get_channel(int(to.channel))
    threads = channel.threads if isinstance(channel, discord.TextChannel) else []
    start = discord.utils.time_snowflake(since)
    rooms: list[Room] = [_room(client, to)]
    rooms += [thread for thread in threads if (thread.last_message_id or 0) >= start]
    for room in rooms:
        found = await _marked(client, room, marker, start)
        if found is not None:
            return found
    return None


async def _marked(client: discord.Client, room: Room, marker: str, start: int) -> str | None:
    async for message in room.history(limit=LOOKED_AT, after=discord.Object(start)):
        mine = client.user is not None and message.author.id == client.user.id
        if mine and marker in _footers(message):
            return str(message.id)
    return None


async def _open_discussion(
    client: discord.Client,
    delivery: Delivery,
    to: Address,
    name: str,
    first: Reply,
    marker: str,
    since: datetime,
) -> str:
    thread = await begun(client, to, name, since)
    if await _marked(client, thread, marker, discord.utils.time_snowflake(since)) is None:
        await _send(delivery, thread, first, marker, silent=True)
    return str(thread.id)


async def _open_thread(client: discord.Client, to: Address, message_id: str, name: str) -> None:
    message = _partial(client, to, message_id)
    title = one_line(name, THREAD_NAME) or "…"
    try:
        await persistently(
            lambda: message.create_thread(name=title, auto_archive_duration=ARCHIVED_AFTER)
        )
    except discord.HTTPException as error:
        if error.code != THREAD_EXISTS:
            raise


async def _edit(
    client: discord.Client, delivery: Delivery, to: Address, message_id: str, message: Reply
) -> None:
    before = await persistently(_partial(client, to, message_id).fetch)
    marker = next(iter(_footers(before)), "")
    (page, *rest) = pages(message, delivery.commands)
    shown = replace(page, text=page.text if not rest else f"{page.text}\n-# …")
    await persistently(
        lambda: before.edit(embed=embed_of(shown, footer=marker), view=view_of(rows_of(message)))
    )


async def _reply(
    client: discord.Client,
    delivery: Delivery,
    to: Address,
    message_id: str,
    message: Reply,
    marker: str,
) -> str:
    """Answer in the thread of the message: a thread has the id of the message it began with."""
    try:
        return await _send(delivery, _room(client, to, message_id), message, marker, silent=True)
    except discord.HTTPException as error:
        if error.code not in {UNKNOWN_CHANNEL, LOCKED}:
            raise
    reference = discord.MessageReference(
        message_id=int(message_id), channel_id=int(to.channel), fail_if_not_exists=False
    )
    room = _room(client, to)
    return await _send(delivery, room, message, marker, silent=True, reference=reference)


async def _tell(client: discord.Client, delivery: Delivery, person: str, message: Reply) -> None:
    channel = await persistently(lambda: client.create_dm(discord.Object(int(person))))
    nonce = discord.utils.time_snowflake(discord.utils.utcnow(), high=True)
    parts = delivery.message(message)
    await persistently(lambda: channel.send(**parts, nonce=nonce))


def _room(
    client: discord.Client, to: Address, channel_id: str | None = None
) -> discord.PartialMessageable:
    """Return a channel, or a thread in it, to send to, whether it is known here or not."""
    return client.get_partial_messageable(int(channel_id or to.channel), guild_id=int(to.community))


def _partial(client: discord.Client, to: Address, message_id: str) -> discord.PartialMessage:
    return _room(client, to).get_partial_message(int(message_id))


def _footers(message: discord.Message) -> set[str]:
    """Return the words that stand below a message, without the number of a page."""
    footers = (embed.footer.text or "" for embed in message.embeds)
    return {footer.split(" · ")[0] for footer in footers} - {""}


def _nonce(marker: str, page: int) -> str:
    """Return what makes Discord take a message once, however often it is sent in a few minutes."""
    return hashlib.sha256(f"{marker} {page}".encode()).hexdigest()[:24]
