"""How words fit a width: cut with an ellipsis, or broken into lines. Pure."""

from collections.abc import Callable
from typing import NamedTuple

from bot.core.safe_text import cut, one_line

Measure = Callable[[str], float]


class Type(NamedTuple):
    """Size in pixels and weight of a lettering."""

    size: int
    bold: bool = False


TITLE = Type(50, bold=True)
HEADING = Type(33, bold=True)
BODY = Type(30)
STRONG = Type(30, bold=True)
SMALL = Type(26)
TICK = Type(23)
"""The smallest lettering; on a phone the picture is shown at about a third of its size."""


def fit(text: str, width: float, measure: Measure) -> str:
    """Return somebody's text as one safe line, cut with an ellipsis where it is too wide."""
    line = one_line(text)
    return line if measure(line) <= width else _longest(line, width, measure)


def wrap(text: str, width: float, measure: Measure, most: int = 2) -> tuple[str, ...]:
    """Break somebody's text into at most `most` safe lines; the last one is cut to fit."""
    rest = one_line(text)
    lines: list[str] = []
    while rest and len(lines) < most - 1:
        head = _head(rest, width, measure)
        lines.append(head)
        rest = rest[len(head) :].lstrip()
    if rest:
        lines.append(fit(rest, width, measure))
    return tuple(lines)


def _head(text: str, width: float, measure: Measure) -> str:
    """Return the words that fit on a line; a part of the first where not even that fits."""
    if measure(text) <= width:
        return text
    kept = cut(text, _reach(text, width, measure)) or text[:1]
    if text[len(kept) : len(kept) + 1] == " ":
        return kept
    words = kept.rpartition(" ")[0].rstrip()
    return words or kept


def _longest(line: str, width: float, measure: Measure) -> str:
    reach = _reach(line, width, lambda part: measure(f"{part}…"))
    return f"{cut(line, reach)}…"


def _reach(text: str, width: float, measure: Measure) -> int:
    """Return how many characters fit, by bisection; widths grow with length."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if measure(text[:middle]) <= width else (low, middle - 1)
    return low
