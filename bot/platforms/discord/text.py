"""Text under Discord's rules: what it would format, and what can be clicked on. Pure."""

import re
from collections.abc import Mapping

from bot.core.command_refs import CommandRef, Moment, spans, typed
from bot.core.safe_text import readable
from bot.platforms.discord.names import on_discord

_FORMATS = re.compile(r"[\\`*_~|<\[]|:(?=/)")
"""What begins formatting, a mention, a masked link or an address, anywhere in a line."""

_BEGINS_LINE = re.compile(r"(?m)^(\s*)([-+#>]|\d+(?=[.)]))")
"""What makes a heading, a quote, an aside or a list of a line."""

_NO_MENTION = "@\u200b"


def escaped(text: str) -> str:
    """Return somebody's text so that it is shown as written, formats nothing and pings nobody.

    What commands a screen goes: controls, marks that turn the reading direction, towers of marks.
    """
    clean = readable(text, "\n")
    shown = _FORMATS.sub(lambda found: f"\\{found[0]}", clean)
    shown = _BEGINS_LINE.sub(_as_text, shown)
    return shown.replace("@", _NO_MENTION)


def one_line(text: str) -> str:
    """Return somebody's text escaped, on one line."""
    return escaped(flat(text))


def flat(text: str) -> str:
    """Return a text on one line."""
    return " ".join(text.split())


def prose(text: str, commands: Mapping[str, int]) -> str:
    """Return a text of the coach escaped, with its commands to click on and its moments.

    Args:
        text: what the coach says.
        commands: the id that Discord gave each command, by its name; one of a group has more words.
    """
    return "".join(_said(part, commands) for part in spans(text))


def _said(part: str | CommandRef | Moment, commands: Mapping[str, int]) -> str:
    match part:
        case CommandRef():
            return _to_click_on(part, commands)
        case Moment():  # shown by each reader's own clock
            return f"<t:{int(part.at.timestamp())}:{'R' if part.soon else 'f'}>"
    return escaped(part)


def _to_click_on(command: CommandRef, commands: Mapping[str, int]) -> str:
    """Return a command to click on, with what may follow it; as it is typed, if unknown."""
    words = command.line.split()
    named = on_discord(words, commands)
    if named is None:
        return escaped(typed(command))
    name, count = named
    return " ".join([f"</{name}:{commands[name]}>", *map(escaped, words[count:])])


def _as_text(found: re.Match[str]) -> str:
    """Return what begins a line so that it stays text."""
    space, mark = found[1], found[2]
    return f"{space}{mark}\\" if mark.isdigit() else f"{space}\\{mark}"
