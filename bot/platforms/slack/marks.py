"""Signs of Slack: emoji for states, and bars made of letters."""

from typing import Final, NamedTuple

from bot.core.reply import Bars
from bot.platforms.slack.text import fitted_words, readable
from grading.grade import PointStatus

BAR_CELLS: Final = 10
LABEL_CELLS: Final = 24
"""Longer labels are shortened, so that a row stays on one line of a phone."""


class Mark(NamedTuple):
    """How a state looks, and the word that tells it without the sign."""

    sign: str
    word: str


MARKS: Final = {
    PointStatus.COVERED: Mark("✅", "covered"),
    PointStatus.PARTIAL: Mark("🟡", "partial"),
    PointStatus.MISSED: Mark("⚪", "missed"),
    PointStatus.CONTRADICTED: Mark("❌", "contradicted"),
}


def bar(share: float, cells: int = BAR_CELLS) -> str:
    """Return a bar of which a share in 0..1 is filled."""
    filled = min(cells, max(0, int(share * cells + 0.5)))
    return "█" * filled + "░" * (cells - filled)


def table(bars: Bars) -> str:
    """Return a small chart as lines of one width each."""
    labels = [fitted_words(readable(row.label, one_line=True), LABEL_CELLS) for row in bars.rows]
    width = max(map(len, labels), default=0)
    rows = zip(labels, bars.rows, strict=True)
    return "\n".join(
        f"{label:{width}} {' ' * BAR_CELLS if row.share is None else bar(row.share)} "
        f"{readable(row.note, one_line=True)}".rstrip()
        for label, row in rows
    )
