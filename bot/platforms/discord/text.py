"""Text under Discord's rules: what it would format, and what can be clicked on. Pure."""

import re
from collections.abc import Mapping

from bot.core.safe_text import readable
from bot.platforms.discord.names import on_discord

_FORMATS = re.compile(r"[\\`*_~|<\[]|:(?=/)")
"""What begins formatting, a mention, a masked link or an address, anywhere in a line."""

_BEGINS_LINE = re.compile(r"(?m)^(\s*)([-+#>]|\d+(?=[.)]))")
"""What makes a heading, a quote, an aside or a list of a line."""

_COMMAND = re.compile(
    r"(?<![\w/<])/([a-z][a-z-]*)(?: ([a-z][a-z-]*)(?: ([a-z][a-z-]*))?)?(?![\w/])"
)

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
    return escaped(" ".join(text.split()))


def prose(text: str, commands: Mapping[str, int]) -> str:
    """Return a text of the coach escaped, with its commands to click on.

    Args:
        text: what the coach says.
        commands: the id that Discord gave each command, by its name; one of a group has more words.
    """
    parts, end = [], 0
    for found in _COMMAND.finditer(text):
        named = on_discord([word for word in found.groups() if word], commands)
        if named is not None:
            name, words = named
            parts += [escaped(text[end : found.start()]), f"</{name}:{commands[name]}>"]
            end = found.end(words)
    return "".join([*parts, escaped(text[end:])])


def _as_text(found: re.Match[str]) -> str:
    """Return what begins a line so that it stays text."""
    space, mark = found[1], found[2]
    return f"{space}{mark}\\" if mark.isdigit() else f"{space}\\{mark}"
