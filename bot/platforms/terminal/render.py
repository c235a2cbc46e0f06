"""A Reply as rich renderables, for people at a terminal."""

from collections.abc import Iterator

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.markdown import Markdown as RichMarkdown
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from bot.core.command_refs import with_commands
from bot.core.reply import (
    Bars,
    Block,
    Contrast,
    Credit,
    Heading,
    Items,
    Markdown,
    Paragraph,
    Point,
    Prompt,
    Quote,
    Reply,
    Score,
)
from bot.core.words.phrases import percent
from bot.platforms.terminal.marks import (
    BAND_COLOURS,
    BAR_CELLS,
    MARKS,
    credited,
    filled,
    labelled,
    printable,
)
from grading.grade import PointStatus

INDENT = (0, 0, 0, 2)

ROOM_FOR_BARS = 70
"""Columns in which a label, a bar and a note stand side by side without being squeezed."""


def as_renderable(reply: Reply) -> RenderableType:
    """Return the whole message for a rich console."""
    return Group(*(part for block in with_commands(reply).blocks for part in _parts(block)))


def _parts(block: Block) -> Iterator[RenderableType]:
    match block:
        case Heading(text):
            yield Text(f"\n{printable(text)}", style="bold")
        case Paragraph(quiet=quiet):
            yield Text(printable(block.whole), style="dim" if quiet else "")
        case Markdown(text):
            yield RichMarkdown(printable(text))
        case Prompt(text):
            yield Panel(Text(printable(text), style="bold"), border_style="cyan", padding=(0, 1))
        case Quote(text):
            yield Padding(Text(f"“{printable(text)}”", style="italic"), INDENT)
        case Score():
            yield _score(block)
        case Point() | Credit() | Contrast():
            yield _judged(block)
        case Items(lines):
            yield _items(lines)
        case Bars():
            yield _Rows(block)


def _score(score: Score) -> Text:
    colour = BAND_COLOURS[score.band]
    text = Text("\n")
    text.append_text(_bar(score.value, colour))
    text.append(f"  {percent(score.value)}", style=f"bold {colour}")
    return text.append(f"  {score.label}", style="bold")


def _judged(block: Point | Credit | Contrast) -> Table:
    match block:
        case Point():
            return _point(block)
        case Credit():
            return _point(Point(block.status, credited(block)))
        case Contrast():
            return _contrast(block)


def _point(point: Point) -> Table:
    mark = MARKS[point.status]
    row = Table.grid(padding=(0, 1))
    row.add_column(width=1)
    row.add_column()
    row.add_row(Text(mark.sign, style=f"bold {mark.colour}"), Text(printable(point.text)))
    if point.evidence is not None:
        evidence = printable(point.evidence, one_line=True)
        row.add_row("", Text(f"you wrote: “{evidence}”", style="italic dim"))
    if point.note is not None:
        row.add_row("", Text(printable(point.note), style=mark.colour))
    return row


def _contrast(contrast: Contrast) -> Table:
    mark = MARKS[PointStatus.CONTRADICTED]
    table = Table.grid(padding=(0, 1))
    table.add_column(width=1)
    table.add_column()
    for row, (label, text) in enumerate(labelled(contrast)):
        sign = "" if row else mark.sign
        line = Text.assemble((f"{label}: ", f"bold {mark.colour}"), text)
        table.add_row(Text(sign, style=f"bold {mark.colour}"), line)
    return table


def _items(lines: tuple[str, ...]) -> Table:
    table = Table.grid(padding=(0, 1))
    table.add_column(width=1)
    table.add_column()
    for line in lines:
        table.add_row(Text("•", style="cyan"), Text(printable(line)))
    return table


class _Rows:
    """A small chart: a row a line where there is room, else each bar below its label and note."""

    def __init__(self, bars: Bars) -> None:
        self._bars = bars

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if options.max_width < ROOM_FOR_BARS:
            yield from self._stacked()
            return
        table = Table.grid(padding=(0, 2))
        table.add_column()
        table.add_column(no_wrap=True, min_width=BAR_CELLS)
        table.add_column()
        for label, bar, note in self._parts():
            table.add_row(label, bar, note)
        yield table

    def _stacked(self) -> Iterator[RenderableType]:
        for label, bar, note in self._parts():
            yield Text.assemble(label, "  ", note)
            yield bar

    def _parts(self) -> Iterator[tuple[Text, Text, Text]]:
        for row in self._bars.rows:
            label, note = (printable(text, one_line=True) for text in (row.label, row.note))
            empty = Text("·" * BAR_CELLS, style="dim")
            bar = empty if row.share is None else _bar(row.share, "cyan")
            yield Text(label), bar, Text(note, style="dim")


def _bar(share: float, colour: str) -> Text:
    cells = filled(share)
    return Text("█" * cells, style=colour).append("░" * (BAR_CELLS - cells), style="dim")
