"""Who is in a server, and its roles, given and taken; either may be repeated."""

import discord

from bot.core.errors import Undeliverable
from bot.platforms.discord.sending import persistently
from bot.platforms.discord.words import ROLE_OUT_OF_REACH, SERVER_UNSEEN

UNKNOWN_MEMBER, UNKNOWN_ROLE, UNKNOWN_USER = 10007, 10011, 10013
MISSING_PERMISSIONS = 50013


async def grant(client: discord.Client, community: str, person: str, role: str) -> None:
    """Give a member a role."""
    try:
        member = await _member(client, community, person)
        await persistently(lambda: member.add_roles(discord.Object(int(role))))
    except discord.HTTPException as error:
        raise _out_of_reach(error) from error


async def revoke(client: discord.Client, community: str, person: str, role: str) -> None:
    """Take a role from a member; who or what is gone has nothing to be taken."""
    try:
        member = await _member(client, community, person)
        await persistently(lambda: member.remove_roles(discord.Object(int(role))))
    except discord.HTTPException as error:
        if error.code not in {UNKNOWN_MEMBER, UNKNOWN_ROLE, UNKNOWN_USER}:
            raise _out_of_reach(error) from error


async def is_member(client: discord.Client, community: str, person: str) -> bool:
    """Tell whether a person is in a server, asked once; no intent is needed to ask about one."""
    try:
        await _guild(client, community).fetch_member(int(person))
    except discord.HTTPException as error:
        if error.code in {UNKNOWN_MEMBER, UNKNOWN_USER}:
            return False
        raise
    return True


async def _member(client: discord.Client, community: str, person: str) -> discord.Member:
    guild = _guild(client, community)
    return await persistently(lambda: guild.fetch_member(int(person)))


def _guild(client: discord.Client, community: str) -> discord.Guild:
    guild = client.get_guild(int(community))
    if guild is None:
        raise Undeliverable(SERVER_UNSEEN)
    return guild


def _out_of_reach(error: discord.HTTPException) -> Exception:
    """Return the error, or what it means for a role."""
    if error.code == MISSING_PERMISSIONS:
        return Undeliverable(ROLE_OUT_OF_REACH, permanent=True)
    return error
