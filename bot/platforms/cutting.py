"""Where a text may be cut into pieces that a platform takes. Pure."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator

from bot.core.safe_text import cut

Dress = Callable[[str], str]
"""Makes a piece of plain text ready to be sent; what it adds counts."""

_SENTENCE_END = re.compile(r"(?<=[.!?…。！？।؟])\s+|(?<=[。！？])|\n+")
_SPACE = re.compile(r"\s+")


def size(text: str) -> int:
    """Return the length in UTF-16, where an emoji counts twice: the strictest way to count."""
    return len(text) + sum(char > "\uffff" for char in text)


def pieces(text: str, most: int, dress: Dress = str) -> Iterator[str]:
    """Yield the whole text dressed, in pieces of at most so many units.

    It is cut at the end of a sentence or a line, else between words, else where no letter falls
    apart. Of nothing there are no pieces.
    """
    if text.strip():
        yield from _split(text.strip(), most, dress, (_SENTENCE_END, _SPACE))


def in_two(text: str, most: int) -> tuple[str, str]:
    """Return a text on two lines of at most so many units each; what is cut off leaves an ellipsis.

    Of a short text the second line is empty.
    """
    first, *rest = pieces(text, most) if text.strip() else [""]
    if len(rest) < 2:  # noqa: PLR2004 it all fits
        return first, "".join(rest)
    return first, f"{next(pieces(' '.join(rest), most - 1))}…"


def _split(
    text: str, most: int, dress: Dress, borders: tuple[re.Pattern[str], ...]
) -> Iterator[str]:
    if size(dress(text)) <= most:
        yield dress(text)
    elif not borders:
        yield from _hard(text, most, dress)
    else:
        for run in _runs(text, most, dress, borders[0]):
            yield from _split(run, most, dress, borders[1:])


def _runs(text: str, most: int, dress: Dress, border: re.Pattern[str]) -> Iterator[str]:
    """Yield stretches between borders, as many together as fit; one alone may be too long."""
    stops = [found.start() for found in border.finditer(text)] + [len(text)]
    begin = index = 0

    def dressed(stop: int) -> int:
        return size(dress(text[begin:stop]))

    while index < len(stops):
        near = bisect_right(stops, begin + most, index)
        fitting = bisect_right(stops, most, index, max(index, near), key=dressed)
        index = max(fitting, index + 1)
        run = text[begin : stops[index - 1]].strip()
        begin = stops[index - 1]
        if run:
            yield run


def _hard(text: str, most: int, dress: Dress) -> Iterator[str]:
    """Yield as many characters as fit, again and again."""
    while text:
        low, high = 1, min(len(text), most)
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if size(dress(text[:middle])) <= most else (low, middle - 1)
        head = cut(text, low) or text[:low]
        yield dress(head)
        text = text[len(head) :].lstrip()
