"""Who acts on Discord and where, in the values of the core."""

import discord

from bot.core.accounts.model import PlatformUser
from bot.core.communities.model import Place, Role

PLATFORM = "discord"

NAME = 100
"""Characters of the longest name on Discord, which servers and channels have."""

Anybody = discord.User | discord.Member
Interaction = discord.Interaction[discord.Client]


def user_of(person: Anybody) -> PlatformUser:
    """Return the account; Discord's ids are unique everywhere, so it has no team."""
    return PlatformUser(PLATFORM, str(person.id), display_name=person.display_name[:NAME])


def place_of(interaction: Interaction) -> Place | None:
    """Return where something happens; None in private.

    A server into which only the person brought the coach, not the server itself, counts as
    private: nobody there has agreed to boards.
    """
    guild = interaction.guild
    only_theirs = interaction.is_user_integration() and not interaction.is_guild_integration()
    if guild is None or only_theirs:
        return None
    may = interaction.permissions
    return Place(
        community=str(guild.id),
        channel=channel_id_of(interaction.channel) or str(interaction.channel_id or ""),
        community_name=(guild.name or "")[:NAME],
        channel_name=channel_name_of(interaction.channel),
        role=role_of(interaction.user, staff=may.manage_guild),
        host=may.manage_guild,
    )


def place_of_message(message: discord.Message) -> Place | None:
    """Return where a message was written; None in private."""
    author = message.author
    if message.guild is None or not isinstance(author, discord.Member):
        return None
    host = author.guild_permissions.manage_guild
    return Place(
        community=str(message.guild.id),
        channel=channel_id_of(message.channel) or str(message.channel.id),
        community_name=message.guild.name[:NAME],
        channel_name=channel_name_of(message.channel),
        role=role_of(author, staff=host),
        host=host,
    )


def role_of(person: Anybody, *, staff: bool) -> Role:
    """Return what somebody is in a server; who may manage it counts as its staff."""
    if person.bot:
        return Role.BOT
    return Role.STAFF if staff else Role.MEMBER


def channel_id_of(channel: object) -> str:
    """Return the id of the study channel: what is said in a thread belongs to its channel."""
    if isinstance(channel, discord.Thread):
        return str(channel.parent_id)
    return str(getattr(channel, "id", ""))


def threads_of(message: discord.Message) -> tuple[str, ...]:
    """Return the ids of threads that a message may stand in or below: its own, what it replies to.

    A public thread has the id of the message that it began with.
    """
    replied = message.reference.message_id if message.reference is not None else None
    inside = message.channel.id if isinstance(message.channel, discord.Thread) else None
    return tuple(str(each) for each in (replied, inside) if each is not None)


def channel_name_of(channel: object) -> str:
    """Return the name of the study channel, empty where Discord does not tell it."""
    if isinstance(channel, discord.Thread):
        channel = channel.parent
    return str(getattr(channel, "name", None) or "")[:NAME]


def is_private(interaction: Interaction) -> bool:
    """Return whether nobody but the person reads what is sent here: a conversation with the bot."""
    return interaction.guild_id is None and not interaction.context.private_channel
