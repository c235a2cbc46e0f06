"""Whole answers beside a point's statement: what the entailment network learns from second.

Two sources: answers whose points somebody marked, and texts put together from the contrasts, in
which most sentences speak of something else, as in answers of learners.
"""

import json
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from benchmarks.answers.loading import Answer, Mark
from grading.text import clean, words
from knowledge.bank import QuestionBank
from knowledge.graded import AnswerKind, GradedQuestion
from knowledge.question import QuestionId
from tools.train.contrasts import Contrast
from tools.train.draws import LabelledPair, Relation, lowered
from tools.train.saying import say

MARKED = Path(__file__).parents[2] / "benchmarks" / "marked_answers"
"""One file an author, an answer a line."""

NOT_PROSE = {AnswerKind.KEYWORD_LIST, AnswerKind.OTHER_LANGUAGE, AnswerKind.INJECTION}
RELATIONS: dict[Mark, Relation] = {
    "c": Relation.SAME,
    "x": Relation.OPPOSITE,
    "-": Relation.NEITHER,
}
"""A point half made teaches neither side."""

STATEMENT_ALONE = 0.6
"""How often a point stands there as its statement, which is what grading reads, and else in another
accepted wording."""

OTHERS = (0, 1, 2, 2, 3, 4, 5)
"""How many sentences about something else a composed text has."""

SAME_TOPIC = 0.6
"""How often such a sentence is about a matter of the same topic."""

JOINTS = (". ", ". ", ". ", ". ", ", and ", "; ", ", because ", ". So ")


