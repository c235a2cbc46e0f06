"""Every text of the slash commands that can be translated, each at its path. Pure.

A path reads like `coach.commands.setup.options.time.name`: commands and options by the names that
people see, choices by the words they stand for. What is in the menu of a message is at
`menus.Its name in English.name`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from discord import app_commands

from bot.platforms.discord.limits import CHOICE, COMMAND_DESCRIPTION, COMMAND_NAME

AnyCommand = app_commands.Command[Any, ..., Any] | app_commands.Group
Listed = AnyCommand | app_commands.ContextMenu
Path = tuple[str, ...]

NAME, DESCRIPTION = "name", "description"
COMMANDS, OPTIONS, CHOICES, MENUS = "commands", "options", "choices", "menus"

_NAME = re.compile(r"[-'\w\u0900-\u097f\u0e00-\u0e7f]+")
"""Discord's own pattern of names; beside letters and digits, what Devanagari and Thai are of."""


class Kind(StrEnum):
    """What a text is, which decides what it may look like."""

    NAME = NAME
    MENU = "menu"
    DESCRIPTION = DESCRIPTION
    CHOICE = "choice"

    @property
    def longest(self) -> int:
        """How many characters it may have."""
        limits = {
            Kind.NAME: COMMAND_NAME,
            Kind.MENU: COMMAND_NAME,
            Kind.DESCRIPTION: COMMAND_DESCRIPTION,
        }
        return limits.get(self, CHOICE)

    @property
    def names(self) -> bool:
        """Whether no two that stand beside each other may be the same."""
        return self in {Kind.NAME, Kind.MENU}

    def takes(self, text: str) -> bool:
        """Whether Discord takes the text as one of this kind."""
        if not 0 < len(text) <= self.longest or text != text.strip():
            return False
        return self is not Kind.NAME or (_NAME.fullmatch(text) is not None and text == text.lower())


class Term(NamedTuple):
    """A text that can be translated: where it stands, what it is, and in English."""

    path: Path
    kind: Kind
    text: str

    @property
    def siblings(self) -> Path:
        """The path of what must not have the same name."""
        return self.path[:-2]


def terms_of(commands: Iterable[Listed]) -> Iterator[Term]:
    """Return the terms of the commands, in the order in which they stand; menus come last."""
    commands = tuple(commands)
    for command in every(commands):
        path = path_of(command)
        yield Term((*path, NAME), Kind.NAME, command.name)
        yield Term((*path, DESCRIPTION), Kind.DESCRIPTION, command.description)
        for option in options_of(command):
            path = path_of_option(option)
            yield Term((*path, NAME), Kind.NAME, option.display_name)
            yield Term((*path, DESCRIPTION), Kind.DESCRIPTION, option.description)
            for choice in option.choices:
                yield Term(path_of_choice(option, choice), Kind.CHOICE, choice.name)
    for menu in commands:
        if isinstance(menu, app_commands.ContextMenu):
            yield Term(path_of_menu(menu), Kind.MENU, menu.name)


def every(commands: Iterable[Listed]) -> Iterator[AnyCommand]:
    """Return the commands and those in groups, each group before what is in it."""
    for command in commands:
        if not isinstance(command, app_commands.ContextMenu):
            yield command
        if isinstance(command, app_commands.Group):
            yield from every(command.commands)


def options_of(command: AnyCommand) -> Sequence[app_commands.Parameter]:
    """Return the options of a command; a group has none."""
    return () if isinstance(command, app_commands.Group) else command.parameters


def path_of(command: AnyCommand) -> Path:
    """Return where a command stands."""
    first, *inner = command.qualified_name.split()
    return (first, *(part for name in inner for part in (COMMANDS, name)))


def path_of_menu(menu: app_commands.ContextMenu) -> Path:
    """Return where the name of an entry in a menu stands."""
    return (MENUS, menu.name, NAME)


def path_of_option(option: app_commands.Parameter) -> Path:
    """Return where an option stands."""
    return (*path_of(option.command), OPTIONS, option.display_name)


def path_of_choice(option: app_commands.Parameter, choice: app_commands.Choice[Any]) -> Path:
    """Return where a choice stands."""
    return (*path_of_option(option), CHOICES, str(choice.value))
