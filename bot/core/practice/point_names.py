"""A few words that name a key point, for a line on a phone. Pure."""

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise

from bot.core.safe_text import one_line
from knowledge.own import is_unnamed

MOST = 28
"""Characters of a name, so that a line of a phone holds it and a few of the learner's words."""

_WORD = re.compile(r"[^\W_]+(?:[-/][^\W_]+)*")


def short_name(point_id: str, texts: Iterable[str]) -> str:
    """Return the name in a point's id, spelt as in its texts; else how the first text begins.

    `nce-loss` becomes "NCE loss" and `one-hot` "One-hot" where the texts write it so.
    """
    first, *_ = texts = tuple(texts)
    if is_unnamed(point_id):
        return beginning(first, MOST)
    words = _spelt(point_id.split("-"), _spellings(texts))
    return beginning(" ".join([_capital(words[0]), *words[1:]]), MOST)


def beginning(text: str, most: int) -> str:
    """Return whole words of a text in at most so many characters; what is cut leaves "…"."""
    text = one_line(text)
    if len(text) <= most:
        return text
    head = text[:most].rpartition(" ")[0]
    return f"{head.rstrip(' ,;:.')}…" if head else one_line(text, most)


def _spellings(texts: Iterable[str]) -> Mapping[str, str]:
    """Return how the texts write what is more than small letters, by its letters and digits."""
    found: dict[str, str] = {}
    for text in texts:
        for word in _WORD.finditer(text):
            inner = word[0][not word.start() :]
            if any(char.isupper() or char in "-/" for char in inner):
                found.setdefault(re.sub("[-/]", "", word[0]).casefold(), word[0])
    return found


def _spelt(words: list[str], spellings: Mapping[str, str]) -> list[str]:
    """Return the words as they are spelt, two of them as one where they are written so."""
    joined = [one + other for one, other in pairwise(words)] + [""]
    spelt: list[str] = []
    taken = False
    for word, pair in zip(words, joined, strict=True):
        if taken:
            taken = False
        elif taken := pair in spellings:
            spelt.append(spellings[pair])
        else:
            spelt.append(spellings.get(word, word))
    return spelt


def _capital(word: str) -> str:
    return word if any(char.isupper() for char in word) else word[:1].upper() + word[1:]