class MarkedAnswer(BaseModel):
    """An answer with its author's mark of each point that it speaks of; any other is absent.

    Unless `complete` is False: of the points that are not listed, nothing is known then.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: QuestionId
    kind: str
    answer: str
    marks: dict[str, Mark]
    complete: bool = True


@dataclass(frozen=True)
class Point:
    """A point in its accepted wordings, the statement first, and answers by what they say of it."""

    wordings: tuple[str, ...]
    answers: Mapping[Relation, Sequence[str]]


class _Read(NamedTuple):
    question: str
    answer: str
    marks: Mapping[str, Mark | None]


def load_marked_answers(folder: Path = MARKED) -> list[MarkedAnswer]:
    """Load every marked answer, by author and line.

    Raises:
        ValidationError: a line does not fit.
    """
    return [one for path in sorted(folder.glob("*.jsonl")) for one in _marked_in(path)]


def load_more(files: Iterable[Path], bank: QuestionBank) -> list[MarkedAnswer]:
    """Load the marked answers of these files to the bank's questions, and say what is left out.

    Raises:
        ValidationError: a line does not fit.
    """
    found = [one for path in files for one in _marked_in(path)]
    known = [one for one in found if one.question in bank]
    if len(known) < len(found):
        say(f"{len(found) - len(known)} of {len(found)} answers are to questions the bank lacks")
    return known


def _marked_in(path: Path) -> Iterator[MarkedAnswer]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield MarkedAnswer.model_validate(json.loads(line))


def points_of(
    bank: QuestionBank,
    marked: Sequence[MarkedAnswer],
    benchmark: Sequence[Answer] = (),
    samples: Sequence[GradedQuestion] = (),
) -> list[Point]:
    """Return every point of the bank that an answer says or denies, with all marked answers."""
    found: dict[tuple[str, str], dict[Relation, list[str]]] = defaultdict(
        lambda: {relation: [] for relation in Relation}
    )
    for one in (*_of_marked(bank, marked), *_of_benchmark(benchmark), *_of_samples(bank, samples)):
        for point, mark in one.marks.items():
            if mark in RELATIONS and words(one.answer):
                found[one.question, point][RELATIONS[mark]].append(clean(one.answer))
    return [
        Point(tuple(map(clean, point.right)), found[question.id, point.id])
        for question in bank
        for point in question.key_points
        if (question.id, point.id) in found
    ]


def _of_marked(bank: QuestionBank, marked: Iterable[MarkedAnswer]) -> Iterator[_Read]:
    for one in marked:
        points = [point.id for point in bank.get(one.question).key_points]
        absent: dict[str, Mark] = dict.fromkeys(points, "-") if one.complete else {}
        yield _Read(one.question, one.answer, absent | one.marks)


def _of_benchmark(answers: Iterable[Answer]) -> Iterator[_Read]:
    """Yield answers with the marks that both readers agree on."""
    for one in answers:
        first, *rest = one.readers
        agreed = {
            point: mark if all(other.points.get(point) == mark for other in rest) else None
            for point, mark in first.points.items()
        }
        yield _Read(one.question, one.answer, agreed)


def _of_samples(bank: QuestionBank, samples: Iterable[GradedQuestion]) -> Iterator[_Read]:
    for entry in samples:
        points = [point.id for point in bank.get(entry.question).key_points]
        for one in entry.answers:
            if one.kind in NOT_PROSE:
                continue
            marks: dict[str, Mark] = dict.fromkeys(points, "-")
            labelled: tuple[tuple[Mark, tuple[str, ...]], ...] = (
                ("c", one.covers),
                ("p", one.partly),
                ("x", one.contradicts),
            )
            for mark, ids in labelled:
                marks.update(dict.fromkeys(ids, mark))
            yield _Read(entry.question, one.answer, marks)


class PointDraws:
    """Draw answers beside a point: of each relation one, where there is one."""

    def __init__(self, points: Sequence[Point], rng: random.Random) -> None:
        self._points = points
        self._rng = rng

    def pairs(self) -> list[LabelledPair]:
        """Return one to three pairs with the same statement: what it says decides nothing alone."""
        rng = self._rng
        point = rng.choice(self._points)
        alone = rng.random() < STATEMENT_ALONE
        wording = point.wordings[0] if alone else rng.choice(point.wordings)
        return [
            LabelledPair(rng.choice(answers), wording, relation)
            for relation, answers in point.answers.items()
            if answers
        ]


class AnswerDraws:
    """Draw one answer beside several of its points: what it says of each, not how it sounds."""

    def __init__(self, points: Sequence[Point], rng: random.Random) -> None:
        """Keep the answers that contradict a point."""
        self._rng = rng
        said: dict[str, dict[Relation, list[str]]] = defaultdict(lambda: defaultdict(list))
        for point in points:
            for relation, answers in point.answers.items():
                for answer in answers:
                    said[answer][relation].append(point.wordings[0])
        self._answers = [
            (answer, statements)
            for answer, statements in said.items()
            if Relation.OPPOSITE in statements and len(statements) > 1
        ]

    def pairs(self) -> list[LabelledPair]:
        """Return two or three pairs with the same answer, one of each relation in it."""
        rng = self._rng
        answer, statements = rng.choice(self._answers)
        return [
            LabelledPair(answer, rng.choice(those), relation)
            for relation, those in statements.items()
        ]


class ComposedDraws:
    """Draw texts put together from contrasts, beside a claim that they make, deny, or leave out."""

    def __init__(self, contrasts: Sequence[Contrast], rng: random.Random) -> None:
        self._contrasts = contrasts
        self._rng = rng
        self._by_topic: dict[str, list[Contrast]] = defaultdict(list)
        for one in contrasts:
            self._by_topic[one.topic].append(one)

    def pairs(self) -> list[LabelledPair]:
        """Return three pairs with the same claim, one of each relation."""
        rng = self._rng
        one = rng.choice(self._contrasts)
        return [
            LabelledPair(
                self._around(one, text), rng.choice([r for r in one.right if r != text]), relation
            )
            for relation, text in (
                (Relation.SAME, rng.choice(one.right)),
                (Relation.OPPOSITE, rng.choice(one.wrong)),
                (Relation.NEITHER, one.neither[0] if rng.random() < SAME_TOPIC else None),
            )
        ]

    def _around(self, one: Contrast, text: str | None) -> str:
        """Return the text among sentences that say neither."""
        rng = self._rng
        parts = [] if text is None else [text]
        for _ in range(rng.choice(OTHERS) or (not parts)):
            nearby = rng.random() < SAME_TOPIC
            other = rng.choice(self._by_topic[one.topic] if nearby else self._contrasts)
            says = one.neither if other is one else (*other.right, *other.neither, other.wrong[0])
            parts.append(rng.choice(says))
        rng.shuffle(parts)
        return joined(parts, rng)


def joined(parts: Sequence[str], rng: random.Random) -> str:
    """Return sentences as one text, joined as people join them."""
    text = parts[0]
    for part in parts[1:]:
        joint = rng.choice(JOINTS)
        text = text.rstrip(".") + joint + (part if joint == ". " else lowered(part))
    return text
