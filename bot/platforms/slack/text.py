"""Texts made fit for Slack: cleaned, escaped, cut where a sentence ends. Pure."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from bot.core.display import JOINERS, MOST_MARKS, cut
from bot.platforms.slack.limits import size

_ENDS: Final = (
    re.compile(r"\n\n"),
    re.compile(r"\n"),
    re.compile(r"[.!?…。！？।؟](?=\s)|[。！？]"),
)
_SPACE: Final = re.compile(r"\s")
_FORMATS: Final = re.compile(r"(?<!\w)([*_~`])(?=\S)")
_CALM: Final = "\u200b"
"""A space without width between a sign and its word: Slack then sees no formatting there."""


def readable(text: str, *, one_line: bool = False) -> str:
    """Return the text without what commands a screen or turns the reading direction."""
    kept: list[str] = []
    marks = 0
    for char in text.replace("\r\n", "\n"):
        kind = unicodedata.category(char)
        marks = marks + 1 if kind in {"Mn", "Me"} else 0
        if marks > MOST_MARKS:
            continue
        if char in "\n\t" or kind in {"Zl", "Zp"}:
            kept.append("\n" if char != "\t" else " ")
        elif kind not in {"Cc", "Cf", "Cs"} or char in JOINERS:
            kept.append(char)
    clean = "".join(kept)
    return " ".join(clean.split()) if one_line else clean.strip()


def escaped(text: str) -> str:
    """Return the text with Slack's three control characters written as entities."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain_mrkdwn(text: str) -> str:
    """Return the text for a mrkdwn field, where nothing in it mentions, links or formats."""
    return _FORMATS.sub(rf"\1{_CALM}", escaped(text))


def fitted(text: str, most: int) -> str:
    """Return the text within `most` units; what is cut off leaves an ellipsis."""
    return text if size(text) <= most else _longest(text, most - 1) + "…"


def pieces(text: str, most: int) -> Iterator[str]:
    """Yield the whole text in pieces of at most `most` units, cut where a sentence ends.

    A piece without an end of a sentence in its second half is cut between words, and one without
    white space wherever no letter falls apart.
    """
    rest = text.strip()
    while size(rest) > most:
        window = _longest(rest, most) or rest[:1]
        piece = window[: _end_in(window)]
        yield piece.rstrip()
        rest = rest[len(piece) :].lstrip()
    if rest:
        yield rest


def _end_in(window: str) -> int:
    half = len(window) // 2
    for end in (*_ENDS, _SPACE):
        found = [match.end() for match in end.finditer(window) if match.end() > half]
        if found:
            return found[-1]
    return len(window)


def _longest(text: str, most: int) -> str:
    """Return the longest beginning of at most `most` units that ends between two letters."""
    length = min(len(text), most)
    while length and size(text[:length]) > most:
        length -= max(1, (size(text[:length]) - most) // 2)
    beginning = cut(text, length)
    return beginning or text[: max(1, length)]
