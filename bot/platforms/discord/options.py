"""Native commands and options, made of the parameters of the command table."""

import inspect
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any, Final

import discord
from discord import app_commands

from bot.core.calendar.timezones import zones_near
from bot.core.commands import Command, Complete, Kind, Parameter, Value, Values
from bot.core.errors import CoachError
from bot.platforms.discord.handling import Handling
from bot.platforms.discord.limits import AUTOCOMPLETE_CHOICES, CHOICE, COMMAND_DESCRIPTION
from bot.platforms.discord.people import Interaction, place_of, user_of
from bot.platforms.discord.words import OPTIONS

Built = app_commands.Command[Any, ..., Any]

TAKES: Final = {
    Kind.TEXT: str,
    Kind.CHOICE: str,
    Kind.FLAG: bool,
    Kind.SWITCH: bool,
    Kind.MEMBER: discord.User,
    Kind.FILE: discord.Attachment,
}
"""What discord.py calls what a parameter takes; an integer has its range, a path is for no chat."""

log = logging.getLogger(__name__)


Files = Mapping[str, discord.Attachment]
"""What came with a command, by the names of parameters."""

Run = Callable[[Interaction, Values, Files], Awaitable[None]]
"""Runs a command with what was chosen on Discord."""


def built(handling: Handling, command: Command, run: Run, name: str = "") -> Built:
    """Return the slash command of an entry of the table, under its name or another one.

    What it needs may be left out where a form asks for it.
    """
    shown = {_identifier(each): each for each in offered(command)}

    async def callback(interaction: Interaction, **given: object) -> None:
        chosen = {shown[key].name: value for key, value in given.items() if value is not None}
        files = {n: each for n, each in chosen.items() if isinstance(each, discord.Attachment)}
        values = {n: _value(each) for n, each in chosen.items() if n not in files}
        await run(interaction, values, files)

    first = inspect.Parameter("interaction", inspect.Parameter.POSITIONAL_OR_KEYWORD)
    needed = {key for key, each in shown.items() if each.required and command.form is None}
    options = [_option(key, each, required=key in needed) for key, each in shown.items()]
    callback.__signature__ = inspect.Signature([first, *options])  # type: ignore[attr-defined]
    for decorate in _decorators(handling, shown):
        decorate(callback)
    return app_commands.Command(
        name=name or command.name, description=described(command.summary), callback=callback
    )


def offered(command: Command) -> tuple[Parameter, ...]:
    """Return the parameters that are options on Discord: no paths; required ones first."""
    shown = (each for each in command.parameters if not each.hidden)
    found = (each for each in shown if each.kind is not Kind.PATH)
    return tuple(sorted(found, key=lambda each: not each.required))


def described(text: str) -> app_commands.locale_str:
    """Return a description that fits and can be translated."""
    fits = text if len(text) <= COMMAND_DESCRIPTION else f"{text[: COMMAND_DESCRIPTION - 1]}…"
    return app_commands.locale_str(fits)


def options(*names: str) -> Mapping[str, app_commands.locale_str]:
    """Return what the options mean that are on Discord alone."""
    return {name: described(OPTIONS[name]) for name in names}


def choices(labels: Mapping[str, str]) -> list[app_commands.Choice[str]]:
    """Return choices from values to their labels."""
    return [
        app_commands.Choice(name=app_commands.locale_str(label), value=value)
        for value, label in labels.items()
    ]


async def cities(_: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """Return zones while somebody types a city."""
    zones = zones_near(typed[:CHOICE], AUTOCOMPLETE_CHOICES)
    return _fitting((zone.replace("_", " "), zone) for zone in zones)


def _identifier(parameter: Parameter) -> str:
    return parameter.name.replace("-", "_")


def _value(given: object) -> Value:
    if isinstance(given, str | int | bool):
        return given
    assert isinstance(given, discord.User | discord.Member)  # noqa: S101 nothing else is asked for
    return str(given.id)


def _option(key: str, parameter: Parameter, *, required: bool) -> inspect.Parameter:
    takes: Any = (
        app_commands.Range[int, parameter.least, parameter.most]
        if parameter.kind is Kind.INTEGER
        else TAKES[parameter.kind]
    )
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    if required:
        return inspect.Parameter(key, kind, annotation=takes)
    return inspect.Parameter(key, kind, default=None, annotation=takes | None)


def _decorators(
    handling: Handling, shown: Mapping[str, Parameter]
) -> Iterable[Callable[[Any], object]]:
    """Return what tells discord.py the rest about the options."""
    yield app_commands.describe(**{key: described(each.help) for key, each in shown.items()})
    yield app_commands.rename(**{key: each.name for key, each in shown.items()})
    yield app_commands.choices(
        **{key: choices(each.choices) for key, each in shown.items() if each.choices}
    )
    yield app_commands.autocomplete(
        **{
            key: _offer(handling, each.complete)
            for key, each in shown.items()
            if each.complete is not None
        }
    )


def _offer(handling: Handling, complete: Complete) -> Any:
    async def offer(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        user, place = user_of(interaction.user), place_of(interaction)
        try:
            return _fitting(
                await handling.threads.call(
                    lambda: complete(user, place, typed[:CHOICE], AUTOCOMPLETE_CHOICES)
                )
            )
        except CoachError:
            log.exception("nothing could be offered while somebody typed")
            return []

    return offer


def _fitting(found: Iterable[tuple[str, str]]) -> list[app_commands.Choice[str]]:
    return [
        app_commands.Choice(name=label[:CHOICE], value=value[:CHOICE]) for label, value in found
    ]
