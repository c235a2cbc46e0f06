"""What is wrong with a value as it is typed, in a few words; the limits are the format's own."""

import re
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from knowledge.bank import QuestionBank
from knowledge.question import (
    Passage,
    Question,
    QuestionKind,
    Slug,
    Source,
    SourceKind,
    Statement,
    Term,
    fold,
)

_PROMPT: Final = Question.model_fields["prompt"]
_TYPES: Final = {
    "prompt": TypeAdapter(Question.__annotations__["prompt"]),
    "statement": TypeAdapter(Statement),
    "passage": TypeAdapter(Passage),
    "term": TypeAdapter(Term),
    "slug": TypeAdapter(Slug),
}

EASIEST, HARDEST = 1, 5
LIGHTEST, HEAVIEST = 0.5, 5.0


def length_of(kind: str, text: str) -> str:
    """Return what is wrong with a text's length or letters, empty for nothing.

    `kind` is prompt, statement, passage, term or slug.
    """
    try:
        _TYPES[kind].validate_python(text)
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        return _told(detail["type"], detail.get("ctx", {}), text.strip())
    return ""


def _told(kind: str, limits: dict[str, Any], text: str) -> str:
    match kind:
        case "string_too_short":
            return f"{limits['min_length'] - len(text)} characters too few"
        case "string_too_long":
            return f"{len(text) - limits['max_length']} characters too many"
        case _:
            return "use lower-case letters, digits and single hyphens"


def prompt(text: str, bank: QuestionBank) -> str:
    """Return what is wrong with a prompt, empty for nothing."""
    known = bank.named(text)
    return f"the bank asks it already, as {known.id}" if known else length_of("prompt", text)


def alias(text: str, bank: QuestionBank) -> str:
    """Return what is wrong with a name, empty for nothing."""
    known = bank.named(text)
    return f"it already names {known.id}" if known else length_of("term", text)


def sentence(text: str, others: dict[str, str]) -> str:
    """Return what is wrong with a sentence of a key point, empty for nothing.

    `others` are the sentences of the question that are there, folded, each with where it stands.
    """
    if fold(text) in others:
        return f"it stands there already, {others[fold(text)]}"
    return length_of("statement", text)


def one_of(text: str, *values: str) -> str:
    """Return the value that a word or its beginning names, empty where it names none or several."""
    found = [value for value in values if text.strip() and value.startswith(text.strip().lower())]
    return found[0] if len(found) == 1 else ""


def kind(text: str) -> str:
    """Return what is wrong with a kind of question, empty for nothing."""
    values = [each.value for each in QuestionKind]
    return "" if one_of(text, *values) else f"one of {', '.join(values)}"


def difficulty(text: str) -> str:
    """Return what is wrong with a difficulty, empty for nothing."""
    good = text.strip().isdecimal() and EASIEST <= int(text) <= HARDEST
    return "" if good else f"a whole number from {EASIEST} to {HARDEST}"


def weight(text: str) -> str:
    """Return what is wrong with a weight, empty for nothing."""
    good = re.fullmatch(r"\d{1,2}([.,]\d{1,2})?", text.strip())
    inside = good and LIGHTEST <= number(text) <= HEAVIEST
    return "" if inside else f"a number from {LIGHTEST:g} to {HEAVIEST:g}"


def number(text: str) -> float:
    """Return a number as people write it, whole where it is."""
    value = float(text.strip().replace(",", "."))
    return int(value) if value == int(value) else value


def source(text: str) -> str:
    """Return what is wrong with `kind; title; by; year`, empty for nothing."""
    parts = source_of(text)
    if parts is None:
        return "write four parts with ; between them: kind; title; by; year"
    try:
        Source.model_validate(parts)
    except ValidationError as error:
        place = str(error.errors(include_url=False)[0]["loc"][0])
        kinds = ", ".join(each.value for each in SourceKind)
        wanted = {"kind": f"one of {kinds}", "year": "a year such as 2021"}
        return f"{place}: {wanted.get(place, 'write it out')}"
    return ""


def source_of(text: str) -> dict[str, Any] | None:
    """Return the fields of `kind; title; by; year`; None where it has not four parts."""
    parts = [part.strip() for part in text.split(";")]
    if len(parts) != len(Source.model_fields):
        return None
    kind, title, by, year = parts
    kinds = (each.value for each in SourceKind)
    shown = int(year) if year.isdecimal() else year
    return {"kind": one_of(kind, *kinds) or kind, "title": title, "by": by, "year": shown}
