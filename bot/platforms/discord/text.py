"""Text under Discord's rules: what it counts, what it would format, where it may be cut. Pure."""

import re
from collections.abc import Callable, Iterator, Mapping

from bot.core.display import cut, readable
from bot.platforms.discord.moved import named_here

Dress = Callable[[str], str]
"""Makes a piece of plain text ready to be sent; what it adds counts."""

_FORMATS = re.compile(r"[\\`*_~|<\[]|:(?=/)")
"""What begins formatting, a mention, a masked link or an address, anywhere in a line."""

_BEGINS_LINE = re.compile(r"(?m)^(\s*)([-+#>]|\d+(?=[.)]))")
"""What makes a heading, a quote, an aside or a list of a line."""

_COMMAND = re.compile(r"(?<![\w/<])/([a-z][a-z-]*(?: [a-z][a-z-]*){0,2})(?![\w/])")

_SENTENCE_END = re.compile(r"(?<=[.!?…。！？])\s+|\n+")
_SPACE = re.compile(r"\s+")

_NO_MENTION = "@\u200b"


def size(text: str) -> int:
    """Return how long Discord may find a text: in UTF-16, where an emoji counts twice."""
    return len(text) + sum(char > "\uffff" for char in text)


def escaped(text: str) -> str:
    """Return somebody's text so that it is shown as written, formats nothing and pings nobody.

    What commands a screen goes: controls, marks that turn the reading direction, towers of marks.
    """
    clean = "\n".join(readable(line) for line in text.split("\n"))
    shown = _FORMATS.sub(lambda found: f"\\{found[0]}", clean)
    shown = _BEGINS_LINE.sub(_as_text, shown)
    return shown.replace("@", _NO_MENTION)


def one_line(text: str) -> str:
    """Return somebody's text escaped, on one line."""
    return escaped(" ".join(text.split()))


def prose(text: str, commands: Mapping[str, int]) -> str:
    """Return a text of the coach escaped, with its commands to click on, by their names here.

    Args:
        text: what the coach says.
        commands: the id that Discord gave each command, by its name; in a group it has more words.
    """
    parts, end = [], 0
    for found in _COMMAND.finditer(text):
        if named := named_here(found[1], commands):
            path, said = named
            shown = f"</{path}:{commands[path]}>" if path in commands else f"/{path}"
            parts += [escaped(text[end : found.start()]), shown]
            end = found.start() + 1 + len(said)
    return "".join([*parts, escaped(text[end:])])


def pieces(text: str, most: int, dress: Dress = escaped) -> Iterator[str]:
    """Yield the text dressed, in pieces of at most so many characters.

    It is cut at the end of a sentence, else between words, else between characters.
    """
    yield from _split(text.strip(), most, dress, (_SENTENCE_END, _SPACE))


def _split(
    text: str, most: int, dress: Dress, borders: tuple[re.Pattern[str], ...]
) -> Iterator[str]:
    if size(dress(text)) <= most:
        yield dress(text)
    elif not borders:
        yield from _hard(text, most, dress)
    else:
        for run in _runs(text, most, dress, borders[0]):
            yield from _split(run, most, dress, borders[1:])


def _runs(text: str, most: int, dress: Dress, border: re.Pattern[str]) -> Iterator[str]:
    """Yield stretches between borders, as many together as fit; one alone may be too long."""
    begin = end = 0
    for found in (*border.finditer(text), None):
        stop = found.start() if found else len(text)
        if end > begin and size(dress(text[begin:stop])) > most:
            yield text[begin:end].strip()
            begin = end
        end = stop
    yield text[begin:].strip()


def _hard(text: str, most: int, dress: Dress) -> Iterator[str]:
    """Yield as many characters as fit, again and again."""
    while text:
        low, high = 1, min(len(text), most)
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if size(dress(text[:middle])) <= most else (low, middle - 1)
        head = cut(text, low) or text[:low]
        yield dress(head)
        text = text[len(head) :].lstrip()


def _as_text(found: re.Match[str]) -> str:
    """Return what begins a line so that it stays text."""
    space, mark = found[1], found[2]
    return f"{space}{mark}\\" if mark.isdigit() else f"{space}\\{mark}"
