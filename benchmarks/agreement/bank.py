"""The grader measured on the bank's own benchmark: graded answers and minimal pairs.

Nothing here knows how grading works: a grade function goes in, figures come out. The rules:

- A point counts as found when its status is `covered`; `partial` is not enough. A point that the
  label calls partly made counts neither for nor against.
- Contradictions are counted over all points; found is what has the status `contradicted`.
- A band is right when given and fair score fall into the same one.
- A pair is ordered right when the better answer scores higher, by however little. Equal scores
  are a tie.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from pydantic import BaseModel

from benchmarks.agreement.evaluation import Figures, figures
from grading.calibration import band_of
from grading.grade import Grade, PointStatus
from grading.rubric import Floats
from knowledge.bank import QuestionBank
from knowledge.graded import AnswerKind, GradedAnswer, GradedQuestion, Half
from knowledge.pairs import MinimalPair, PairKind
from knowledge.question import Question

TIE = 0.5
"""What a pair with two equal scores counts: as much as tossing a coin would earn."""

GradeOf = Callable[[Question, str], Grade]
Advance = Callable[[int], None]


@dataclass(frozen=True)
class Marked:
    """A sample answer with the grade it got."""

    question: str
    half: Half
    answer: GradedAnswer
    grade: Grade


@dataclass(frozen=True)
class Compared:
    """A minimal pair with the scores it got; without a half if its question has no answers."""

    question: str
    half: Half | None
    kind: PairKind
    better: float
    worse: float


class Detection(BaseModel):
    """How well points were found: counts, and shares that are None where nothing was to count."""

    right: int
    wrong: int
    missed: int
    precision: float | None
    recall: float | None
    f1: float | None


class KindMeans(BaseModel):
    """Mean fair and given scores of one kind of answer, and the share in the right band."""

    n: int
    score: float
    predicted: float
    in_band: float


class Ordering(BaseModel):
    """Share of pairs ordered right, each tie counting as TIE, and how many were ties."""

    n: int
    ties: int
    right: float


class Section(BaseModel):
    """Every figure over some questions; None where they have no answers or no pairs."""

    questions: int
    scores: Figures | None
    covered: Detection
    contradicted: Detection
    by_kind: dict[str, KindMeans]
    pairs: Ordering | None
    pairs_by_kind: dict[str, Ordering]


class BankReport(Section):
    """All figures of one run, over everything and over each half by itself."""

    by_half: dict[str, Section]


def of_half(
    graded: Iterable[GradedQuestion], pairs: Iterable[MinimalPair], half: Half
) -> tuple[list[GradedQuestion], list[MinimalPair]]:
    """Return the questions of one half, and the pairs of those questions."""
    kept = [entry for entry in graded if entry.half is half]
    names = {entry.question for entry in kept}
    return kept, [pair for pair in pairs if pair.question in names]


def measure(
    bank: QuestionBank,
    graded: Sequence[GradedQuestion],
    pairs: Sequence[MinimalPair],
    grade: GradeOf,
    advance: Advance = lambda _: None,
) -> BankReport:
    """Grade every sample answer and both answers of every pair, and compute all figures.

    Args:
        bank: holds the questions that the answers and pairs belong to.
        graded: questions with sample answers.
        pairs: minimal pairs.
        grade: the grader to measure.
        advance: told how many answers were graded since the last call.
    """
    marked = []
    for entry in graded:
        for answer in entry.answers:
            given = grade(bank.get(entry.question), answer.answer)
            marked.append(Marked(entry.question, entry.half, answer, given))
            advance(1)
    halves = {entry.question: entry.half for entry in graded}
    compared = []
    for pair in pairs:
        question = bank.get(pair.question)
        better, worse = (grade(question, text).score for text in (pair.better, pair.worse))
        half = halves.get(pair.question)
        compared.append(Compared(pair.question, half, pair.kind, better, worse))
        advance(2)
    return report(marked, compared)


def report(marked: Sequence[Marked], compared: Sequence[Compared]) -> BankReport:
    """Compute all figures over graded answers and pairs."""
    present = {one.half for one in marked}
    return BankReport(
        **section(marked, compared).model_dump(),
        by_half={
            half.value: section(
                [one for one in marked if one.half is half],
                [one for one in compared if one.half is half],
            )
            for half in Half
            if half in present
        },
    )


def section(marked: Sequence[Marked], compared: Sequence[Compared]) -> Section:
    """Compute the figures over graded answers and pairs, whatever half they belong to."""
    by_kind = {kind: [one for one in marked if one.answer.kind is kind] for kind in AnswerKind}
    pairs = {kind: [one for one in compared if one.kind is kind] for kind in PairKind}
    return Section(
        questions=len({one.question for one in marked} | {one.question for one in compared}),
        scores=figures(*_columns(marked)) if marked else None,
        covered=_covered(marked),
        contradicted=_contradicted(marked),
        by_kind={kind.value: _means(group) for kind, group in by_kind.items() if group},
        pairs=_ordering(compared) if compared else None,
        pairs_by_kind={kind.value: _ordering(group) for kind, group in pairs.items() if group},
    )


def _columns(marked: Sequence[Marked]) -> tuple[Floats, Floats]:
    columns = np.array([(one.answer.score, one.grade.score) for one in marked], dtype=np.float64)
    return columns[:, 0], columns[:, 1]


def _covered(marked: Sequence[Marked]) -> Detection:
    return _detection(
        (point.id in one.answer.covers, point.status is PointStatus.COVERED)
        for one in marked
        for point in one.grade.points
        if point.id not in one.answer.partly
    )


def _contradicted(marked: Sequence[Marked]) -> Detection:
    return _detection(
        (point.id in one.answer.contradicts, point.status is PointStatus.CONTRADICTED)
        for one in marked
        for point in one.grade.points
    )


def _detection(points: Iterable[tuple[bool, bool]]) -> Detection:
    """Count points given as (labelled, found)."""
    counts = {(True, True): 0, (False, True): 0, (True, False): 0, (False, False): 0}
    for point in points:
        counts[point] += 1
    right, wrong, missed = counts[True, True], counts[False, True], counts[True, False]
    return Detection(
        right=right,
        wrong=wrong,
        missed=missed,
        precision=_share(right, right + wrong),
        recall=_share(right, right + missed),
        f1=_share(2 * right, 2 * right + wrong + missed),
    )


def _means(marked: Sequence[Marked]) -> KindMeans:
    fair, given = _columns(marked)
    in_band = [band_of(one.answer.score) is one.grade.band for one in marked]
    return KindMeans(
        n=len(marked),
        score=round(float(fair.mean()), 4),
        predicted=round(float(given.mean()), 4),
        in_band=round(sum(in_band) / len(in_band), 4),
    )


def _ordering(compared: Sequence[Compared]) -> Ordering:
    right = sum(one.better > one.worse for one in compared)
    ties = sum(one.better == one.worse for one in compared)
    share = (right + TIE * ties) / len(compared)
    return Ordering(n=len(compared), ties=ties, right=round(share, 4))


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
