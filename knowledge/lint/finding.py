"""What a check finds, and where the sentences of a question stand."""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from knowledge.errors import Fault
from knowledge.question import Question


class Check(StrEnum):
    """The kinds of faults that words alone tell."""

    REPEATED = "repeated"
    FRAGMENT = "fragment"
    TWO_CLAIMS = "two-claims"
    LENGTH = "length"
    TOO_FEW = "too-few"
    DEAD_FOLLOW_UP = "dead-follow-up"
    RETIRED_TOOL = "retired-tool"
    TWIN = "twin"


class Finding(NamedTuple):
    """A fault, the check that found it, and the text that it is about."""

    check: Check
    text: str
    fault: Fault


class Sentence(NamedTuple):
    """A wording and its place in the question's file, such as `key_points[2].wrong[1]`."""

    field: str
    text: str


def finding(
    check: Check, question: Question, where: Sentence, problem: str, remedy: str
) -> Finding:
    """Return a fault of a question's file."""
    return Finding(check, where.text, Fault(file_of(question), where.field, problem, remedy))


def file_of(question: Question) -> str:
    """Return the name of the question's file within its bank."""
    return f"questions/{question.id}.md"


def statements_of(question: Question) -> Iterator[Sentence]:
    """Yield the statement of every key point."""
    for row, point in enumerate(question.key_points, 1):
        yield Sentence(f"key_points[{row}].statement", point.statement)


def wordings_of(question: Question) -> Iterator[Sentence]:
    """Yield every right wording that an author wrote, except statements."""
    for row, point in enumerate(question.key_points, 1):
        yield from _listed(f"key_points[{row}].paraphrases", point.paraphrases)
        yield from _listed(f"key_points[{row}].plain", point.plain)


def mistakes_of(question: Question) -> Iterator[Sentence]:
    """Yield every sentence that is not true."""
    for row, point in enumerate(question.key_points, 1):
        yield from _listed(f"key_points[{row}].wrong", point.wrong)
    for row, misconception in enumerate(question.misconceptions, 1):
        yield Sentence(f"misconceptions[{row}].claim", misconception.claim)


def claims_of(question: Question) -> Iterator[Sentence]:
    """Yield every sentence that claims something, right or wrong."""
    yield from statements_of(question)
    yield from wordings_of(question)
    yield from mistakes_of(question)


def names_of(question: Question) -> Iterator[Sentence]:
    """Yield what the question is looked for by."""
    yield from _listed("aliases", question.aliases)
    yield from _listed("phrasings", question.phrasings)


def plain_of(text: str) -> str:
    """Return a text's words in lower case, for telling whether two texts say the same."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def _listed(field: str, texts: tuple[str, ...]) -> Iterator[Sentence]:
    for row, text in enumerate(texts, 1):
        yield Sentence(f"{field}[{row}]", text)
