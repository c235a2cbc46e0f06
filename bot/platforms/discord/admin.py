"""/coach: what those who manage a server do.

Discord hides it from others, as far as a server has not changed that; the core checks it anyway.
"""

from collections.abc import Callable

import discord
from discord import app_commands

from bot.core.community import Place
from bot.core.learner import PlatformUser
from bot.core.reply import Reply
from bot.core.wording import discord as wording
from bot.platforms.discord.forms import Built, described, options
from bot.platforms.discord.handling import Handling
from bot.platforms.discord.host_forms import FORMS, host_lines
from bot.platforms.discord.moved import GROUP
from bot.platforms.discord.people import Interaction, user_of
from bot.platforms.discord.question_forms import TABLE, question_group
from bot.platforms.discord.room import Room
from bot.platforms.discord.setting_up import SettingUp
from bot.platforms.discord.setup_form import setup_command

Act = Callable[[PlatformUser, Place | None], Reply]


def admin(handling: Handling, setting_up: SettingUp) -> app_commands.Group:
    """Return the group of commands."""
    group = app_commands.Group(
        name=GROUP,
        description=described(wording.COACH),
        guild_only=True,
        allowed_contexts=app_commands.AppCommandContext(
            guild=True, dm_channel=False, private_channel=False
        ),
        default_permissions=discord.Permissions(manage_guild=True),
        allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
    )
    group.add_command(setup_command(handling, setting_up))
    plans = handling.desk.plans
    acts = {
        "status": plans.status,
        "preview": plans.preview,
        "pause": plans.pause,
        "resume": plans.resume,
    }
    for name, act in acts.items():
        group.add_command(_simple(handling, name, act))
    table, lines = handling.desk.commands, host_lines(handling)
    for form in (form for name, form in FORMS.items() if name in table):
        group.add_command(form(lines))
    if TABLE in table:
        group.add_command(question_group(handling, lines))
    return group


def _simple(handling: Handling, name: str, act: Act) -> Built:
    @app_commands.command(name=name, description=described(wording.COACH_COMMANDS[name]))
    @app_commands.describe(**options("channel"))
    async def run(interaction: Interaction, channel: discord.TextChannel | None = None) -> None:
        user, room = user_of(interaction.user), Room.of(interaction, channel)
        await handling.run(interaction, lambda: act(user, room.place))

    return run
