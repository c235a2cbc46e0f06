"""What the grader itself makes of a question: where the two disagree, one of them is wrong.

Every question's own references must satisfy its rubric, a wrong version must not say its own point,
and no text may earn what belongs to another point or question. Checks that read words alone stand
in `knowledge.lint`.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from random import Random
from typing import Protocol

import numpy as np

from grading.encoder import Encoder
from grading.grade import Grade, PointStatus
from grading.premade import key_of, premade_vectors
from grading.text import clean
from grading.vectors import Vectors
from knowledge.errors import Fault
from knowledge.lint.finding import file_of
from knowledge.question import PointRole, Question

STRONG = {"short": 0.85, "full": 0.9}
"""Scores that a short and a full reference answer reach at least."""

EARNED_FROM = 0.5
"""Credit from which a text makes a point rather than not."""

MOST_FOR_A_STRANGER = 0.5
"""Score that another question's short reference may have; neighbours do share a definition, but not
half of an answer."""

NEAR_FROM = 0.5
"""Cosine from which two statements of a question are read together: of the shipped 3,494 pairs 791
are as near, and what is farther apart is not the same."""

TWINS_FROM = 0.85
"""Cosine from which two prompts ask the same; of the shipped ones the nearest two reach .79."""

SEED = "references of others"

Embed = Callable[[Sequence[str]], Vectors]


class Grades(Protocol):
    """What grades an answer."""

    def grade(self, question: Question, answer: str) -> Grade:
        """Return the grade of an answer to a question."""


def lint_meaning(
    bank: Sequence[Question], question: Question, grader: Grades, embed: Embed
) -> Iterator[Fault]:
    """Yield the faults of one question among those of its bank, as learners would meet them.

    Raises:
        ModelUnavailable: the model cannot be loaded.
    """
    yield from references(question, grader)
    yield from wrong_versions(question, grader)
    yield from overlaps(question, grader, embed)
    stranger = stranger_to(question, bank)
    if stranger is not None:
        yield from _earned_by(stranger, question, grader)


def references(question: Question, grader: Grades) -> Iterator[Fault]:
    """Yield where a reference answer is not strong, or is taken to contradict a point."""
    for name, least in STRONG.items():
        grade = grader.grade(question, getattr(question.reference_answers, name))
        field = f"reference_answers.{name}"
        if grade.score < least:
            problem = f"it scores {grade.score:.2f}, under {least:.2f}"
            lacking = ", ".join(_lacking(grade))
            remedy = f"Say these points as their paraphrases do: {lacking}"
            if not lacking:
                remedy = "Every essential point is there: mend what it is taken to contradict"
            yield Fault(file_of(question), field, problem, remedy)
        for point in grade.points:
            if point.status is PointStatus.CONTRADICTED:
                problem = f"it is taken to contradict {point.id!r}: {point.evidence!r}"
                remedy = "Word it nearer to the point's statement"
                yield Fault(file_of(question), field, problem, remedy)


def wrong_versions(question: Question, grader: Grades) -> Iterator[Fault]:
    """Yield every wrong version that, given as an answer, earns its own point."""
    for row, point in enumerate(question.key_points, 1):
        for number, text in enumerate(point.wrong, 1):
            if _credits(grader.grade(question, text))[point.id] >= EARNED_FROM:
                field = f"key_points[{row}].wrong[{number}]"
                problem = f"it earns {point.id!r} itself: {text!r}"
                remedy = "Make it say what is not true, or make plainer where it goes wrong"
                yield Fault(file_of(question), field, problem, remedy)


def overlaps(question: Question, grader: Grades, embed: Embed) -> Iterator[Fault]:
    """Yield statements that, given as an answer, earn another point that is near to them."""
    points = question.key_points
    vectors = embed([point.statement for point in points])
    near = vectors @ vectors.T >= NEAR_FROM
    for one, point in enumerate(points):
        others = [each for other, each in enumerate(points) if other != one and near[one, other]]
        earned = _credits(grader.grade(question, point.statement)) if others else {}
        for other in others:
            if earned[other.id] >= EARNED_FROM:
                field = f"key_points[{one + 1}].statement"
                problem = f"it earns {other.id!r} as well"
                remedy = "Merge the two points, or say what only this one says"
                yield Fault(file_of(question), field, problem, remedy)


def stranger_to(question: Question, bank: Sequence[Question]) -> Question | None:
    """Return another question of the topic, always the same one; None if there is no other."""
    others = [q for q in bank if q.topic == question.topic and q.id != question.id]
    return Random(f"{SEED} {question.id}").choice(others) if others else None  # noqa: S311 a sample


def twins_by_meaning(bank: Sequence[Question], embed: Embed) -> Iterator[Fault]:
    """Yield questions whose prompts ask nearly the same, whatever the words."""
    vectors = embed([question.prompt for question in bank])
    cosines = vectors @ vectors.T
    for one, other in combinations(range(len(bank)), 2):
        if cosines[one, other] >= TWINS_FROM:
            problem = f"it asks nearly what {bank[one].id} asks: {bank[one].prompt!r}"
            remedy = "Ask for something else, or merge the two"
            yield Fault(file_of(bank[other]), "prompt", problem, remedy)


def embedding_with(encoder: Encoder) -> Embed:
    """Return what gives texts' sentence vectors [n, d]: the shipped ones, where there are some."""

    def embed(texts: Sequence[str]) -> Vectors:
        cleaned = [clean(text) for text in texts]
        known = premade_vectors(encoder.model_id)
        missing = [text for text in dict.fromkeys(cleaned) if key_of(text) not in known]
        encoded = encoder.encode(missing) if missing else []
        made = {text: one.sentence for text, one in zip(missing, encoded, strict=True)}
        return np.stack([made[t] if t in made else known[key_of(t)] for t in cleaned])

    return embed


def _lacking(grade: Grade) -> list[str]:
    return [
        point.id
        for point in grade.points
        if point.role is PointRole.ESSENTIAL and point.status is not PointStatus.COVERED
    ]


def _credits(grade: Grade) -> dict[str, float]:
    return {point.id: point.credit for point in grade.points}


def _earned_by(stranger: Question, question: Question, grader: Grades) -> Iterator[Fault]:
    score = grader.grade(question, stranger.reference_answers.short).score
    if score > MOST_FOR_A_STRANGER:
        problem = f"the short reference of {stranger.id} scores {score:.2f}"
        remedy = "State what only this question asks for"
        yield Fault(file_of(question), "key_points", problem, remedy)
