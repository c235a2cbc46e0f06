"""Private threads: begun once for each question, and people are let into them."""

from datetime import datetime
from typing import Literal

import discord

from bot.core.errors import Undeliverable
from bot.core.ports import Address
from bot.core.safe_text import one_line
from bot.platforms.discord.limits import THREAD_NAME
from bot.platforms.discord.sending import persistently

FOLDS_AFTER: Literal[10080] = 10080
"""Minutes without a word after which a private thread folds up, a week: folded it is hard to find
for those who are in it."""

THREAD_IS_ARCHIVED = 50083
UNKNOWN_DISCUSSION = "the discussion is gone"


async def begun(client: discord.Client, to: Address, name: str, since: datetime) -> discord.Thread:
    """Return the coach's private thread of this name in a channel; make it where there is none.

    Discord makes as many threads of a name as it is asked for, so it is not asked persistently:
    whoever comes after a broken connection finds what was begun after `since`.
    """
    room = client.get_channel(int(to.channel)) or await client.fetch_channel(int(to.channel))
    if not isinstance(room, discord.TextChannel):
        raise Undeliverable("it is no text channel", permanent=True)
    title = one_line(name, THREAD_NAME) or "…"
    found = await _found(client, room, title, since)
    return found or await room.create_thread(
        name=title,
        type=discord.ChannelType.private_thread,
        invitable=False,
        auto_archive_duration=FOLDS_AFTER,
    )


async def admit(client: discord.Client, discussion_id: str, person: str) -> None:
    """Let a person into a private thread, which is unfolded where need be; Discord tells them."""
    known = client.get_channel(int(discussion_id))
    thread = known or await persistently(lambda: client.fetch_channel(int(discussion_id)))
    if not isinstance(thread, discord.Thread):
        raise Undeliverable(UNKNOWN_DISCUSSION, permanent=True)
    who = discord.Object(int(person))
    try:
        await persistently(lambda: thread.add_user(who))
    except discord.HTTPException as error:
        if error.code != THREAD_IS_ARCHIVED:
            raise
        await persistently(lambda: thread.edit(archived=False))
        await persistently(lambda: thread.add_user(who))


async def _found(
    client: discord.Client, room: discord.TextChannel, title: str, since: datetime
) -> discord.Thread | None:
    """Return the oldest that may be it, so that everybody comes together in one."""
    start = discord.utils.time_snowflake(since)

    def may_be_it(thread: discord.Thread) -> bool:
        mine = client.user is not None and thread.owner_id == client.user.id
        here = thread.parent_id == room.id and thread.is_private()
        return mine and here and thread.name == title and thread.id >= start

    threads = [each for each in await room.guild.active_threads() if may_be_it(each)]
    if not threads:
        folded = room.archived_threads(private=True, joined=True)
        threads = [each async for each in folded if may_be_it(each)]
    return min(threads, key=lambda thread: thread.id, default=None)
