"""Small phrases that several messages share."""

from grading.grade import Band
from grading.text import without_noncharacters
from knowledge.question import Source

BAND_NAMES = {
    Band.NONE: "no credit yet",
    Band.WEAK: "a start",
    Band.PARTIAL: "halfway there",
    Band.GOOD: "good",
    Band.STRONG: "strong",
}

HARDLY_ANY = "hardly any credit yet"

WEEKDAY_NAMES = (
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
)
"""The days of the week as schedules count them, from 0."""


def grade_name(score: float, band: Band) -> str:
    """Return what a grade is called; the lowest band reaches a little beyond no credit at all."""
    return HARDLY_ANY if band is Band.NONE and score else BAND_NAMES[band]


def percent(share: float) -> str:
    """Return a share in 0..1 as whole percent, half rounding up."""
    return f"{int(share * 100 + 0.5)} %"


def counted(count: int, noun: str, nouns: str = "") -> str:
    """Return '1 answer' or '2 answers'; the plural is given where it takes more than an s."""
    return f"{count} {noun}" if count == 1 else f"{count} {nouns or noun + 's'}"


def ordinal(number: int) -> str:
    """Return '1st', '2nd', '3rd', '11th' or '22nd'."""
    teens = number % 100 in {11, 12, 13}
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def listed(names: tuple[str, ...], last: str = "and") -> str:
    """Return 'a', 'a and b' or 'a, b and c'."""
    if len(names) < 2:  # noqa: PLR2004 one name needs no joining
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def source(item: Source) -> str:
    """Return a source as 'Title, by, year (kind)'."""
    return f"{item.title}, {item.by}, {item.year} ({item.kind})"


SHOWN_CHARACTERS = 60
"""So much of somebody's own text is repeated in a sentence of the coach."""


def in_a_sentence(title: str) -> str:
    """Return a title as it stands in a sentence: small, but for NLP and the like."""
    return title[:1].lower() + title[1:] if title[1:2].islower() else title


def shortened(text: str) -> str:
    """Return somebody's words on one line, cut where they would fill the message."""
    flat = " ".join(without_noncharacters(text).split())
    return flat if len(flat) <= SHOWN_CHARACTERS else flat[: SHOWN_CHARACTERS - 1] + "…"


def difficulty(level: int) -> str:
    """Return a difficulty in 1..5 as words."""
    return f"difficulty {level} of 5"
