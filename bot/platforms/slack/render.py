"""A Reply as messages of Slack: Block Kit, and the same in plain text beside it.

Everything fits Slack's limits by construction. What is longer than a message goes on in the next;
what is longer than MOST_PAGES is named at the end. Prose and people's own words are rich text, in
which nothing can mention or format; only asides are mrkdwn, escaped.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

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
from bot.core.words.buttons import brief
from bot.core.words.phrases import percent
from bot.platforms.cutting import pieces, size
from bot.platforms.slack import rich
from bot.platforms.slack.buttons import plain, row
from bot.platforms.slack.dialect import Dialect
from bot.platforms.slack.limits import (
    FALLBACK,
    HEADER,
    MESSAGE_BLOCKS,
    PAGE,
    SECTION,
    VIEW_BLOCKS,
)
from bot.platforms.slack.marks import MARKS, bar, table
from bot.platforms.slack.rich import Json, Piece
from bot.platforms.slack.text import CHANNEL, fitted, readable, with_channels, without_dates
from bot.platforms.slack.words import BUT, NOTHING_TO_SHOW, WHY, left_out
from grading.grade import PointStatus

MOST_PAGES: Final = 4
"""An answer to a command may be sent in five parts; one is kept for what comes later."""


@dataclass(frozen=True)
class Message:
    """What is sent: blocks, and their words for notifications and screen readers."""

    text: str
    blocks: tuple[Json, ...]

    def arguments(self) -> dict[str, Any]:
        """Return it as keyword arguments of the Web API."""
        return {"text": self.text, "blocks": list(self.blocks)}


@dataclass(frozen=True)
class _Sized:
    block: Json
    words: str

    @property
    def units(self) -> int:
        return size(self.words)


def render(reply: Reply, dialect: Dialect, *, most_pages: int = MOST_PAGES) -> tuple[Message, ...]:
    """Return the messages that say what the reply says, in order; the last has the buttons."""
    spoken = dialect.translated(brief(reply))
    buttons = row(spoken)
    pages = list(_pages(_blocks(spoken.blocks), MESSAGE_BLOCKS - 2, PAGE))
    if len(pages) > most_pages:
        lost = len(pages) - most_pages
        pages = pages[:most_pages]
        pages[-1] = (*pages[-1], _aside(left_out(lost)))
    messages = [Message(_fallback(page), tuple(sized.block for sized in page)) for page in pages]
    if buttons:
        messages[-1] = replace(messages[-1], blocks=(*messages[-1].blocks, buttons))
    return tuple(messages)


def view_blocks(reply: Reply, dialect: Dialect, *, room: int = VIEW_BLOCKS) -> list[Json]:
    """Return the reply for a modal or for Home, in at most `room` blocks."""
    spoken = dialect.translated(brief(reply))
    buttons = row(spoken)
    pages = list(_pages(_blocks(spoken.blocks), room - 2, PAGE * MOST_PAGES))
    blocks = [sized.block for sized in pages[0]]
    if len(pages) > 1:
        blocks.append(_aside(left_out(len(pages) - 1)).block)
    return [*blocks, *([buttons] if buttons else [])]


def _pages(
    blocks: Iterable[_Sized], most_blocks: int, most_units: int
) -> Iterator[tuple[_Sized, ...]]:
    page: list[_Sized] = []
    units = 0
    for sized in blocks:
        if page and (len(page) == most_blocks or units + sized.units > most_units):
            yield tuple(page)
            page, units = [], 0
        page.append(sized)
        units += sized.units
    yield tuple(page) or (_aside(NOTHING_TO_SHOW),)


def _blocks(blocks: Iterable[Block]) -> Iterator[_Sized]:
    """Yield Slack's blocks; neighbouring rich text shares one as far as it fits."""
    held: list[Piece] = []
    for part in (part for block in blocks for part in _parts(block)):
        full = sum(piece.units + 1 for piece in held)
        if held and (isinstance(part, _Sized) or full + part.units > SECTION):
            yield _joined(held)
            held = []
        if isinstance(part, _Sized):
            yield part
        else:
            held.append(part)
    if held:
        yield _joined(held)


def _joined(held: list[Piece]) -> _Sized:
    return _Sized(rich.joined(held), "\n".join(piece.words for piece in held))


def _parts(block: Block) -> Iterator[Piece | _Sized]:
    match block:
        case Heading(text):
            yield from _heading(without_dates(readable(text, one_line=True)))
        case Paragraph(text, quiet):
            yield from _asides(text) if quiet else rich.paragraphs(text)
        case Prompt(text):
            yield from rich.paragraphs(text, "bold")
        case Markdown(text):
            yield from rich.markdown(text)
        case Quote(text):
            yield from rich.quote(text)
        case Score():
            yield _score(block)
        case Point() | Credit() | Contrast():
            yield from _judged(block)
        case Items(lines):
            yield from rich.bullets(lines)
        case Bars():
            yield from rich.preformatted(without_dates(table(block)))


def _heading(text: str) -> Iterator[Piece | _Sized]:
    if size(text) > HEADER or CHANNEL.search(text):  # a header is plain text
        yield from rich.paragraphs(text, "bold")
    elif text:
        yield _Sized({"type": "header", "text": plain(text)}, text)


def _asides(text: str, most: int = SECTION) -> Iterator[_Sized]:
    """Yield a quiet text, in smaller pieces where escaping makes it too long."""
    for part in pieces(readable(text), most):
        if size(with_channels(part)) > SECTION:
            yield from _asides(part, most // 2)
        else:
            yield _aside(part)


def _aside(words: str) -> _Sized:
    element = {"type": "mrkdwn", "text": with_channels(words), "verbatim": True}
    return _Sized({"type": "context", "elements": [element]}, words)


def _score(score: Score) -> Piece:
    value = rich.text(f"{bar(score.value)}  {percent(score.value)}", "bold")
    return rich.section(value, rich.text(f"  {readable(score.label, one_line=True)}"))


def _judged(block: Point | Credit | Contrast) -> Iterator[Piece]:
    match block:
        case Point():
            yield from _point(block)
        case Credit():
            yield _credit(block)
        case Contrast():
            yield from _contrast(block)


def _point(point: Point) -> Iterator[Piece]:
    mark = MARKS[point.status]
    yield from rich.paragraphs(f"{mark.sign} {mark.word}: {readable(point.text, one_line=True)}")
    if point.evidence is not None:
        yield from rich.quote(point.evidence)
    if point.note is not None:
        yield from rich.paragraphs(point.note, "italic")


def _credit(credit: Credit) -> Piece:
    words = f"“{readable(credit.words, one_line=True)}”" if credit.words else credit.remark
    name = rich.text(readable(credit.name, one_line=True), "bold")
    return rich.section(rich.text(f"{MARKS[credit.status].sign} "), name, rich.text(f" {words}"))


def _contrast(contrast: Contrast) -> Iterator[Piece]:
    sign = MARKS[PointStatus.CONTRADICTED].sign
    if contrast.wrote is not None:
        yield from rich.paragraphs(f"{sign} “{readable(contrast.wrote, one_line=True)}”", "italic")
    for label, texts in ((BUT, contrast.truths), (WHY, contrast.reasons)):
        for text in texts:
            yield from rich.paragraphs(f"{label}: {readable(text, one_line=True)}")


def _fallback(page: Iterable[_Sized]) -> str:
    """Return the words of the blocks as one text that is never empty."""
    return with_channels(fitted("\n".join(sized.words for sized in page), FALLBACK))
