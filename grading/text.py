"""Plain text operations of the grader: cleaning, splitting, content words. Pure functions.

Splitting keeps offsets into the text as the learner wrote it, so that evidence is always a
literal part of the answer.
"""

import functools
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import snowballstemmer

FUNCTION_WORDS = frozenset(
    """a about above after again all also although am an and any are as at be because been before
    being below between both but by can could did do does doing down during each either else etc
    even ever every few for from further had has have having he her here hers him his how however
    i if in into is it its itself just let like many may me might more most much must my neither
    nor of off on once one only onto or other our out over own per quite rather really same shall
    she should since so some such than that the their them then there these they thing things this
    those though through thus to too under until up upon us very via was we well were what when
    where whereas whether which while who whom whose why will with within would yes yet you your
    use used uses using get gets make makes means mean example""".split()
)
"""Words that carry no content of their own when two texts are compared."""

NEGATIONS = frozenset(
    """no not never none nothing neither nor without cannot cant isnt arent wasnt werent dont
    doesnt didnt wont wouldnt shouldnt couldnt hasnt havent hardly nobody nowhere lack lacks
    lacking unable instead fails fail""".split()
)
"""Words that turn a statement round; 'n't' is folded into its verb before the look-up."""

_SENTENCE_END = re.compile(
    r"(?<=[.!?])[\"')\]]*\s+(?=[\"'(\[]?[A-Z0-9À-Þ*\-•])|(?<=[a-z)][.!?])\s+|[\n\r\u2028\u2029]+|(?<=;)\s+"
)
_ABBREVIATION = re.compile(
    r"\b(?:e\.g|i\.e|etc|vs|cf|fig|eq|al|approx|resp|dr|mr|ms|no)\.$", re.IGNORECASE
)
_LONGEST_ABBREVIATION = len("approx.")
_CLAUSE_END = re.compile(
    r",\s+(?:and\s+|but\s+|so\s+|or\s+|while\s+|whereas\s+|which\s+|because\s+|then\s+)?"
    r"|(?<!\s)\s+(?=(?:but|whereas|while|because|so that|which)\b)|:\s+|(?<!\s)\s+[-–—]\s+"
    r"|(?<=\w\))\s+",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^\s*(?:[-*•·>#]+|\(?\d{1,2}[.)])\s+")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?", re.UNICODE)
_INVISIBLE = frozenset({"Cf", "Cc", "Co", "Cs"})

MIN_CLAUSE_WORDS = 3
"""Shorter pieces are not statements of their own and stay with what they follow."""


@dataclass(frozen=True)
class Span:
    """A piece of a text: `text[start:end]` with the white space around it left out."""

    start: int
    end: int
    text: str


def clean(text: str) -> str:
    """Return the text normalised (NFKC), without invisible characters, with single spaces."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    visible = (
        char for char in text if char.isspace() or unicodedata.category(char) not in _INVISIBLE
    )
    return " ".join(unicodedata.normalize("NFKC", "".join(visible)).split())


NONCHARACTERS = frozenset(map(chr, range(0xFDD0, 0xFDF0)))
"""What Unicode keeps for use within a program, so that no text may bring it along."""

_WITHOUT_NONCHARACTERS = dict.fromkeys(map(ord, NONCHARACTERS))


def without_noncharacters(text: str) -> str:
    """Return the text without what is for use within a program only."""
    return text.translate(_WITHOUT_NONCHARACTERS)


def storable(text: str) -> str:
    """Return the text without noncharacters, and without what no database can hold.

    Those are NUL characters and lone surrogates.
    """
    plain = without_noncharacters(text).replace("\x00", "")
    return plain.encode("utf-8", "ignore").decode("utf-8")


def sentences(text: str) -> list[Span]:
    """Split a text at sentence ends, line breaks and bullets; list items count as sentences."""
    return [span for span in _cut(text, _sentence_breaks(text)) if _WORD.search(span.text)]


def clauses(sentence: Span) -> list[Span]:
    """Split a sentence at commas and conjunctions into statements of three words or more."""
    places = [match.start() for match in _WORD.finditer(sentence.text)]
    breaks: list[tuple[int, int]] = []
    before = 0  # words up to the clause's start
    for match in _CLAUSE_END.finditer(sentence.text):
        left, right = (bisect_left(places, place) for place in match.span())
        if min(left - before, len(places) - right) >= MIN_CLAUSE_WORDS:
            breaks.append(match.span())
            before = right
    pieces = _cut(sentence.text, breaks)
    return [Span(sentence.start + p.start, sentence.start + p.end, p.text) for p in pieces]


def windows(span: Span, size: int) -> list[Span]:
    """Cut a span into consecutive pieces of `size` words; the last may be shorter."""
    starts = [match.start() for match in _WORD.finditer(span.text)][::size]
    breaks = [(start, start) for start in starts[1:]]
    pieces = _cut(span.text, breaks)
    return [Span(span.start + p.start, span.start + p.end, p.text) for p in pieces]


def words(text: str) -> list[str]:
    """Return the words in lower case, "don't" as "dont"."""
    found = [word.casefold() for word in _WORD.findall(text)]
    if "'" in text or "’" in text:
        return [word.replace("'", "").replace("’", "") for word in found]
    return found


def word_spans(text: str) -> list[Span]:
    """Return the words as they are written, with their places in the text."""
    return [Span(match.start(), match.end(), match.group()) for match in _WORD.finditer(text)]


def content_stems(text: str) -> list[str]:
    """Return the stems of the words that carry content, in order, repeats included."""
    return [stem(word) for word in words(text) if word not in FUNCTION_WORDS and len(word) > 1]


def negations(text: str) -> int:
    """Count the words that turn a statement round."""
    return sum(word in NEGATIONS for word in words(text))


@functools.lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return the Snowball (Porter2) stem of an English word in lower case."""
    # A stemmer keeps its word in itself, so threads must not share one; it costs nothing to make.
    return str(snowballstemmer.stemmer("english").stemWord(word))


def _sentence_breaks(text: str) -> Iterator[tuple[int, int]]:
    for match in _SENTENCE_END.finditer(text):
        end = match.start()
        if not _ABBREVIATION.search(text, max(0, end - _LONGEST_ABBREVIATION), end):
            yield match.span()


def _cut(text: str, breaks: Iterable[tuple[int, int]]) -> list[Span]:
    """Return the pieces between the breaks, trimmed of white space and bullets."""
    pieces = []
    start = 0
    for left, right in [*breaks, (len(text), len(text))]:
        piece = text[start:left]
        bullet = _BULLET.match(piece)
        first = start + (bullet.end() if bullet else len(piece) - len(piece.lstrip()))
        last = start + len(piece.rstrip())
        if first < last:
            pieces.append(Span(first, last, text[first:last]))
        start = right
    return pieces


def without(text: str, spans: Sequence[Span]) -> str:
    """Return the text with line breaks in place of these spans.

    Offsets stay as they were and nothing is joined across a gap, so evidence stays literal.
    """
    for span in spans:
        text = text[: span.start] + "\n" * (span.end - span.start) + text[span.end :]
    return text
