"""Commands that a sentence names, as values that each platform says as they are called there.

Inside of a text a reference stands between noncharacters, which Unicode keeps for use within a
program. No text of people brings them along: `storable`, `shortened` and `readable` drop them.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from bot.core.reply import (
    Bar,
    Bars,
    Block,
    Contrast,
    Heading,
    Items,
    Paragraph,
    Point,
    Reply,
)
from grading.text import NONCHARACTERS, without_noncharacters

_OPENS, _GAP, _CLOSES = sorted(NONCHARACTERS)[:3]
_REFERENCE: Final = re.compile(f"{_OPENS}([^{_OPENS}{_CLOSES}]*){_CLOSES}")


@dataclass(frozen=True)
class CommandRef:
    """A command of the table by its name, with what may be typed behind it, without the slash."""

    line: str

    def __str__(self) -> str:
        """Return the reference as it stands inside of a text, where it is not torn apart."""
        return f"{_OPENS}{_GAP.join(without_noncharacters(self.line).split())}{_CLOSES}"


ref = CommandRef
"""How sentences name a command: `f"{ref('ask drift')} asks about drift."`"""

Say = Callable[[CommandRef], str]
"""Says a command as it is called on a platform."""


def typed(command: CommandRef) -> str:
    """Return a command as it is typed at a terminal."""
    return f"/{command.line}"


def spans(text: str) -> Iterator[str | CommandRef]:
    """Yield what a text consists of, in its order: words, and the commands that it names."""
    end = 0
    for found in _REFERENCE.finditer(text):
        yield without_noncharacters(text[end : found.start()])
        yield CommandRef(without_noncharacters(found[1].replace(_GAP, " ")))
        end = found.end()
    yield without_noncharacters(text[end:])


def spoken(text: str, say: Say = typed) -> str:
    """Return a text in which each command stands as it is called somewhere."""
    return "".join(part if isinstance(part, str) else say(part) for part in spans(text))


def with_commands(reply: Reply, say: Say = typed) -> Reply:
    """Return the reply with its commands as they are called somewhere; quotes stay as they are."""
    return replace(reply, blocks=tuple(_spoken(block, say) for block in reply.blocks))


def _spoken(block: Block, say: Say) -> Block:
    match block:
        case Heading(text) | Paragraph(text):
            return replace(block, text=spoken(text, say))
        case Items(lines):
            return Items(tuple(spoken(line, say) for line in lines))
        case Point(note=str(note)):
            return replace(block, note=spoken(note, say))
        case Contrast():
            return replace(block, reasons=tuple(spoken(each, say) for each in block.reasons))
        case Bars(rows):
            return Bars(tuple(_row(row, say) for row in rows))
    return block


def _row(row: Bar, say: Say) -> Bar:
    return replace(row, note=spoken(row.note, say))
