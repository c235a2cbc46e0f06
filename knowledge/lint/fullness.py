"""Whether a question brings along what grading and teaching need."""

from collections.abc import Iterator

from knowledge.lint.finding import Check, Finding, Sentence, finding
from knowledge.question import Question

FEWEST = {"paraphrases": 3, "plain": 2, "wrong": 3}
"""Wordings of each key point: what an author writes in half an hour, and grading can do with."""


def too_few(question: Question) -> Iterator[Finding]:
    """Find key points with too few paraphrases, plain or wrong wordings."""
    for row, point in enumerate(question.key_points, 1):
        for name, fewest in FEWEST.items():
            count = len(getattr(point, name))
            if count < fewest:
                where = Sentence(f"key_points[{row}].{name}", point.statement)
                problem = f"{point.id!r} has {count} of them"
                yield finding(Check.TOO_FEW, question, where, problem, f"Write {fewest} at least")
