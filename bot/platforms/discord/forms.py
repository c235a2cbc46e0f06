"""Native options for the commands of the table, turned into the words behind a command.

A command without a form here still works: it takes its words in one option.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Protocol

import discord
from discord import app_commands

from bot.core.accounts.model import LATEST_DAY_START, MOST_REVIEWS_A_DAY
from bot.core.calendar.timezones import zones_near
from bot.core.commands import Command
from bot.core.interviews.rules import MOST_QUESTIONS
from bot.platforms.discord.limits import AUTOCOMPLETE_CHOICES, CHOICE, COMMAND_DESCRIPTION
from bot.platforms.discord.people import Interaction
from bot.platforms.discord.words import OPTIONS, PERIODS, PRIVACY, SCOPES, SHOWN_AS, STEPS


class Lines(Protocol):
    """Runs a command once for each of the words given and shows what the last run says."""

    def __call__(
        self,
        interaction: Interaction,
        command: Command,
        every: tuple[str, ...],
        file: discord.Attachment | None = None,
    ) -> Awaitable[None]:
        """Run it; the file is what the person brought."""
        ...


Built = app_commands.Command[Any, ..., Any]
Form = Callable[[Command, Lines], Built]


def built(command: Command, lines: Lines) -> Built:
    """Return the slash command of an entry of the table."""
    return FORMS.get(command.name, _words)(command, lines)


def described(text: str) -> app_commands.locale_str:
    """Return a description that fits and can be translated."""
    fits = text if len(text) <= COMMAND_DESCRIPTION else f"{text[: COMMAND_DESCRIPTION - 1]}…"
    return app_commands.locale_str(fits)


def options(
    *names: str, texts: Mapping[str, str] = OPTIONS
) -> Mapping[str, app_commands.locale_str]:
    """Return what the options of these names mean."""
    return {name: described(texts[name]) for name in names}


def choices(labels: Mapping[str, str]) -> list[app_commands.Choice[str]]:
    """Return choices from words to their labels."""
    return [
        app_commands.Choice(name=app_commands.locale_str(label), value=words)
        for words, label in labels.items()
    ]


async def cities(_: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """Return zones while somebody types a city."""
    zones = zones_near(typed[:CHOICE], AUTOCOMPLETE_CHOICES)
    return [app_commands.Choice(name=zone.replace("_", " "), value=zone) for zone in zones]


def _words(command: Command, lines: Lines) -> Built:
    if not command.usage:

        @app_commands.command(name=command.name, description=described(command.summary))
        async def bare(interaction: Interaction) -> None:
            await lines(interaction, command, ("",))

        return bare

    @app_commands.command(name=command.name, description=described(command.summary))
    @app_commands.describe(words=described(command.usage))
    async def run(interaction: Interaction, words: str = "") -> None:
        await lines(interaction, command, (words,))

    return run


def _settings(command: Command, lines: Lines) -> Built:
    @app_commands.command(name=command.name, description=described(command.summary))
    @app_commands.describe(**options("zone", "day_starts", "reviews", "reminders"))
    @app_commands.rename(day_starts="day-starts")
    @app_commands.autocomplete(zone=cities)
    async def run(
        interaction: Interaction,
        zone: str | None = None,
        day_starts: app_commands.Range[int, 0, LATEST_DAY_START] | None = None,
        reviews: app_commands.Range[int, 1, MOST_REVIEWS_A_DAY] | None = None,
        reminders: bool | None = None,  # noqa: FBT001 an option of the command
    ) -> None:
        given = {
            "zone": zone,
            "day-starts": day_starts,
            "reviews": reviews,
            "reminders": None if reminders is None else "on" if reminders else "off",
        }
        changes = tuple(f"{name} {value}" for name, value in given.items() if value is not None)
        await lines(interaction, command, changes or ("",))

    return run


def _privacy(command: Command, lines: Lines) -> Built:
    @app_commands.command(name=command.name, description=described(command.summary))
    @app_commands.describe(**options("what", "code"))
    @app_commands.choices(what=choices(PRIVACY))
    async def run(interaction: Interaction, what: str = "", code: str = "") -> None:
        await lines(interaction, command, (f"{what} {code}".strip() if what == "delete" else what,))

    return run


def _interview(command: Command, lines: Lines) -> Built:
    @app_commands.command(name=command.name, description=described(command.summary))
    @app_commands.describe(**options("topics", "questions", "step"))
    @app_commands.choices(step=choices(STEPS))
    async def run(
        interaction: Interaction,
        topics: str = "",
        questions: app_commands.Range[int, 1, MOST_QUESTIONS] | None = None,
        step: str = "",
    ) -> None:
        order = f"{topics} {questions or ''}".strip()
        await lines(interaction, command, (step or order,))

    return run


def _review(command: Command, lines: Lines) -> Built:
    @app_commands.command(name=command.name, description=described(command.summary))
    @app_commands.describe(**options("ahead"))
    async def run(interaction: Interaction, ahead: bool = False) -> None:  # noqa: FBT001, FBT002
        await lines(interaction, command, ("ahead" if ahead else "",))

    return run


def _link(command: Command, lines: Lines) -> Built:
    @app_commands.command(name=command.name, description=described(command.summary))
    @app_commands.describe(**options("code"))
    async def run(interaction: Interaction, code: str = "") -> None:
        await lines(interaction, command, (code,))

    return run


def _leaderboard(command: Command, lines: Lines) -> Built:
    @app_commands.command(name=command.name, description=described(command.summary))
    @app_commands.describe(**options("period", "scope", "page", "last"))
    @app_commands.choices(period=choices(PERIODS), scope=choices(SCOPES))
    async def run(
        interaction: Interaction,
        period: str = "month",
        scope: str = "community",
        page: app_commands.Range[int, 1, 10_000] | None = None,
        last: bool = False,  # noqa: FBT001, FBT002 an option of the command
    ) -> None:
        parts = [period, scope, "last" if last else "", f"page {page}" if page else ""]
        await lines(interaction, command, (" ".join(part for part in parts if part),))

    return run


def _visibility(command: Command, lines: Lines) -> Built:
    @app_commands.command(name=command.name, description=described(command.summary))
    @app_commands.describe(**options("shown_as", "quotes"))
    @app_commands.rename(shown_as="shown")
    @app_commands.choices(shown_as=choices(SHOWN_AS))
    async def run(
        interaction: Interaction,
        shown_as: str = "",
        quotes: bool | None = None,  # noqa: FBT001 an option of the command
    ) -> None:
        said = "" if quotes is None else f"quotes {'on' if quotes else 'off'}"
        await lines(interaction, command, tuple(filter(None, (shown_as, said))) or ("",))

    return run


FORMS: Mapping[str, Form] = {
    "settings": _settings,
    "privacy": _privacy,
    "interview": _interview,
    "review": _review,
    "link": _link,
    "leaderboard": _leaderboard,
    "visibility": _visibility,
}
