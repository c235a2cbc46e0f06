"""A Reply as rich renderables, for people at a terminal."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
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
from bot.platforms.terminal.marks import (
    BAND_COLOURS,
    BAR_CELLS,
    MARKS,
    filled,
    labelled,
    printable,
)
from grading.grade import PointStatus

INDENT = (0, 0, 0, 2)


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
        case Point() | Contrast():
            yield _point(block) if isinstance(block, Point) else _contrast(block)
        case Items(lines):
            yield _items(lines)
        case Bars():
            yield _bars(block)


def _score(score: Score) -> Text:
    colour = BAND_COLOURS[score.band]
    text = Text("\n")
    text.append_text(_bar(score.value, colour))
    text.append(f"  {score.value:.2f}", style=f"bold {colour}")
    return text.append(f"  {score.label}", style="bold")


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


def _bars(bars: Bars) -> Table:
    table = Table.grid(padding=(0, 2))
    for row in bars.rows:
        bar = Text("·" * BAR_CELLS, style="dim") if row.share is None else _bar(row.share, "cyan")
        label, note = (printable(text, one_line=True) for text in (row.label, row.note))
        table.add_row(Text(label), bar, Text(note, style="dim"))
    return table


def _bar(share: float, colour: str) -> Text:
    cells = filled(share)
    return Text("█" * cells, style=colour).append("░" * (BAR_CELLS - cells), style="dim")
