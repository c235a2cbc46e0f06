"""The slash commands: one for each entry of the command table, those of hosts in their group."""

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import replace
from typing import Any

import discord
from discord import app_commands

from bot.core.coach.words import help_for
from bot.core.command_refs import ref
from bot.core.commands import Command, Request, Values
from bot.core.errors import CoachError
from bot.core.rate_limits.errors import TooFast
from bot.core.reply import Paragraph, Reply
from bot.core.words import buttons as words
from bot.core.words.buttons import GRADE_MESSAGE
from bot.platforms.discord import words as discord_words
from bot.platforms.discord.admin import OWN_PLANS, admin, of_plans
from bot.platforms.discord.buttons import again
from bot.platforms.discord.dressing import beside_picture, dressed, without_picture
from bot.platforms.discord.filling_in import Windows
from bot.platforms.discord.handling import Handling, fetched
from bot.platforms.discord.names import HOSTS
from bot.platforms.discord.options import Files, Run, built
from bot.platforms.discord.people import Interaction, place_of, user_of
from bot.platforms.discord.setting_up import SettingUp
from bot.platforms.front_desk import About, Outcome

CONTEXTS = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)
INSTALLS = app_commands.AppInstallationType(guild=True, user=True)


def running(handling: Handling, windows: Windows, command: Command) -> Run:
    """Return what runs a command, in a way of Discord's own where it has one."""
    own = OWN_WAYS.get(command.name)
    if own is not None:
        return own(handling, command)

    async def run(interaction: Interaction, values: Values, files: Files) -> None:
        if (filling := windows.lacking(command, values)) is not None:
            await windows.open(interaction, filling)
            return
        user, place = user_of(interaction.user), place_of(interaction)

        async def work() -> Outcome:
            command.permit(place)  # before a file is read
            brought = {name: await fetched(file) for name, file in files.items()}
            request = Request(user, place, {**values, **brought})

            def act() -> Reply:
                reply = dressed(command.name, values, command.run(request))
                return replace(reply, again=again(command.name, values, reply))

            line = " ".join((command.name, *map(str, values.values())))
            waits = handling.desk.needs_model(line)
            by = handling.threads.grade if waits else handling.threads.outcome
            return await by(act, user.external_id)

        await handling.perform(interaction, work)

    return run


def _answer(handling: Handling, _command: Command) -> Run:
    async def run(interaction: Interaction, values: Values, _files: Files) -> None:
        if text := values.get("text"):
            await handling.submit(interaction, About(), str(text))
        else:
            await handling.write(interaction, About())

    return run


def _help(handling: Handling, _command: Command) -> Run:
    async def run(interaction: Interaction, _values: Values, _files: Files) -> None:
        place = place_of(interaction)
        every = handling.desk.commands.values()
        table = tuple(each for each in every if each.name not in OWN_PLANS)
        hosts = place is not None and place.host
        told = help_for(table, hosts=hosts, typed=_named, more=of_plans())
        await handling.run(interaction, lambda: discord_words.ways_to_answer(told))

    return run


def _named(command: Command) -> str:
    """Name a command alone: its options say what may follow it."""
    return str(ref(command.name))


def _progress(handling: Handling, command: Command) -> Run:
    """Return what shows a picture with the words, unless somebody says no or none can be drawn."""

    async def run(interaction: Interaction, values: Values, _files: Files) -> None:
        user, place = user_of(interaction.user), place_of(interaction)
        topic = {"topic": values["topic"]} if values.get("topic") else {}

        def act() -> Reply:
            drawing = Request(user, place, {**topic, "picture": True})
            try:
                drawn = (
                    _drawn(lambda: command.run(drawing)) if values.get("picture", True) else None
                )
            except TooFast as problem:
                told = command.run(Request(user, place, topic))
                return replace(told, blocks=(Paragraph(problem.sentence), *told.blocks))
            if drawn and not topic:
                return beside_picture(handling.desk.coach.progress(user), drawn)
            reply = command.run(Request(user, place, topic))
            return replace(without_picture(reply), files=drawn.files) if drawn else reply

        await handling.run(interaction, act)

    return run


OWN_WAYS: Mapping[str, Callable[[Handling, Command], Run]] = {
    "answer": _answer,
    "help": _help,
    "progress": _progress,
}
"""What Discord does differently: a window to write in, a picture at once, names to click on."""


def _grading(
    handling: Handling,
) -> Callable[[Interaction, discord.Message], Coroutine[Any, Any, None]]:
    async def grade(interaction: Interaction, message: discord.Message) -> None:
        await handling.grade_message(interaction, message)

    return grade


def _drawn(act: Callable[[], Reply]) -> Reply | None:
    """Return a picture; none where it cannot be drawn, for the words say the same.

    Raises:
        TooFast: it was one too many.
    """
    try:
        return act()
    except TooFast:
        raise
    except CoachError:
        return None


def _may_see(interaction: Interaction) -> bool:
    """Tell whether what can be chosen for a command is for the person who types."""
    place = place_of(interaction)
    is_theirs = interaction.data is not None and interaction.data.get("name") == HOSTS
    return not is_theirs or (place is not None and place.host)


class CoachTree(app_commands.CommandTree[Any]):
    """All commands, for servers and for people, in channels and in private."""

    def __init__(
        self,
        client: discord.Client,
        handling: Handling,
        setting_up: SettingUp,
        windows: Windows,
    ) -> None:
        super().__init__(client, allowed_contexts=CONTEXTS, allowed_installs=INSTALLS)
        self._handling = handling
        table = handling.desk.commands.values()
        for command in table:
            if not command.hosts and not command.hidden:
                self.add_command(built(handling, command, running(handling, windows, command)))
        group = admin(handling, setting_up)
        for command in table:
            if command.hosts:
                group.put(command, running(handling, windows, command))
        self.add_command(group)
        self.add_command(app_commands.ContextMenu(name=GRADE_MESSAGE, callback=_grading(handling)))

    async def interaction_check(self, interaction: Interaction, /) -> bool:
        """Let pass what is no larger than Discord makes it, and offer choices of hosts to hosts."""
        handling = self._handling
        if not await handling.takes(interaction):
            return False
        if interaction.type is discord.InteractionType.autocomplete and not _may_see(interaction):
            await handling.offer_nothing(interaction)
            return False
        return True

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError) -> None:
        """Answer what discord.py could not make out: mostly a command of an older version."""

        def say() -> Reply:
            if isinstance(error, app_commands.CommandNotFound):
                return words.old_button()
            raise error

        await self._handling.run(interaction, say)
