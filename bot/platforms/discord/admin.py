"""/coach: what those who manage a server do with the daily question of its channels.

Discord hides it from others, as far as a server has not changed that; the core checks it anyway.
"""

from collections.abc import Callable
from typing import Any

import discord
from discord import app_commands

from bot.core.community import Place
from bot.core.learner import PlatformUser
from bot.core.reply import Reply
from bot.core.wording import discord as wording
from bot.platforms.discord.forms import described, options
from bot.platforms.discord.handling import Handling
from bot.platforms.discord.people import Interaction, user_of
from bot.platforms.discord.setting_up import Room, place_at, setup_command

Act = Callable[[PlatformUser, Place | None], Reply]


def admin(handling: Handling) -> app_commands.Group:
    """Return the group of commands."""
    group = app_commands.Group(
        name="coach",
        description=described(wording.COACH),
        guild_only=True,
        default_permissions=discord.Permissions(manage_guild=True),
        allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
    )
    group.add_command(setup_command(handling))
    plans = handling.desk.plans
    acts = {
        "status": plans.status,
        "preview": plans.preview,
        "pause": plans.pause,
        "resume": plans.resume,
    }
    for name, act in acts.items():
        group.add_command(_simple(handling, name, act))
    return group


def _simple(handling: Handling, name: str, act: Act) -> app_commands.Command[Any, ..., Any]:
    @app_commands.command(name=name, description=described(wording.COACH_COMMANDS[name]))
    @app_commands.describe(**options("channel"))
    async def run(interaction: Interaction, channel: Room | None = None) -> None:
        user, place = user_of(interaction.user), place_at(interaction, channel)
        await handling.run(interaction, lambda: act(user, place))

    return run
