"""A key point's statement with gaps: the last help before the statement itself. Pure."""

from collections import Counter

from grading.text import FUNCTION_WORDS, NEGATIONS, Span, stem, word_spans, words
from knowledge.question import KeyPoint, Question

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
