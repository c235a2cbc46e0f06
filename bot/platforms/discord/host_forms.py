"""Native options for what hosts do, turned into the words behind a command of the table.

On Discord these commands live in the group of hosts, beside the daily question; what the coach says
about them leads there, see `names`.
"""

from collections.abc import Callable, Mapping

import discord
from discord import app_commands

from bot.core.commands import Command
from bot.platforms.discord.forms import Built, Lines, choices, described, options
from bot.platforms.discord.host_words import DECISIONS, GROUP, OPTIONS
from bot.platforms.discord.people import Interaction

Number = app_commands.Range[int, 1, 999_999_999]
Form = Callable[[Command, Lines], Built]


def hosts_built(command: Command, lines: Lines) -> Built:
    """Return the command of the group for an entry of the table."""
    return FORMS[command.name](command, lines)


def told(*names: str) -> Mapping[str, app_commands.locale_str]:
    """Return what the options of hosts mean."""
    return options(*names, texts=OPTIONS)


def said(*parts: object) -> str:
    """Return what is given as one line; what is left out leaves no gap."""
    return " ".join(str(part).strip() for part in parts if part not in {None, ""})


def _appeals(command: Command, lines: Lines) -> Built:
    @app_commands.command(name=command.name, description=described(GROUP[command.name]))
    @app_commands.describe(**told("number", "decision", "reason"))
    @app_commands.choices(decision=choices(DECISIONS))
    async def run(
        interaction: Interaction, number: Number | None = None, decision: str = "", reason: str = ""
    ) -> None:
        act, _, more = decision.partition(" ")
        given = decision or number is not None
        words = said(act, number, more, reason if act == "decline" else "") if given else ""
        await lines(interaction, command, (words,))

    return run


def _flags(command: Command, lines: Lines) -> Built:
    @app_commands.command(name=command.name, description=described(GROUP[command.name]))
    @app_commands.describe(**told("done"))
    async def run(interaction: Interaction, done: Number | None = None) -> None:
        await lines(interaction, command, ("" if done is None else f"done {done}",))

    return run


def _exclude(command: Command, lines: Lines) -> Built:
    @app_commands.command(name=command.name, description=described(GROUP[command.name]))
    @app_commands.describe(**told("member", "name", "answer", "reason", "answers"))
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
    @app_commands.describe(**told("member", "name", "answer"))
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
    @app_commands.describe(**told("page"))
    async def run(interaction: Interaction, page: Number | None = None) -> None:
        await lines(interaction, command, (said(page),))

    return run


def _gaps(command: Command, lines: Lines) -> Built:
    @app_commands.command(name=command.name, description=described(GROUP[command.name]))
    async def run(interaction: Interaction) -> None:
        await lines(interaction, command, ("",))

    return run


def _rules(command: Command, lines: Lines) -> Built:
    @app_commands.command(name=command.name, description=described(GROUP[command.name]))
    @app_commands.describe(**told("staff", "season", "keep"))
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
