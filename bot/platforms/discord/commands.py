"""The slash commands: those of practice, and one for each entry of the command table."""

from collections.abc import Callable
from typing import Any

import discord
from discord import app_commands

from bot.core.commands import Command
from bot.core.errors import CoachError
from bot.core.questions.autocomplete import suggestions, topic_suggestions
from bot.core.reply import Paragraph, Reply
from bot.core.words import buttons as words
from bot.platforms.discord import words as discord_words
from bot.platforms.discord.admin import FOR_HOSTS, admin, summaries
from bot.platforms.discord.dressing import without_picture
from bot.platforms.discord.forms import Built, built, described, options
from bot.platforms.discord.handling import Handling
from bot.platforms.discord.limits import AUTOCOMPLETE_CHOICES, CHOICE
from bot.platforms.discord.people import Interaction, place_of, user_of
from bot.platforms.discord.running import lines_through
from bot.platforms.discord.setting_up import SettingUp
from bot.platforms.front_desk import About
from bot.platforms.tray import describe

SUMMARIES = dict(discord_words.PRACTICE)

CONTEXTS = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)
INSTALLS = app_commands.AppInstallationType(guild=True, user=True)


def practice(handling: Handling) -> list[Built]:
    """Return the commands of practice."""
    return [
        _ask(handling),
        _answer(handling),
        _simple(handling, "hint", handling.desk.coach.hint),
        _simple(handling, "reveal", handling.desk.coach.reveal),
        _simple(handling, "skip", handling.desk.coach.skip),
        _topics(handling),
        _help(handling),
    ]


def from_table(handling: Handling) -> list[Built]:
    """Return a command for each entry of the table that has no other place on Discord."""
    table = handling.desk.commands
    lines = lines_through(handling)
    made = [built(command, lines) for name, command in table.items() if name not in _ELSEWHERE]
    progress = table.get("progress")
    return [*made, _progress(handling, progress)] if progress else made


_ELSEWHERE = {*SUMMARIES, "progress", *FOR_HOSTS}


def _help(handling: Handling) -> Built:
    entries = handling.desk.commands.values()
    table = {each.name: each.summary for each in entries if each.name not in FOR_HOSTS}

    @app_commands.command(name="help", description=described(SUMMARIES["help"]))
    async def run(interaction: Interaction) -> None:
        place = place_of(interaction)
        listed = SUMMARIES | table | (summaries() if place and place.host else {})
        await handling.run(interaction, lambda: discord_words.help_on_discord(listed.items()))

    return run


def _ask(handling: Handling) -> Built:
    async def about(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        bank = await handling.threads.bank_at(user_of(interaction.user), place_of(interaction))
        found = suggestions(bank, typed, AUTOCOMPLETE_CHOICES - 1)
        offered = [
            app_commands.Choice(name=each.label[:CHOICE], value=each.words[:CHOICE])
            for each in found
        ]
        own = typed.strip()[:CHOICE]
        known = {each.name.casefold() for each in offered} | {each.words for each in found}
        if own and own.casefold() not in known:
            offered.append(app_commands.Choice(name=own, value=own))
        return offered

    @app_commands.command(name="ask", description=described(SUMMARIES["ask"]))
    @app_commands.describe(**options("about"))
    @app_commands.autocomplete(about=about)
    async def ask(interaction: Interaction, about: str = "") -> None:
        user, place = user_of(interaction.user), place_of(interaction)
        await handling.run(interaction, lambda: handling.desk.coach.ask(user, about, place))

    return ask


def _answer(handling: Handling) -> Built:
    @app_commands.command(name="answer", description=described(SUMMARIES["answer"]))
    @app_commands.describe(**options("text"))
    async def answer(interaction: Interaction, text: str = "") -> None:
        if text:
            await handling.submit(interaction, About(), text)
        else:
            await handling.write(interaction, About())

    return answer


def _simple(handling: Handling, name: str, act: Callable[[Any], Reply]) -> Built:
    @app_commands.command(name=name, description=described(SUMMARIES[name]))
    async def run(interaction: Interaction) -> None:
        user = user_of(interaction.user)
        await handling.run(interaction, lambda: act(user))

    return run


def _topics(handling: Handling) -> Built:
    @app_commands.command(name="topics", description=described(SUMMARIES["topics"]))
    async def topics(interaction: Interaction) -> None:
        user, place = user_of(interaction.user), place_of(interaction)
        await handling.run(interaction, lambda: handling.desk.coach.topics(user, place))

    return topics


def _progress(handling: Handling, command: Command) -> Built:
    async def topics(_: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        found = topic_suggestions(handling.desk.bank, typed, AUTOCOMPLETE_CHOICES)
        return [
            app_commands.Choice(name=each.label[:CHOICE], value=each.words[:CHOICE])
            for each in found
        ]

    @app_commands.command(name=command.name, description=described(command.summary))
    @app_commands.describe(**options("topic", "picture"))
    @app_commands.autocomplete(topic=topics)
    async def progress(
        interaction: Interaction,
        topic: str = "",
        picture: bool = True,  # noqa: FBT001, FBT002 an option of the command
    ) -> None:
        user, place = user_of(interaction.user), place_of(interaction)

        def act() -> Reply:
            drawn = picture and _draw(lambda: command.run(user, place, f"{topic} picture"))
            if drawn and not topic:
                return handling.desk.coach.progress(user)
            reply = command.run(user, place, topic)
            return without_picture(reply) if drawn else reply

        await handling.run(interaction, act)

    return progress


def _draw(act: Callable[[], Reply]) -> bool:
    """Lay a picture on the tray; return whether it could be drawn, for the words say the same."""
    try:
        reply = act()
    except CoachError:
        return False
    asides = (each.text for each in reply.blocks if isinstance(each, Paragraph) and each.quiet)
    describe(next(asides, ""))
    return True


class CoachTree(app_commands.CommandTree[Any]):
    """All commands, for servers and for people, in channels and in private."""

    def __init__(self, client: discord.Client, handling: Handling, setting_up: SettingUp) -> None:
        super().__init__(client, allowed_contexts=CONTEXTS, allowed_installs=INSTALLS)
        self._handling = handling
        for command in (*practice(handling), *from_table(handling)):
            self.add_command(command)
        self.add_command(admin(handling, setting_up))

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError) -> None:
        """Answer what discord.py could not make out: mostly a command of an older version."""

        def say() -> Reply:
            if isinstance(error, app_commands.CommandNotFound):
                return words.old_button()
            raise error

        await self._handling.run(interaction, say)
