"""/coach champion: a role for whoever was first in a month."""

from typing import Any

import discord
from discord import app_commands

from bot.core.communities.model import as_host
from bot.core.reply import Reply
from bot.platforms.discord import words
from bot.platforms.discord.handling import Handling
from bot.platforms.discord.options import described, options
from bot.platforms.discord.people import Interaction, place_of, user_of


def champion(handling: Handling) -> app_commands.Command[Any, ..., Any]:
    """Return the command."""

    @app_commands.command(name="champion", description=described(words.COACH_COMMANDS["champion"]))
    @app_commands.describe(**options("role"))
    async def run(interaction: Interaction, role: discord.Role | None = None) -> None:
        user, place = user_of(interaction.user), place_of(interaction)
        me = interaction.guild.me if interaction.guild else None
        lacking = obstacles(role, me) if role else ()

        def act() -> Reply:
            as_host(place)
            if role is not None and lacking:
                return words.role_not_chosen(role.name, lacking)
            chosen = (str(role.id), role.name) if role else ("", "")
            return handling.champions.choose(user, place, *chosen)

        await handling.run(interaction, act)

    return run


def obstacles(role: discord.Role, me: discord.Member | None) -> tuple[str, ...]:
    """Return why the coach cannot give a role, or must not, each with its remedy.

    A role with powers is never given away: whoever may only manage the server must not get, by
    way of the coach, what that does not include.
    """
    if role.is_default() or role.managed:
        return (words.ROLE_OF_NOBODY,)
    found = []
    if role.permissions.value & discord.Permissions.elevated().value:
        found.append(words.ROLE_WITH_POWERS)
    if me is None or not me.guild_permissions.manage_roles:
        found.append(words.MANAGE_ROLES_MISSING)
    if me is None or me.top_role <= role:
        found.append(words.ROLE_ABOVE_MINE)
    return tuple(found)
