"""How commands are called here: `/ask drift` in a sentence of the core is `/coach ask drift`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

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

ELSEWHERE = " (or coach topics)"
"""What can be typed in a shell only."""


@dataclass(frozen=True)
class Dialect:
    """The one command of the app, with its slash, and the names that may follow it."""

    command: str
    names: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def of(cls, command: str, names: Iterable[str]) -> "Dialect":
        """Return the dialect for a command and the names of the command table."""
        return cls(command, frozenset(names))

    def spoken(self, text: str) -> str:
        """Return a sentence with its commands as they are typed here."""
        return self._named.sub(rf"{self.command} \1", text.replace(ELSEWHERE, ""))

    def translated(self, reply: Reply) -> Reply:
        """Return the reply with its commands as they are typed here; quotes stay as they are."""
        return replace(reply, blocks=tuple(map(self._block, reply.blocks)))

    @cached_property
    def _named(self) -> re.Pattern[str]:
        names = "|".join(sorted(map(re.escape, self.names), key=len, reverse=True))
        return re.compile(rf"(?<![\w/.])/({names or '(?!)'})\b(?![/.]\w)")

    def _block(self, block: Block) -> Block:
        match block:
            case Heading(text) | Paragraph(text):
                return replace(block, text=self.spoken(text))
            case Items(lines):
                return Items(tuple(map(self.spoken, lines)))
            case Point(note=str(note)):
                return replace(block, note=self.spoken(note))
            case Contrast():
                return replace(block, reasons=tuple(map(self.spoken, block.reasons)))
            case Bars(rows):
                return Bars(tuple(self._row(row) for row in rows))
        return block

    def _row(self, row: Bar) -> Bar:
        return replace(row, note=self.spoken(row.note))
