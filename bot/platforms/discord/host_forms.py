"""Native options for what hosts do, turned into the words behind the commands of the table."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol

import discord
from discord import app_commands

from bot.core.reply import Reply
from bot.core.wording.discord import COACH_COMMANDS, DECISIONS, ON_OFF
from bot.platforms.discord.forms import Built, choices, described, options
from bot.platforms.discord.handling import Handling
from bot.platforms.discord.people import Interaction, place_of, user_of

LARGEST_NUMBER = 999_999_999
"""The core takes numbers of nine digits; larger ones fit into no column of a database."""

LARGEST_PAGE = 10_000

Number = app_commands.Range[int, 1, LARGEST_NUMBER]
Page = app_commands.Range[int, 1, LARGEST_PAGE]


class Lines(Protocol):
    """Runs a command of the table once for each of the words, and shows what all runs say."""

    def __call__(
        self,
        interaction: Interaction,
        name: str,
        *every: str,
        file: discord.Attachment | None = None,
    ) -> Awaitable[None]:
        """Run it; the file is what the person brought."""
        ...


Form = Callable[[Lines], Built]


def host_lines(handling: Handling) -> Lines:
    """Return what runs the commands of the table for hosts; the core asks whether they may."""

    async def lines(
        interaction: Interaction,
        name: str,
        *every: str,
        file: discord.Attachment | None = None,
    ) -> None:
        user, place = user_of(interaction.user), place_of(interaction)
        command = handling.desk.commands[name]
        await handling.run(
            interaction,
            lambda: together([command.run(user, place, words) for words in every]),
            file,
        )

    return lines


def together(replies: list[Reply]) -> Reply:
    """Return one reply that says what all of them say."""
    first, *more = replies
    if not more:
        return first
    return Reply(tuple(block for reply in replies for block in reply.blocks))


def _described(name: str) -> app_commands.locale_str:
    return described(COACH_COMMANDS[name])


def _appeals(lines: Lines) -> Built:
    @app_commands.command(name="appeals", description=_described("appeals"))
    @app_commands.describe(
        **options("decision", "number"), reason=options("to_learner")["to_learner"]
    )
    @app_commands.choices(decision=choices(DECISIONS))
    async def run(
        interaction: Interaction,
        decision: str = "",
        number: Number | None = None,
        reason: str = "",
    ) -> None:
        act, _, anyway = decision.partition(" ")
        more = reason if act == "decline" else anyway
        await lines(interaction, "appeals", _spaced(act, number, more))

    return run


def _flags(lines: Lines) -> Built:
    @app_commands.command(name="flags", description=_described("flags"))
    @app_commands.describe(**options("done"))
    async def run(interaction: Interaction, done: Number | None = None) -> None:
        await lines(interaction, "flags", f"done {done}" if done else "")

    return run


def _exclude(lines: Lines) -> Built:
    @app_commands.command(name="exclude", description=_described("exclude"))
    @app_commands.describe(**options("member", "name", "answer", "reason", "answers"))
    async def run(
        interaction: Interaction,
        member: discord.User | None = None,
        name: str = "",
        answer: Number | None = None,
        reason: str = "",
        answers: bool = False,  # noqa: FBT001, FBT002 an option of the command
    ) -> None:
        people = _people(member, name)
        if answers:
            every = [f"answers {person}" for person in people]
        else:
            named = [*people, *_answers(answer)]
            every = [f"{each}, {reason}" if reason else each for each in named]
        await lines(interaction, "exclude", *(every or [""]))

    return run


def _include(lines: Lines) -> Built:
    @app_commands.command(name="include", description=_described("include"))
    @app_commands.describe(**options("member", "name", "answer"))
    async def run(
        interaction: Interaction,
        member: discord.User | None = None,
        name: str = "",
        answer: Number | None = None,
    ) -> None:
        named = [*_people(member, name), *_answers(answer)]
        if named:
            await lines(interaction, "include", *named)
        else:
            await lines(interaction, "exclude", "")  # whom one could name

    return run


def _rules(lines: Lines) -> Built:
    @app_commands.command(name="rules", description=_described("rules"))
    @app_commands.describe(**options("staff", "season", "keep"))
    @app_commands.choices(staff=choices(ON_OFF))
    async def run(
        interaction: Interaction, staff: str = "", season: str = "", keep: str = ""
    ) -> None:
        given = {"staff": staff, "season": season, "keep": keep}
        changes = [f"{name} {value}" for name, value in given.items() if value]
        await lines(interaction, "rules", *(changes or [""]))

    return run


def _gaps(lines: Lines) -> Built:
    @app_commands.command(name="gaps", description=_described("gaps"))
    async def run(interaction: Interaction) -> None:
        await lines(interaction, "gaps", "")

    return run


def _audit(lines: Lines) -> Built:
    @app_commands.command(name="audit", description=_described("audit"))
    @app_commands.describe(page=options("list_page")["list_page"])
    async def run(interaction: Interaction, page: Page | None = None) -> None:
        await lines(interaction, "audit", _spaced(page))

    return run


def _spaced(*parts: object) -> str:
    return " ".join(str(part) for part in parts if part)


def _people(member: discord.User | None, name: str) -> list[str]:
    return [*([f"<@{member.id}>"] if member else []), *([name] if name else [])]


def _answers(number: int | None) -> list[str]:
    return [f"answer {number}"] if number else []


FORMS: Mapping[str, Form] = {
    "appeals": _appeals,
    "flags": _flags,
    "exclude": _exclude,
    "include": _include,
    "rules": _rules,
    "gaps": _gaps,
    "audit": _audit,
}
"""By the name of the command of the table."""
