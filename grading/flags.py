"""Which flags an answer gets: by its shape before anything is compared, and by what came of it."""

from collections.abc import Callable

from grading import gates
from grading.calibration import lowest_of
from grading.grade import Band, Flag, PointStatus
from grading.reading import Reading
from grading.rubric import Rubric
from grading.text import content_stems, words

WORTHLESS = frozenset(
    {
        Flag.DONT_KNOW,
        Flag.ECHO,
        Flag.KEYWORD_LIST,
        Flag.NOT_ENGLISH,
        Flag.OFF_TOPIC,
        Flag.TOO_LONG,
        Flag.TOO_SHORT,
    }
)
"""An answer with one of these flags makes no point and earns nothing, or hardly anything."""

TOO_SHORT_STEMS = 3
"""Fewer content words cannot make a point, unless they did."""

ANSWERED_FROM = 1.5
"""Long questions hold the words of their answers. By these log-odds of a sentence that makes a
point, sixteen of seventeen right sentences in the question's own words are answers, and none of 33
texts in which somebody only repeats a question; the nearest of those has 1.2."""

ADMITTED_BELOW = lowest_of(Band.WEAK)
"""Somebody who admits not to know and does not even reach the lowest band did not know."""


def flags_of_shape(answer: str, rubric: Rubric) -> set[Flag]:
    """Return what can be told without comparing anything: the first gate that fires."""
    stems = frozenset(content_stems(answer))
    checks: tuple[tuple[Flag, Callable[[], bool]], ...] = (
        (Flag.TOO_SHORT, lambda: not words(answer)),
        (
            Flag.DONT_KNOW,
            lambda: gates.is_dont_know(answer, rubric.prompt_stems, rubric.vocabulary),
        ),
        (Flag.ECHO, lambda: gates.is_echo(stems, rubric.prompt_stems)),
        (Flag.KEYWORD_LIST, lambda: gates.is_keyword_list(answer)),
        (Flag.NOT_ENGLISH, lambda: gates.is_not_english(answer)),
    )
    return next(({flag} for flag, fires in checks if fires()), set())


def flags_of_reading(rubric: Rubric, reading: Reading, closest: str | None) -> set[Flag]:
    """Return what can be told only after comparing: brevity, honesty and topic of a poor answer."""
    earned = any(verdict.credit for verdict in reading.verdicts)
    flags = {
        Flag.TOO_SHORT: not earned and len(reading.answer.body.stems) < TOO_SHORT_STEMS,
        Flag.DONT_KNOW: reading.score < ADMITTED_BELOW
        and gates.says_dont_know(reading.answer.text, rubric.vocabulary),
        Flag.OFF_TOPIC: closest is not None,
    }
    return {flag for flag, raised in flags.items() if raised}


def says_anything(text: str, rubric: Rubric) -> bool:
    """Return whether a text has enough words of its own to make a point."""
    stems = frozenset(content_stems(text)) - rubric.prompt_stems
    return len(stems) >= TOO_SHORT_STEMS


def makes_a_point(reading: Reading) -> bool:
    """Return whether a sentence surely makes a point, though it brings no word of its own."""
    return any(
        verdict.status is PointStatus.COVERED and signals.said_alone >= ANSWERED_FROM
        for verdict, signals in zip(reading.verdicts, reading.signals, strict=True)
    )
