"""/coach: what those who manage a server do there.

Discord hides it from others, as far as a server has not changed that; the core checks it anyway.
"""

from collections.abc import Callable, Iterator
from typing import Any

import discord
from discord import app_commands

from bot.core.accounts.model import PlatformUser
from bot.core.communities.model import Place
from bot.core.reply import Reply
from bot.platforms.discord import words as discord_words
from bot.platforms.discord.champions import champion
from bot.platforms.discord.forms import described, options
from bot.platforms.discord.handling import Handling
from bot.platforms.discord.host_forms import FORMS, hosts_built
from bot.platforms.discord.host_words import GROUP, QUESTION_COMMANDS
from bot.platforms.discord.limits import AUTOCOMPLETE_CHOICES, CHOICE
from bot.platforms.discord.names import HOSTS
from bot.platforms.discord.people import Interaction, place_of, user_of
from bot.platforms.discord.question_forms import question_group
from bot.platforms.discord.room import Room
from bot.platforms.discord.running import lines_through
from bot.platforms.discord.setting_up import SettingUp
from bot.platforms.discord.setup_form import setup_command
from knowledge.own import community_of

Act = Callable[[PlatformUser, Place | None], Reply]

FOR_HOSTS = frozenset({*FORMS, "questions"})
"""The entries of the command table that are found in the group alone."""


def admin(handling: Handling, setting_up: SettingUp) -> app_commands.Group:
    """Return the group of commands."""
    group = app_commands.Group(
        name=HOSTS,
        description=described(discord_words.COACH),
        guild_only=True,
        allowed_contexts=app_commands.AppCommandContext(
            guild=True, dm_channel=False, private_channel=False
        ),
        default_permissions=discord.Permissions(manage_guild=True),
        allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
    )
    for command in (*_of_plans(handling, setting_up), *_of_table(handling)):
        group.add_command(command)
    return group


def summaries() -> dict[str, str]:
    """Return what each command of the group does, by its whole name."""
    known = {**discord_words.COACH_COMMANDS, **GROUP}
    questions = {f"question {name}": what for name, what in QUESTION_COMMANDS.items()}
    return {f"{HOSTS} {name}": what for name, what in (known | questions).items()}


def _of_plans(
    handling: Handling, setting_up: SettingUp
) -> Iterator[app_commands.Command[Any, ..., Any]]:
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


def _of_table(
    handling: Handling,
) -> Iterator[app_commands.Command[Any, ..., Any] | app_commands.Group]:
    table, lines = handling.desk.commands, lines_through(handling)
    for name in FORMS:
        if name in table:
            yield hosts_built(table[name], lines)
    if "questions" in table:
        yield question_group(table["questions"], lines, _own_questions(handling))


def _simple(handling: Handling, name: str, act: Act) -> app_commands.Command[Any, ..., Any]:
    @app_commands.command(name=name, description=described(discord_words.COACH_COMMANDS[name]))
    @app_commands.describe(**options("channel"))
    async def run(interaction: Interaction, channel: discord.TextChannel | None = None) -> None:
        user, room = user_of(interaction.user), Room.of(interaction, channel)
        await handling.run(interaction, lambda: act(user, room.place))

    return run


def _own_questions(handling: Handling) -> Any:
    """Return what offers a server's own questions by name, to its hosts."""

    async def offer(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        place = place_of(interaction)
        if place is None or not place.host:
            return []
        bank = await handling.threads.bank_at(user_of(interaction.user), place)
        own = [each for each in bank if community_of(each.id) is not None]
        words = typed.strip().casefold()
        fitting = [one for one in own if words in one.slug or words in one.prompt.casefold()]
        return [
            app_commands.Choice(name=f"{one.slug}: {one.prompt}"[:CHOICE], value=one.slug[:CHOICE])
            for one in fitting[:AUTOCOMPLETE_CHOICES]
        ]

    return offer
