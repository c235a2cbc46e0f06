"""A Reply as pages, each of which fits one embed: nothing is dropped, whatever its length."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

import discord

from bot.core.reply import (
    Bar,
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
from bot.platforms.cutting import Dress, pieces, size
from bot.platforms.discord.limits import EMBED_DESCRIPTION, EMBED_FOOTER
from bot.platforms.discord.text import escaped, flat, one_line, prose
from grading.grade import Band, PointStatus

PIECE = 1000
"""The longest stretch that is never torn apart; a page ends between two of them."""

PAGE = 3500
"""Characters of a page: what is read without losing the place, and well within an embed."""

COLOURS = {
    Band.STRONG: 0x2E9E6B,
    Band.GOOD: 0x2E9E6B,
    Band.PARTIAL: 0xD9A62E,
    Band.WEAK: 0xD9772E,
    Band.NONE: 0xC8463C,
}
COLOUR = 0x4A6FE3

MARKS = {
    PointStatus.COVERED: "✅",
    PointStatus.PARTIAL: "🟡",
    PointStatus.MISSED: "⬜",
    PointStatus.CONTRADICTED: "❌",
}

BAR_CELLS = 8


@dataclass(frozen=True)
class Page:
    """The text of one embed, and its colour."""

    text: str
    colour: int = COLOUR


@dataclass(frozen=True)
class _Piece:
    """A stretch of text and what keeps it apart from the one before; `leads` to what follows."""

    text: str
    gap: str = "\n"
    leads: bool = False


def pages(reply: Reply, commands: Mapping[str, int] | None = None) -> tuple[Page, ...]:
    """Return the pages of a reply, at least one, each at most PAGE characters long.

    Args:
        reply: what is said.
        commands: the id that Discord gave each command, by its name, to make them clickable.
    """
    colour = next((COLOURS[b.band] for b in reply.blocks if isinstance(b, Score)), COLOUR)
    every = [piece for block in reply.blocks for piece in _pieces(block, commands or {})]
    texts = list(_packed([piece for piece in every if piece.text.strip()]))
    return tuple(Page(text, colour) for text in texts) or (Page("…", colour),)


def embed_of(page: Page, number: int = 1, of: int = 1, footer: str = "") -> discord.Embed:
    """Return the embed of a page; where there are several, its number stands below."""
    assert size(page.text) <= EMBED_DESCRIPTION  # noqa: S101 pages are shorter
    embed = discord.Embed(description=page.text, colour=page.colour)
    below = " · ".join(part for part in (footer, f"{number} / {of}" if of > 1 else "") if part)
    if below:
        embed.set_footer(text=below[:EMBED_FOOTER])
    return embed


def _packed(parts: Sequence[_Piece]) -> Iterator[str]:
    """Yield texts of at most PAGE characters; what leads to something goes with it."""
    page: list[_Piece] = []
    for position, part in enumerate(parts):
        ahead = parts[position : position + 2] if part.leads else [part]
        if page and size(_joined([*page, *ahead])) > PAGE:
            yield _joined(page)
            page = []
        page.append(part)
    if page:
        yield _joined(page)


def _joined(parts: Sequence[_Piece]) -> str:
    """Return the text of pieces; what leads to something stands close above it."""
    gaps = ("", *("\n" if before.leads else part.gap for before, part in pairwise(parts)))
    return "".join(gap + part.text for gap, part in zip(gaps, parts, strict=True))


def _pieces(block: Block, commands: Mapping[str, int]) -> Iterator[_Piece]:
    said = partial(prose, commands=commands)
    match block:
        case Heading(text):
            for line in pieces(text, PIECE, lambda words: f"### {said(flat(words))}"):
                yield _Piece(line, "\n\n", leads=True)
        case Paragraph(text, quiet):
            yield from _run(text, lambda words: _aside(said(words)) if quiet else said(words))
        case Prompt(text):
            yield from _run(text, lambda words: f"**{escaped(words)}**")
        case Markdown(text):
            yield from _markdown(text)
        case Quote(text):
            yield from _run(text, _quoted)
        case Items(lines):
            for row, line in enumerate(lines):
                yield from _run(line, lambda words: f"- {said(words)}", "\n" if row else "\n\n")
        case Score() | Point() | Credit() | Contrast() | Bars():
            yield from _measured(block, said)


def _measured(block: Score | Point | Credit | Contrast | Bars, said: Dress) -> Iterator[_Piece]:
    match block:
        case Score(value, _, label):
            verdict = f"**{percent(value)}** · {one_line(label)}"
            for line in pieces(f"{_bar(value)} {verdict}", PIECE, str):
                yield _Piece(line, "\n\n", leads=True)
        case Point():
            yield from _point(block, said)
        case Credit():
            yield from _run(_credit(block), str, "\n")
        case Contrast():
            yield from _contrast(block, said)
        case Bars(rows):
            for number, row in enumerate(rows):
                yield _Piece(_row(row, said), "\n" if number else "\n\n")


def _run(text: str, dress: Dress, gap: str = "\n\n") -> Iterator[_Piece]:
    """Yield a text in pieces, the first of them set apart from what is before it."""
    for number, piece in enumerate(pieces(text, PIECE, dress)):
        yield _Piece(piece, "\n" if number else gap)


def _markdown(text: str) -> Iterator[_Piece]:
    """Yield teaching text a paragraph a piece: it is ours, and keeps its formatting."""
    for paragraph in text.split("\n\n"):
        for number, piece in enumerate(pieces(paragraph, PAGE, str)):
            yield _Piece(piece, "\n" if number else "\n\n")


def _point(point: Point, said: Dress) -> Iterator[_Piece]:
    mark = MARKS[point.status]
    yield from _run(point.text, lambda words: f"{mark} {escaped(words)}")
    if point.evidence is not None:
        yield from _run(point.evidence, _evidence, "\n")
    if point.note is not None:
        yield from _run(point.note, lambda words: _aside(said(flat(words))), "\n")


def _credit(credit: Credit) -> str:
    name = f"{MARKS[credit.status]} **{escaped(credit.name)}**"
    words = f"*“{one_line(credit.words)}”*" if credit.words else credit.remark
    return f"{name} {words}".strip()


def _contrast(contrast: Contrast, said: Dress) -> Iterator[_Piece]:
    wrong = mark = f"{MARKS[PointStatus.CONTRADICTED]} "
    gap = "\n\n"
    if contrast.wrote is not None:
        yield from _run(contrast.wrote, lambda words: f"{wrong}*“{one_line(words)}”*", gap)
        mark, gap = "", "\n"
    for label, texts in (("But", contrast.truths), ("Why", contrast.reasons)):
        for text in texts:
            before = f"{mark}**{label}** "
            yield from _run(text, partial(_after, before, said), gap)
            mark, gap = "", "\n"


def _row(row: Bar, said: Dress) -> str:
    bar = f"`{'·' * BAR_CELLS}`" if row.share is None else f"`{_bar(row.share)}`"
    label, note = (
        next(pieces(text, 200, lambda words: said(flat(words))), "")
        for text in (row.label, row.note)
    )
    return f"{bar} **{label}**" + (f" · {note}" if note else "")


def _bar(share: float) -> str:
    cells = min(BAR_CELLS, max(0, int(share * BAR_CELLS + 0.5)))
    return "▰" * cells + "▱" * (BAR_CELLS - cells)


def _after(label: str, said: Dress, text: str) -> str:
    return f"{label}{said(text)}"


def _evidence(text: str) -> str:
    return f"> *{one_line(text)}*"


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}" for line in escaped(text).split("\n"))


def _aside(text: str) -> str:
    return "\n".join(f"-# {line}" for line in text.split("\n") if line)
