"""Native options for what hosts do, turned into the words behind a command of the table.

On Discord these commands live in the group of hosts, beside the daily question; what the coach says
about them leads there, see `names`.
"""

from collections.abc import Callable, Mapping
from typing import Any

import discord
from discord import app_commands

from bot.core.commands import Command
from bot.core.wording.discord_hosts import (
    DECISIONS,
    GROUP,
    OPTIONS,
    QUESTION,
    QUESTION_COMMANDS,
    TEMPLATES,
)
from bot.platforms.discord.forms import Built, Lines, choices, described, options
from bot.platforms.discord.people import Interaction

Number = app_commands.Range[int, 1, 999_999_999]
Form = Callable[[Command, Lines], Built]
Name = Callable[[Interaction, str], Any]


def hosts_built(command: Command, lines: Lines) -> Built:
    """Return the command of the group for an entry of the table."""
    return FORMS[command.name](command, lines)


def question_group(command: Command, lines: Lines, names: Name) -> app_commands.Group:
    """Return the group inside of the group: a command for each thing done with own questions.

    `names` offers the questions while somebody types the name of one.
    """
    group = app_commands.Group(name="question", description=described(QUESTION))
    for built in (
        *_files(command, lines),
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


def _told(*names: str) -> Mapping[str, app_commands.locale_str]:
    return options(*names, texts=OPTIONS)


def _said(*parts: object) -> str:
    """Return what is given as one line; what is left out leaves no gap."""
    return " ".join(str(part).strip() for part in parts if part not in {None, ""})


def _appeals(command: Command, lines: Lines) -> Built:
    @app_commands.command(name=command.name, description=described(GROUP[command.name]))
    @app_commands.describe(**_told("number", "decision", "reason"))
    @app_commands.choices(decision=choices(DECISIONS))
    async def run(
        interaction: Interaction, number: Number | None = None, decision: str = "", reason: str = ""
    ) -> None:
        act, _, more = decision.partition(" ")
        given = decision or number is not None
        words = _said(act, number, more, reason if act == "decline" else "") if given else ""
        await lines(interaction, command, (words,))

    return run


def _flags(command: Command, lines: Lines) -> Built:
    @app_commands.command(name=command.name, description=described(GROUP[command.name]))
    @app_commands.describe(**_told("done"))
    async def run(interaction: Interaction, done: Number | None = None) -> None:
        await lines(interaction, command, ("" if done is None else f"done {done}",))

    return run


def _exclude(command: Command, lines: Lines) -> Built:
    @app_commands.command(name=command.name, description=described(GROUP[command.name]))
    @app_commands.describe(**_told("member", "name", "answer", "reason", "answers"))
    async def run(
        interaction: Interaction,
        member: discord.User | None = None,
        name: str = "",
        answer: Number | None = None,
        reason: str = "",
        answers: bool = False,  # noqa: FBT001, FBT002 an option of the command
    ) -> None:
        who = _who(member, name, answer)
        because = f", {reason}" if reason and not answers else ""
        words = f"answers {who}" if answers and who else f"{who}{because}"
        await lines(interaction, command, (words if who else "",))

    return run


def _include(command: Command, lines: Lines) -> Built:
    @app_commands.command(name=command.name, description=described(GROUP[command.name]))
    @app_commands.describe(**_told("member", "name", "answer"))
    async def run(
        interaction: Interaction,
        member: discord.User | None = None,
        name: str = "",
        answer: Number | None = None,
    ) -> None:
        await lines(interaction, command, (_who(member, name, answer),))

    return run


def _who(member: discord.User | discord.Member | None, name: str, answer: int | None) -> str:
    if answer is not None:
        return f"answer {answer}"
    return name if member is None else f"<@{member.id}>"


def _audit(command: Command, lines: Lines) -> Built:
    @app_commands.command(name=command.name, description=described(GROUP[command.name]))
    @app_commands.describe(**_told("page"))
    async def run(interaction: Interaction, page: Number | None = None) -> None:
        await lines(interaction, command, (_said(page),))

    return run


def _gaps(command: Command, lines: Lines) -> Built:
    @app_commands.command(name=command.name, description=described(GROUP[command.name]))
    async def run(interaction: Interaction) -> None:
        await lines(interaction, command, ("",))

    return run


def _rules(command: Command, lines: Lines) -> Built:
    @app_commands.command(name=command.name, description=described(GROUP[command.name]))
    @app_commands.describe(**_told("staff", "season", "keep"))
    async def run(
        interaction: Interaction,
        staff: bool | None = None,  # noqa: FBT001 an option of the command
        season: str = "",
        keep: str = "",
    ) -> None:
        ranked = "" if staff is None else "on" if staff else "off"
        given = {"staff": ranked, "season": season, "keep": keep}
        changes = tuple(f"{name} {value}" for name, value in given.items() if value)
        await lines(interaction, command, changes or ("",))

    return run


def _files(command: Command, lines: Lines) -> tuple[Built, Built]:
    """Return add and edit: both bring a file."""

    async def bring(
        interaction: Interaction,
        act: str,
        file: discord.Attachment,
        anyway: bool,  # noqa: FBT001
    ) -> None:
        words = f"{act} {file.filename}{' anyway' if anyway else ''}"
        await lines(interaction, command, (words,), file)

    @app_commands.command(name="add", description=described(QUESTION_COMMANDS["add"]))
    @app_commands.describe(**_told("file", "anyway"))
    async def add(
        interaction: Interaction,
        file: discord.Attachment,
        anyway: bool = False,  # noqa: FBT001, FBT002 an option of the command
    ) -> None:
        await bring(interaction, "add", file, anyway)

    @app_commands.command(name="edit", description=described(QUESTION_COMMANDS["edit"]))
    @app_commands.describe(**_told("file", "anyway"))
    async def edit(
        interaction: Interaction,
        file: discord.Attachment,
        anyway: bool = False,  # noqa: FBT001, FBT002 an option of the command
    ) -> None:
        await bring(interaction, "edit", file, anyway)

    return add, edit


def _named(command: Command, lines: Lines, names: Name, act: str) -> Built:
    """Return a command about the question of a name."""

    @app_commands.command(name=act, description=described(QUESTION_COMMANDS[act]))
    @app_commands.describe(**_told("question"))
    @app_commands.autocomplete(question=names)
    async def run(interaction: Interaction, question: str) -> None:
        await lines(interaction, command, (f"{act} {question}",))

    return run


def _fetched(command: Command, lines: Lines, names: Name) -> Built:
    @app_commands.command(name="get", description=described(QUESTION_COMMANDS["get"]))
    @app_commands.describe(**_told("one"))
    @app_commands.rename(one="question")
    @app_commands.autocomplete(one=names)
    async def run(interaction: Interaction, one: str = "") -> None:
        await lines(interaction, command, (_said("get", one),))

    return run


def _decided(command: Command, lines: Lines, act: str) -> Built:
    """Return a command that decides on the suggestion of a number."""

    @app_commands.command(name=act, description=described(QUESTION_COMMANDS[act]))
    @app_commands.describe(**_told("number"))
    async def run(interaction: Interaction, number: Number) -> None:
        await lines(interaction, command, (f"{act} {number}",))

    return run


def _listed(command: Command, lines: Lines) -> Built:
    @app_commands.command(name="list", description=described(QUESTION_COMMANDS["list"]))
    @app_commands.describe(**_told("page"))
    async def run(
        interaction: Interaction, page: app_commands.Range[int, 1, 9999] | None = None
    ) -> None:
        await lines(interaction, command, (_said(page),))

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
    @app_commands.describe(**_told("kind"))
    @app_commands.rename(kind="format")
    @app_commands.choices(kind=choices(TEMPLATES))
    async def run(interaction: Interaction, kind: str = "md") -> None:
        await lines(interaction, command, (f"template {kind}",))

    return run


FORMS: Mapping[str, Form] = {
    "appeals": _appeals,
    "flags": _flags,
    "exclude": _exclude,
    "include": _include,
    "audit": _audit,
    "gaps": _gaps,
    "rules": _rules,
}
"""What becomes a command of the group; the entry `questions` becomes a group inside of it."""
