"""A Reply as plain text for people and programs: a block a line, no colour, no wrapping."""

from collections.abc import Iterator

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
from bot.platforms.terminal.marks import BAR_CELLS, MARKS, credited, filled, labelled, printable
from grading.grade import PointStatus


def as_text(reply: Reply) -> str:
    """Return the whole message, ending with a line break."""
    return "\n".join(line for block in with_commands(reply).blocks for line in _lines(block)) + "\n"


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(text):
            yield ""
            yield f"{printable(text)}"
        case Paragraph() | Markdown():
            yield printable(block.whole if isinstance(block, Paragraph) else block.text)
        case Prompt(text):
            yield f"Question: {printable(text)}"
        case Quote(text):
            yield f"  > {printable(text, one_line=True)}"
        case Score(value, band, label):
            verdict = label if label == band else f"{band} ({label})"
            yield f"Score: {percent(value)} [{_bar(value)}] {verdict}"
        case Point() | Credit() | Contrast():
            yield from _judged_lines(block)
        case Items(lines):
            yield from (f"- {printable(line)}" for line in lines)
        case Bars():
            yield from _bars_lines(block)


def _judged_lines(block: Point | Credit | Contrast) -> Iterator[str]:
    match block:
        case Point():
            yield from _point_lines(block)
        case Credit():
            yield from _point_lines(Point(block.status, credited(block)))
        case Contrast():
            yield from _contrast_lines(block)


def _point_lines(point: Point) -> Iterator[str]:
    yield f"{MARKS[point.status].sign} {point.status}: {printable(point.text)}"
    if point.evidence is not None:
        yield f"    you wrote: “{printable(point.evidence, one_line=True)}”"
    if point.note is not None:
        yield f"    {printable(point.note)}"


def _contrast_lines(contrast: Contrast) -> Iterator[str]:
    lines = [f"{label}: {text}" for label, text in labelled(contrast)]
    yield f"{MARKS[PointStatus.CONTRADICTED].sign} {lines[0]}"
    yield from (f"    {line}" for line in lines[1:])


def _bars_lines(bars: Bars) -> Iterator[str]:
    labels = [printable(row.label, one_line=True) for row in bars.rows]
    width = max(map(len, labels))
    for label, row in zip(labels, bars.rows, strict=True):
        bar = " " * BAR_CELLS if row.share is None else _bar(row.share)
        yield f"{label:{width}} [{bar}] {printable(row.note, one_line=True)}"


def _bar(share: float) -> str:
    return "#" * filled(share) + "." * (BAR_CELLS - filled(share))
