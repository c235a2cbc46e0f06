"""What makes somebody's own text safe to show inside our sentences and pictures. Pure."""

import unicodedata

from grading.text import NONCHARACTERS

JOINERS = frozenset("\u200c\u200d")
"""Zero-width joiners: many scripts and emoji fall apart without them."""

MOST_MARKS = 2
"""Combining marks kept on one letter; every living script needs fewer, towers of them need more."""

LONGEST = 300
"""Characters read at most: more than any line of ours can show, few enough to lay out at once."""


def one_line(text: str, most: int = LONGEST) -> str:
    """Return the text on one line of at most `most` characters, without what commands a screen.

    Control characters, marks that turn the reading direction, lone surrogates and towers of
    combining marks go; white space becomes single spaces; what is cut off leaves an ellipsis.
    """
    flat = " ".join(readable(text[: 4 * LONGEST]).split())
    return flat if len(flat) <= most else cut(flat, most - 1) + "…"


def cut(text: str, length: int) -> str:
    """Return the beginning of the text, never ending between a letter and its marks."""
    while 0 < length < len(text) and _joins(text[length]):
        length -= 1
    if 0 < length < len(text) and text[length - 1] in JOINERS:
        length -= 1
    return text[:length].rstrip()


def readable(text: str, breaks: str = "") -> str:
    """Return the text without what commands a screen.

    What breaks a line becomes a space, except for the characters in `breaks`.
    """
    kept: list[str] = []
    marks = 0
    for char in text:
        kind = unicodedata.category(char)
        marks = marks + 1 if kind in {"Mn", "Me"} else 0
        if marks > MOST_MARKS:
            continue
        if kind in {"Cc", "Zl", "Zp"} and char not in breaks:
            kept.append(" ")
        elif (kind not in {"Cf", "Cs"} and char not in NONCHARACTERS) or char in JOINERS:
            kept.append(char)
    return "".join(kept)


def _joins(char: str) -> bool:
    return char in JOINERS or unicodedata.category(char) in {"Mn", "Me", "Mc", "Sk"}
