"""/coach question: a server's own questions, turned into the words behind /questions."""

from collections.abc import Callable
from typing import Any

import discord
from discord import app_commands

from bot.core.commands import Command
from bot.platforms.discord.forms import Built, Lines, choices, described
from bot.platforms.discord.host_forms import Number, said, told
from bot.platforms.discord.host_words import QUESTION, QUESTION_COMMANDS, TEMPLATES
from bot.platforms.discord.people import Interaction

Name = Callable[[Interaction, str], Any]


def question_group(command: Command, lines: Lines, names: Name) -> app_commands.Group:
    """Return the group inside of the group: a command for each thing done with own questions.

    `names` offers the questions while somebody types the name of one.
    """
    group = app_commands.Group(name="question", description=described(QUESTION))
    for built in (
        _added(command, lines),
        _edited(command, lines, names),
        _fetched(command, lines, names),
        _named(command, lines, names, "retire"),
        _named(command, lines, names, "stats"),
        _decided(command, lines, "accept"),
        _decided(command, lines, "decline"),
        _listed(command, lines),
        _suggestions(command, lines),
        _template(command, lines),
    ):
        group.add_command(built)
    return group


def _added(command: Command, lines: Lines) -> Built:
    @app_commands.command(name="add", description=described(QUESTION_COMMANDS["add"]))
    @app_commands.describe(**told("file", "anyway"))
    async def add(
        interaction: Interaction,
        file: discord.Attachment,
        anyway: bool = False,  # noqa: FBT001, FBT002 an option of the command
    ) -> None:
        words = said("add", file.filename, "anyway" if anyway else "")
        await lines(interaction, command, (words,), file)

    return add


def _edited(command: Command, lines: Lines, names: Name) -> Built:
    @app_commands.command(name="edit", description=described(QUESTION_COMMANDS["edit"]))
    @app_commands.describe(**told("file", "edited", "anyway"))
    @app_commands.rename(edited="question")
    @app_commands.autocomplete(edited=names)
    async def edit(
        interaction: Interaction,
        file: discord.Attachment,
        edited: str = "",
        anyway: bool = False,  # noqa: FBT001, FBT002 an option of the command
    ) -> None:
        which = f"{'-'.join(edited.split())} with" if edited.strip() else ""
        words = said("edit", which, file.filename, "anyway" if anyway else "")
        await lines(interaction, command, (words,), file)

    return edit


def _named(command: Command, lines: Lines, names: Name, act: str) -> Built:
    """Return a command about the question of a name."""

    @app_commands.command(name=act, description=described(QUESTION_COMMANDS[act]))
    @app_commands.describe(**told("question"))
    @app_commands.autocomplete(question=names)
    async def run(interaction: Interaction, question: str) -> None:
        await lines(interaction, command, (f"{act} {question}",))

    return run


def _fetched(command: Command, lines: Lines, names: Name) -> Built:
    @app_commands.command(name="get", description=described(QUESTION_COMMANDS["get"]))
    @app_commands.describe(**told("one"))
    @app_commands.rename(one="question")
    @app_commands.autocomplete(one=names)
    async def run(interaction: Interaction, one: str = "") -> None:
        await lines(interaction, command, (said("get", one),))

    return run


def _decided(command: Command, lines: Lines, act: str) -> Built:
    """Return a command that decides on the suggestion of a number."""

    @app_commands.command(name=act, description=described(QUESTION_COMMANDS[act]))
    @app_commands.describe(**told("number"))
    async def run(interaction: Interaction, number: Number) -> None:
        await lines(interaction, command, (f"{act} {number}",))

    return run


def _listed(command: Command, lines: Lines) -> Built:
    @app_commands.command(name="list", description=described(QUESTION_COMMANDS["list"]))
    @app_commands.describe(**told("page"))
    async def run(
        interaction: Interaction, page: app_commands.Range[int, 1, 9999] | None = None
    ) -> None:
        await lines(interaction, command, (said(page),))

    return run


def _suggestions(command: Command, lines: Lines) -> Built:
    @app_commands.command(
        name="suggestions", description=described(QUESTION_COMMANDS["suggestions"])
    )
    async def run(interaction: Interaction) -> None:
        await lines(interaction, command, ("suggestions",))

    return run


def _template(command: Command, lines: Lines) -> Built:
    @app_commands.command(name="template", description=described(QUESTION_COMMANDS["template"]))
    @app_commands.describe(**told("kind"))
    @app_commands.rename(kind="format")
    @app_commands.choices(kind=choices(TEMPLATES))
    async def run(interaction: Interaction, kind: str = "md") -> None:
        await lines(interaction, command, (f"template {kind}",))

    return run
