"""What the answers of many tell about a question, and about what a group misses. Pure.

Each learner counts once a question, with the first of their graded answers that is handed in: the
caller passes unassisted ones, the oldest first. Nothing here carries a learner's name or id out.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import correlation as pearson
from statistics import fmean, pstdev
from typing import NamedTuple

from grading.calibration import band_of
from grading.grade import Band, Grade, PointResult, PointStatus

LEAST_FOR_DISCRIMINATION = 10
"""Fewer pairs of scores give a correlation that chance decides."""

LEAST_GROUP = 5
"""A gap is shown of so many learners at least, so that it is nobody's in particular."""


class Graded(NamedTuple):
    """A learner's graded answer."""

    learner_id: int
    grade: Grade


class MissedPoint(NamedTuple):
    """A key point, and the share in 0..1 of the learners who missed it or said the opposite."""

    point_id: str
    text: str
    share: float


@dataclass(frozen=True)
class QuestionStatistics:
    """How a question did.

    `difficulty` is the share of the score that was lost, in 0..1. `discrimination` is the
    correlation in -1..1 of the score with the learner's mean score at all other questions
    (corrected item-total correlation; Nunnally and Bernstein 1994, "Psychometric Theory"). From 0.4
    on a question tells those who know from those who do not very well, below 0.2 it wants
    another look, and a negative one is likely to have a wrong key (Ebel and Frisbie 1991,
    "Essentials of Educational Measurement"). It is None for too few answers or all alike.
    """

    question_id: str
    answers: int
    mean: float
    difficulty: float
    discrimination: float | None
    most_missed: MissedPoint | None
    bands: tuple[tuple[Band, int], ...]


@dataclass(frozen=True)
class PointGap:
    """A key point with the learners who answered its question and the share who covered it."""

    question_id: str
    point_id: str
    text: str
    learners: int
    share: float


@dataclass(frozen=True)
class TopicGap:
    """A topic with its learners, the share of its points they covered, the weakest points first."""

    topic: str
    learners: int
    share: float
    points: tuple[PointGap, ...]


def question_statistics(graded: Iterable[Graded]) -> tuple[QuestionStatistics, ...]:
    """Return the statistics of every question that was answered, ordered by its id."""
    answers = _first_answers(graded)
    totals = _totals(answers)
    return tuple(
        _statistics(question_id, by_learner, totals)
        for question_id, by_learner in sorted(answers.items())
    )


def distribution(scores: Iterable[float]) -> tuple[tuple[Band, int], ...]:
    """Return how many scores fall into each band, the lowest band first."""
    counts = Counter(band_of(score) for score in scores)
    return tuple((band, counts[band]) for band in Band)


def most_missed(grades: Iterable[Grade]) -> MissedPoint | None:
    """Return the point most learners missed or contradicted, None when nobody missed any.

    Among equals it is the weightier, then the one told earlier in the question.
    """
    results = [point for grade in grades for point in grade.points]
    asked = Counter(point.id for point in results)
    missed = Counter(point.id for point in results if _is_missed(point))
    if not missed:
        return None
    shown = {point.id: point for point in results}
    worst = max(shown.values(), key=lambda p: (missed[p.id] / asked[p.id], p.weight))
    return MissedPoint(worst.id, worst.text, missed[worst.id] / asked[worst.id])


def gap_map(graded: Iterable[Graded], least: int = LEAST_GROUP) -> tuple[TopicGap, ...]:
    """Return what a group covers, topic by topic and point by point, the weakest first.

    Topics and points with fewer learners than `least` are left out.
    """
    points: dict[str, list[PointGap]] = defaultdict(list)
    learners: dict[str, set[int]] = defaultdict(set)
    for question_id, by_learner in sorted(_first_answers(graded).items()):
        if len(by_learner) < least:
            continue
        topic = question_id.partition("/")[0]
        learners[topic] |= by_learner.keys()
        points[topic] += _point_gaps(question_id, tuple(by_learner.values()), least)
    topics = [
        TopicGap(topic, len(learners[topic]), _share_of(gaps), tuple(sorted(gaps, key=_weakest)))
        for topic, gaps in points.items()
        if gaps
    ]
    return tuple(sorted(topics, key=lambda topic: (topic.share, topic.topic)))


def correlation(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Return Pearson's correlation, or None where one side does not vary."""
    if not pairs:
        return None
    xs, ys = zip(*pairs, strict=True)
    spread = len(pairs) * pstdev(xs) * pstdev(ys)
    if spread < 1e-12:  # noqa: PLR2004 what adding floats leaves of nothing
        return None
    return max(-1.0, min(1.0, pearson(xs, ys)))


_Answers = dict[str, dict[int, Grade]]
_Totals = dict[int, tuple[float, int]]


def _first_answers(graded: Iterable[Graded]) -> _Answers:
    answers: _Answers = defaultdict(dict)
    for learner_id, grade in graded:
        answers[grade.question_id].setdefault(learner_id, grade)
    return answers


def _totals(answers: _Answers) -> _Totals:
    """Return each learner's sum of scores and number of questions."""
    totals: _Totals = defaultdict(lambda: (0.0, 0))
    for by_learner in answers.values():
        for learner_id, grade in by_learner.items():
            score, count = totals[learner_id]
            totals[learner_id] = (score + grade.score, count + 1)
    return totals


def _statistics(
    question_id: str, by_learner: dict[int, Grade], totals: _Totals
) -> QuestionStatistics:
    scores = [grade.score for grade in by_learner.values()]
    mean = fmean(scores)
    return QuestionStatistics(
        question_id=question_id,
        answers=len(scores),
        mean=mean,
        difficulty=1 - mean,
        discrimination=_discrimination(by_learner, totals),
        most_missed=most_missed(by_learner.values()),
        bands=distribution(scores),
    )


def _discrimination(by_learner: dict[int, Grade], totals: _Totals) -> float | None:
    pairs = []
    for learner_id, grade in by_learner.items():
        total, count = totals[learner_id]
        if count > 1:
            pairs.append((grade.score, (total - grade.score) / (count - 1)))
    return correlation(pairs) if len(pairs) >= LEAST_FOR_DISCRIMINATION else None


def _point_gaps(question_id: str, grades: Sequence[Grade], least: int) -> list[PointGap]:
    """Return the points of a question that enough learners were graded on.

    A question that was edited has grades over different points.
    """
    results: dict[str, list[PointResult]] = defaultdict(list)
    for grade in grades:
        for point in grade.points:
            results[point.id].append(point)
    return [
        PointGap(question_id, point_id, found[-1].text, len(found), _covered(found) / len(found))
        for point_id, found in results.items()
        if len(found) >= least
    ]


def _covered(results: Sequence[PointResult]) -> int:
    return sum(result.status is PointStatus.COVERED for result in results)


def _share_of(gaps: Sequence[PointGap]) -> float:
    return sum(gap.share * gap.learners for gap in gaps) / sum(gap.learners for gap in gaps)


def _weakest(gap: PointGap) -> tuple[float, str, str]:
    return gap.share, gap.question_id, gap.point_id


def _is_missed(point: PointResult) -> bool:
    return point.status in {PointStatus.MISSED, PointStatus.CONTRADICTED}
