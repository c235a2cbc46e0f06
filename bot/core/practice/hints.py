"""The hint ladder: which help comes next, down to a statement with gaps. Pure.

The first hint is a pump: an invitation to say more. Then come the key points by weight, each in
three rungs: its hint, its statement with gaps, its statement (the order of AutoTutor; Graesser et
al. 2005). What was gone through stays so, and a point that the learner has covered since is
passed over.

The number of steps gone down, `Ask.hints`, is all that is remembered. Any number from 0 is a
valid place: a larger one than the ladder has steps is its end.
"""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from bot.core.practice.model import Attempt
from grading.grade import PointStatus
from grading.text import FUNCTION_WORDS, NEGATIONS, Span, stem, word_spans, words
from knowledge.question import KeyPoint, PointRole, Question


class Rung(StrEnum):
    """How much a hint tells, from an invitation to the point's own statement."""

    PUMP = "pump"
    HINT = "hint"
    PROMPT = "prompt"
    REVEAL = "reveal"


RUNGS_OF_A_POINT = (Rung.HINT, Rung.PROMPT, Rung.REVEAL)


@dataclass(frozen=True)
class Step:
    """One hint: how much it tells, and about which point; a pump leads to the point named."""

    rung: Rung
    point: KeyPoint


@dataclass(frozen=True)
class Hints:
    """The next step, how many steps of the ladder are gone with it, and all missing points.

    `next` is None at the end of the ladder, or when no point is missing.
    """

    next: Step | None
    position: int
    missing: tuple[KeyPoint, ...]


def hints_for(question: Question, last: Attempt | None, given: int) -> Hints:
    """Return the step that comes after the first `given` steps of the ladder.

    What was asked for comes before any bonus. Ties in weight keep the question's order, which is
    the order in which a good answer is told.
    """
    covered: set[str] = set()
    if last is not None and last.grade is not None:
        covered = {p.id for p in last.grade.points if p.status is PointStatus.COVERED}
    order = sorted(
        question.key_points, key=lambda point: (point.role is PointRole.BONUS, -point.weight)
    )
    missing = tuple(point for point in order if point.id not in covered)
    if not missing:
        return Hints(None, given, missing)
    ladder = [Step(Rung.PUMP, missing[0])]
    ladder += [Step(rung, point) for point in order for rung in RUNGS_OF_A_POINT]
    for position, step in enumerate(ladder[given:], start=given + 1):
        if step.point.id not in covered:
            return Hints(step, position, missing)
    return Hints(None, max(given, len(ladder)), missing)


MIN_TELLING_LETTERS = 4
"""Shorter words tell little, or are half of a compound such as 'non-linear'."""

LINKING_WORDS = frozenset(
    """across against along already always among another around become becomes besides often
    several sometimes towards usually whatever whenever""".split()
)
"""Words that may matter when texts are compared, but that nobody learns anything from guessing."""

LONG_FROM = 6
"""Statements with so many telling words get three gaps, shorter ones two."""

KEPT = FUNCTION_WORDS | NEGATIONS | LINKING_WORDS


def cloze(question: Question, point: KeyPoint) -> str:
    """Return the point's statement with its most telling words as first letter and underscores.

    Function words and the words of the question stay, unless nothing else is there. Every form
    of a blanked word is blanked.
    """
    blanked = _blanked(question, point)
    text, pieces, end = point.statement, list[str](), 0
    for span in word_spans(text):
        if _stem(span) in blanked:
            pieces += [text[end : span.start], _gap(span.text)]
            end = span.end
    return "".join([*pieces, text[end:]])


def _blanked(question: Question, point: KeyPoint) -> frozenset[str]:
    """Return the stems of the words to blank: one at least if the statement has a word."""
    content = [span for span in word_spans(point.statement) if _is_content(span)]
    asked = _stems(question.prompt)
    telling = [span for span in content if _stem(span) not in asked] or content
    if not telling:
        longest = max(word_spans(point.statement), key=lambda span: len(span.text), default=None)
        return frozenset() if longest is None else frozenset({_stem(longest)})
    ranked = _most_telling_first(telling, question, point)
    return frozenset(ranked[: 3 if len(ranked) >= LONG_FROM else 2])


def _most_telling_first(telling: list[Span], question: Question, point: KeyPoint) -> list[str]:
    """Return the stems, first those that mark this point off from the question's other points.

    A stem is the more telling the more of the point's own wordings share it and the fewer other
    points; then the longer word, then the earlier. Words that the hint has given come last.
    """
    own = Counter(each for text in point.right for each in _stems(text))
    others = Counter(
        each
        for other in question.key_points
        if other.id != point.id
        for each in _stems(" ".join(other.right))
    )
    hinted = _stems(point.hint)
    ranked = sorted(
        telling,
        key=lambda span: (
            _stem(span) in hinted,
            others[_stem(span)] - own[_stem(span)],
            -len(span.text),
            span.start,
        ),
    )
    return list(dict.fromkeys(map(_stem, ranked)))


def _is_content(span: Span) -> bool:
    (word,) = words(span.text)
    return len(word) >= MIN_TELLING_LETTERS and word not in KEPT


def _gap(word: str) -> str:
    return "_" if len(word) == 1 else word[0] + "_" * (len(word) - 1)


def _stem(span: Span) -> str:
    return stem(words(span.text)[0])


def _stems(text: str) -> frozenset[str]:
    return frozenset(map(stem, words(text)))
