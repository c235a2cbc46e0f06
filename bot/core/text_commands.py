"""The text form of commands: what can be typed behind a name, read by what the parameters say.

Flags by their names, choices by their values and synonyms, integers and switches; what is left goes
to the one text. Case and spaces do not matter, nor does the order of what stands before the text.
What was given already is not read again: it belongs to the text, as in `flag wrong unclear words`.
"""

import difflib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

from bot.core.accounts.model import PlatformUser
from bot.core.command_refs import ref
from bot.core.commands import Command, Kind, Parameter, Request, Value, Values
from bot.core.communities.model import Place
from bot.core.errors import UsageError
from bot.core.words.phrases import shortened

LONGEST_NAME: Final = 2
"""Words in the name of a command."""

LONGEST_OPTION: Final = 3
"""Words that one option takes."""

NEAR: Final = 0.6
"""Similarity from which a mistyped name is likely the one that was meant."""

LONGEST_MISTYPED: Final = 40
"""Characters of a name that are compared; no command has half of them."""

LAST: Final = frozenset({Kind.TEXT, Kind.FILE, Kind.PATH})
"""What takes all that is left."""

ON: Final = frozenset({"on", "yes", "true"})
OFF: Final = frozenset({"off", "no", "false"})

_INTEGER = re.compile(r"#?([0-9]{1,9})")


def table_of(commands: Iterable[Command]) -> dict[str, Command]:
    """Return the commands by their names."""
    return {command.name: command for command in commands}


def found(table: Mapping[str, Command], line: str) -> tuple[Command, str] | None:
    """Return the command that a line names, the longest name first, and what stands behind it."""
    for length in range(LONGEST_NAME, 0, -1):
        words = line.split(maxsplit=length)
        command = _named(table, " ".join(words[:length]).casefold())
        if command is not None:
            return command, words[length] if len(words) > length else ""
    return None


def nearest(name: str, names: Collection[str]) -> str:
    """Return the name that was probably meant by one that is none; empty where none is near."""
    near = difflib.get_close_matches(name[:LONGEST_MISTYPED].casefold(), names, n=1, cutoff=NEAR)
    return near[0] if near else ""


def ordered(
    table: Mapping[str, Command], line: str, user: PlatformUser, place: Place | None
) -> tuple[Command, Request] | None:
    """Return the command that a line names and the request that it makes, None for no command.

    Raises:
        CoachError: it is not for them there, or what stands behind the name cannot be read.
    """
    named = found(table, line)
    if named is None:
        return None
    command, typed = named
    command.permit(place)
    return command, Request(user, place, read(command, typed))


def read(command: Command, typed: str) -> Values:
    """Return the values that were typed behind the name of a command.

    Raises:
        UsageError: something means nothing there, or something that is needed is missing.
        CoachError: as the command's own reader does.
    """
    if command.syntax is not None:
        return command.syntax.read(typed)
    values: dict[str, Value] = {}
    rest = typed.strip()
    while rest and (option := _option(command, rest, values)) is not None:
        name, value, rest = option
        values[name] = value
    if rest:
        last = next((each for each in command.parameters if each.kind in LAST), None)
        if last is None:
            raise unreadable(command, typed)
        values[last.name] = rest
    if any(each.required and each.name not in values for each in command.parameters):
        raise unreadable(command, typed)
    return values


def usage_of(command: Command) -> str:
    """Return what may follow the name, such as `[topic] [picture]`."""
    if command.syntax is not None:
        return command.syntax.usage
    return " ".join(_usage(each) for each in command.parameters if not each.hidden)


def typed_as(command: Command) -> str:
    """Name a command, with what may follow its name."""
    return f"{ref(command.name)} {usage_of(command)}".rstrip()


def unreadable(command: Command, typed: str) -> UsageError:
    """Refuse what cannot be read behind the name of a command."""
    said = f"I cannot read {shortened(typed)!r}" if typed.strip() else "Something is missing"
    return UsageError(typed, f"{said} behind {ref(command.name)}. Type {typed_as(command)}.")


def _named(table: Mapping[str, Command], name: str) -> Command | None:
    aliased = (each for each in table.values() if name in each.aliases)
    return table.get(name) or next(aliased, None)


def _option(command: Command, typed: str, given: Values) -> tuple[str, Value, str] | None:
    """Return the option that a text begins with, its value, and what is left."""
    for length in range(LONGEST_OPTION, 0, -1):
        words = typed.split(maxsplit=length)
        head = " ".join(words[:length]).casefold()
        for parameter in command.parameters:
            value = None if parameter.name in given else _value(parameter, head)
            if value is not None:
                return parameter.name, value, words[length] if len(words) > length else ""
    return None


def _value(parameter: Parameter, head: str) -> Value | None:
    """Return the value that these words give to a parameter, None where they give none."""
    names = (parameter.name, *parameter.aliases)
    behind = next((head[len(n) + 1 :] for n in names if head.startswith(f"{n} ")), None)
    match parameter.kind:
        case Kind.FLAG if head in names:
            return True
        case Kind.SWITCH if behind in ON | OFF:
            return behind in ON
        case Kind.CHOICE:
            return next((v for word, v in _choices(parameter) if head == word), None)
        case Kind.INTEGER:
            unnamed = None if parameter.named else head
            number = _INTEGER.fullmatch(behind or unnamed or "")
            return int(number.group(1)) if number else None
    return None


def _choices(parameter: Parameter) -> Iterator[tuple[str, str]]:
    yield from ((value, value) for value in parameter.choices)
    yield from parameter.synonyms.items()


def _usage(parameter: Parameter) -> str:
    name = parameter.usage or parameter.name
    shown = {
        Kind.INTEGER: f"{name} NUMBER" if parameter.named else parameter.usage or "NUMBER",
        Kind.SWITCH: f"{name} on | off",
        Kind.CHOICE: " | ".join(parameter.choices),
        Kind.FILE: "FILE",
        Kind.PATH: "FILE",
    }.get(parameter.kind, name)
    return shown if parameter.required or shown.startswith("[") else f"[{shown}]"
