"""/coach: what those who manage a server do there.

Discord hides it from others, as far as a server has not changed that; the core checks it anyway.
"""

from collections.abc import Callable, Iterator
from typing import Any

import discord
from discord import app_commands

from bot.core.accounts.model import PlatformUser
from bot.core.command_refs import ref
from bot.core.commands import Command
from bot.core.communities.model import Place
from bot.core.reply import Reply
from bot.platforms.discord import words as discord_words
from bot.platforms.discord.champions import champion
from bot.platforms.discord.handling import Handling
from bot.platforms.discord.names import HOSTS, OWN_QUESTIONS, among_hosts
from bot.platforms.discord.options import Built, Run, built, described, options
from bot.platforms.discord.people import Interaction, user_of
from bot.platforms.discord.room import Room
from bot.platforms.discord.setting_up import SettingUp
from bot.platforms.discord.setup_form import setup_command

Act = Callable[[PlatformUser, Place | None], Reply]


class HostsGroup(app_commands.Group):
    """The group of hosts, with a group for a server's own questions inside."""

    def __init__(self, handling: Handling) -> None:
        super().__init__(
            name=HOSTS,
            description=described(discord_words.COACH),
            guild_only=True,
            allowed_contexts=app_commands.AppCommandContext(
                guild=True, dm_channel=False, private_channel=False
            ),
            default_permissions=discord.Permissions(manage_guild=True),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
        )
        self._handling = handling
        self._inner: dict[str, app_commands.Group] = {}

    def put(self, command: Command, run: Run) -> None:
        """Put an entry of the table where it belongs, unless Discord has it in a way of its own."""
        if command.name in OWN_PLANS:
            return
        group, _, name = among_hosts(command.name).rpartition(" ")
        made = built(self._handling, command, run, name)
        (self._inside(group) if group else self).add_command(made)

    def _inside(self, name: str) -> app_commands.Group:
        if name not in self._inner:
            self._inner[name] = app_commands.Group(
                name=name, description=described(GROUPS[name]), parent=self
            )
        return self._inner[name]


OWN_PLANS = frozenset(
    f"daily {act}" for act in ("setup", "set", "status", "preview", "pause", "resume")
)
"""Commands that have a channel to choose on Discord, and a panel in place of `set`."""

GROUPS = {OWN_QUESTIONS: discord_words.OWN_QUESTIONS}
"""What is in the groups inside of the group."""


def admin(handling: Handling, setting_up: SettingUp) -> HostsGroup:
    """Return the group with what is on Discord alone: setting up by a panel, a role to award."""
    group = HostsGroup(handling)
    for command in _of_plans(handling, setting_up):
        group.add_command(command)
    return group


def of_plans() -> tuple[str, ...]:
    """Return the lines of help on what is in no table."""
    found = discord_words.COACH_COMMANDS.items()
    return tuple(f"{ref(f'{HOSTS} {name}')}: {what}" for name, what in found)


def _of_plans(handling: Handling, setting_up: SettingUp) -> Iterator[Built]:
    yield setup_command(handling, setting_up)
    yield champion(handling)
    plans = handling.desk.services.plans
    acts = {
        "status": plans.status,
        "preview": plans.preview,
        "pause": plans.pause,
        "resume": plans.resume,
    }
    for name, act in acts.items():
        yield _simple(handling, name, act)


def _simple(handling: Handling, name: str, act: Act) -> app_commands.Command[Any, ..., Any]:
    @app_commands.command(name=name, description=described(discord_words.COACH_COMMANDS[name]))
    @app_commands.describe(**options("channel"))
    async def run(interaction: Interaction, channel: discord.TextChannel | None = None) -> None:
        user, room = user_of(interaction.user), Room.of(interaction, channel)
        await handling.run(interaction, lambda: act(user, room.place))

    return run
