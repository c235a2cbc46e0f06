"""Signs and colours of the terminal, and what makes a text safe to print there."""

import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from bot.core.reply import Contrast, Credit
from grading.grade import Band, PointStatus

BAR_CELLS = 20


class Mark(NamedTuple):
    """How a state looks; the sign tells it without the colour."""

    sign: str
    colour: str


MARKS = {
    PointStatus.COVERED: Mark("✓", "green"),
    PointStatus.PARTIAL: Mark("~", "yellow"),
    PointStatus.MISSED: Mark("○", "bright_black"),
    PointStatus.CONTRADICTED: Mark("✗", "red"),
}

BAND_COLOURS = {
    Band.STRONG: "green",
    Band.GOOD: "green",
    Band.PARTIAL: "yellow",
    Band.WEAK: "dark_orange",
    Band.NONE: "red",
}


def labelled(contrast: Contrast) -> Iterator[tuple[str, str]]:
    """Return the lines of a contrast, each with its label; safe to print."""
    if contrast.wrote is not None:
        yield "You wrote", f"“{printable(contrast.wrote, one_line=True)}”"
    yield from (("But", printable(text)) for text in contrast.truths)
    yield from (("Why", printable(text)) for text in contrast.reasons)


def credited(credit: Credit) -> str:
    """Return a point and what earned it, on one line that is safe to print."""
    words = f"“{printable(credit.words, one_line=True)}”" if credit.words else credit.remark
    return f"{printable(credit.name, one_line=True)} {words}".strip()


def filled(share: float, cells: int = BAR_CELLS) -> int:
    """Return how many cells of a bar a share in 0..1 fills."""
    return min(cells, max(0, int(share * cells + 0.5)))


def printable(text: str, *, one_line: bool = False) -> str:
    """Return the text without control characters, which could command the terminal.

    Marks that turn the reading direction go too: an answer must not rearrange the coach's words.
    """
    kept = "".join(
        char
        for char in text
        if char in "\n\t" or unicodedata.category(char) not in {"Cc", "Cf", "Cs"}
    )
    return " ".join(kept.split()) if one_line else kept
