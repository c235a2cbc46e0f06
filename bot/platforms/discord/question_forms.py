"""/coach question: a community's own questions, turned into the words behind /questions."""

from typing import Any

import discord
from discord import app_commands

from bot.core.wording.discord import COACH_COMMANDS, QUESTION, TEMPLATE_FORMATS
from bot.platforms.discord.forms import Built, choices, described, options
from bot.platforms.discord.handling import Handling
from bot.platforms.discord.host_forms import Lines, Number, Page
from bot.platforms.discord.limits import AUTOCOMPLETE_CHOICES, CHOICE
from bot.platforms.discord.people import Interaction, place_of, user_of
from knowledge.own import community_of

TABLE = "questions"
"""The command of the table that all of these run."""


def question_group(handling: Handling, lines: Lines) -> app_commands.Group:
    """Return the group inside of /coach."""
    group = app_commands.Group(name="question", description=described(QUESTION))
    for command in (
        _add(lines),
        _edit(handling, lines),
        _about_one(handling, lines, "retire"),
        _list(lines),
        _stats(handling, lines),
        _template(lines),
        _suggestions(lines),
        _decide(lines, "accept"),
        _decide(lines, "decline"),
    ):
        group.add_command(command)
    return group


def _described(act: str) -> app_commands.locale_str:
    return described(COACH_COMMANDS[f"question {act}"])


def _add(lines: Lines) -> Built:
    @app_commands.command(name="add", description=_described("add"))
    @app_commands.describe(**options("file", "anyway"))
    async def add(
        interaction: Interaction,
        file: discord.Attachment,
        anyway: bool = False,  # noqa: FBT001, FBT002 an option of the command
    ) -> None:
        words = f"add {file.filename}{' anyway' if anyway else ''}"
        await lines(interaction, TABLE, words, file=file)

    return add


def _edit(handling: Handling, lines: Lines) -> Built:
    @app_commands.command(name="edit", description=_described("edit"))
    @app_commands.describe(
        **options("id", "anyway"), file=options("question_file")["question_file"]
    )
    @app_commands.autocomplete(id=_own_ids(handling))
    async def edit(
        interaction: Interaction,
        id: str,  # noqa: A002 the option's name
        file: discord.Attachment,
        anyway: bool = False,  # noqa: FBT001, FBT002 an option of the command
    ) -> None:
        name = "-".join(id.split()) or "?"
        words = f"edit {name} with {file.filename}{' anyway' if anyway else ''}"
        await lines(interaction, TABLE, words, file=file)

    return edit


def _about_one(handling: Handling, lines: Lines, act: str) -> Built:
    @app_commands.command(name=act, description=_described(act))
    @app_commands.describe(**options("id"))
    @app_commands.autocomplete(id=_own_ids(handling))
    async def run(interaction: Interaction, id: str) -> None:  # noqa: A002 the option's name
        await lines(interaction, TABLE, f"{act} {id}")

    return run


def _stats(handling: Handling, lines: Lines) -> Built:
    @app_commands.command(name="stats", description=_described("stats"))
    @app_commands.describe(**options("id"))
    @app_commands.autocomplete(id=_own_ids(handling))
    async def stats(interaction: Interaction, id: str = "") -> None:  # noqa: A002 as above
        await lines(interaction, TABLE, f"stats {id}".strip())

    return stats


def _list(lines: Lines) -> Built:
    @app_commands.command(name="list", description=_described("list"))
    @app_commands.describe(page=options("list_page")["list_page"])
    async def listed(interaction: Interaction, page: Page | None = None) -> None:
        await lines(interaction, TABLE, str(page or ""))

    return listed


def _template(lines: Lines) -> Built:
    @app_commands.command(name="template", description=_described("template"))
    @app_commands.describe(kind=options("format")["format"])
    @app_commands.rename(kind="format")
    @app_commands.choices(kind=choices(TEMPLATE_FORMATS))
    async def template(interaction: Interaction, kind: str = "csv") -> None:
        await lines(interaction, TABLE, f"template {kind}")

    return template


def _suggestions(lines: Lines) -> Built:
    @app_commands.command(name="suggestions", description=_described("suggestions"))
    async def suggestions(interaction: Interaction) -> None:
        await lines(interaction, TABLE, "suggestions")

    return suggestions


def _decide(lines: Lines, act: str) -> Built:
    @app_commands.command(name=act, description=_described(act))
    @app_commands.describe(**options("number"))
    async def decide(interaction: Interaction, number: Number) -> None:
        await lines(interaction, TABLE, f"{act} {number}")

    return decide


def _own_ids(handling: Handling) -> Any:
    """Return what offers the names of own questions that are asked here."""

    async def offer(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        bank = await handling.desk.bank_at(user_of(interaction.user), place_of(interaction))
        own = [each for each in bank if community_of(each.id) is not None]
        sought = typed.strip().casefold()
        fitting = [
            each
            for each in own
            if sought in each.slug.casefold() or sought in each.prompt.casefold()
        ]
        return [
            app_commands.Choice(name=f"{each.slug}: {each.prompt}"[:CHOICE], value=each.slug)
            for each in fitting[:AUTOCOMPLETE_CHOICES]
        ]

    return offer
