"""Commands and moments that a sentence names, as values that each platform says in its own way.

Inside of a text a reference or a moment stands between noncharacters, which Unicode keeps for use
within a program. No text of people brings them along: `storable`, `shortened` and `readable` drop
them.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
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

_OPENS, _GAP, _CLOSES, _AT, _ON, _TOLD = sorted(NONCHARACTERS)[:6]
_NAMED: Final = re.compile(
    f"{_OPENS}(?P<line>[^{_OPENS}{_CLOSES}]*){_CLOSES}"
    f"|{_AT}(?P<at>[0-9]{{1,11}})(?P<soon>~?){_ON}(?P<wall>[^{_AT}{_TOLD}]*){_TOLD}"
)


@dataclass(frozen=True)
class CommandRef:
    """A command of the table by its name, with what may be typed behind it, without the slash."""

    line: str

    def __str__(self) -> str:
        """Return the reference as it stands inside of a text, where it is not torn apart."""
        return f"{_OPENS}{_GAP.join(without_noncharacters(self.line).split())}{_CLOSES}"


@dataclass(frozen=True)
class Moment:
    """A moment that is told; `wall` is how a clock on the wall of its channel shows it.

    One that comes `soon` is told as what is left until then, and so is its `wall`.
    """

    at: datetime
    wall: str
    soon: bool = False

    def __str__(self) -> str:
        """Return the moment as it stands inside of a text."""
        soon = "~" if self.soon else ""
        return (
            f"{_AT}{int(self.at.timestamp())}{soon}{_ON}{without_noncharacters(self.wall)}{_TOLD}"
        )


ref = CommandRef
"""How sentences name a command: `f"{ref('ask drift')} asks about drift."`"""

Say = Callable[[CommandRef], str]
"""Says a command as it is called on a platform."""

Tell = Callable[[Moment], str]
"""Tells a moment as a platform does, by the reader's own clock where it can."""


Speak = Callable[[str], str]
"""Returns a text in which what it names stands as it is said somewhere."""


def typed(command: CommandRef) -> str:
    """Return a command as it is typed at a terminal."""
    return f"/{command.line}"


def on_the_wall(moment: Moment) -> str:
    """Return a moment as the clock of its channel shows it."""
    return moment.wall


def spans(text: str) -> Iterator[str | CommandRef | Moment]:
    """Yield what a text consists of, in its order: words, and what is named in it."""
    end = 0
    for found in _NAMED.finditer(text):
        yield without_noncharacters(text[end : found.start()])
        if found["at"]:
            at = datetime.fromtimestamp(int(found["at"]), UTC)
            yield Moment(at, found["wall"], soon=bool(found["soon"]))
        else:
            yield CommandRef(without_noncharacters(found["line"].replace(_GAP, " ")))
        end = found.end()
    yield without_noncharacters(text[end:])


def spoken(text: str, say: Say = typed, tell: Tell = on_the_wall) -> str:
    """Return a text in which each command and moment stands as it is said somewhere."""
    return "".join(_one(part, say, tell) for part in spans(text))


def _one(part: str | CommandRef | Moment, say: Say, tell: Tell) -> str:
    match part:
        case CommandRef():
            return say(part)
        case Moment():
            return tell(part)
    return part


def with_commands(reply: Reply, say: Say = typed, tell: Tell = on_the_wall) -> Reply:
    """Return the reply with commands and moments as they are said somewhere; quotes stay."""
    speak = partial(spoken, say=say, tell=tell)
    return replace(reply, blocks=tuple(_spoken(block, speak) for block in reply.blocks))


def _spoken(block: Block, speak: Speak) -> Block:
    match block:
        case Paragraph():
            return replace(block, text=speak(block.text), typed=speak(block.typed))
        case Heading():
            return Heading(speak(block.text))
        case Items(lines):
            return Items(tuple(speak(line) for line in lines))
        case Point() | Contrast() | Bars():
            return _measured(block, speak)
    return block


def _measured(block: Point | Contrast | Bars, speak: Speak) -> Block:
    match block:
        case Point():
            return replace(block, note=speak(block.note)) if block.note else block
        case Contrast():
            return replace(block, reasons=tuple(speak(each) for each in block.reasons))
        case Bars(rows):
            return Bars(tuple(_row(row, speak) for row in rows))


def _row(row: Bar, speak: Speak) -> Bar:
    return replace(row, note=speak(row.note))
