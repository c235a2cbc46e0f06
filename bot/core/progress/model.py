"""How far a learner has come, computed from their attempts. Pure.

A question counts once, with its latest graded answer that was given before the reference was
revealed; an answer copied from a revealed reference shows reading, not knowing.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from statistics import fmean
from typing import NamedTuple

from bot.core.practice.model import Attempt
from grading.calibration import BANDS
from grading.grade import Band, Grade
from knowledge.bank import QuestionBank


class Verdict(NamedTuple):
    """A grade in short."""

    score: float
    band: Band


@dataclass(frozen=True)
class TopicProgress:
    """One topic: how many of its questions were answered and how well (mean score in 0..1)."""

    topic: str
    questions: int
    answered: int
    mean_score: float | None


@dataclass(frozen=True)
class Progress:
    """A learner's record: answers given, questions covered, quality by topic, what to revisit."""

    answers: int
    pending: int
    questions_answered: int
    questions: int
    mean_score: float | None
    topics: tuple[TopicProgress, ...]
    bands: tuple[tuple[Band, int], ...]
    weakest: tuple[tuple[str, float], ...]


WEAK_BELOW = next(lowest for lowest, band in BANDS if band is Band.GOOD)
"""Scores under the band 'good' are worth another look."""

MOST_WEAKEST = 3


def progress_of(attempts: Iterable[Attempt], bank: QuestionBank) -> Progress:
    """Summarise the attempts (oldest first) over the questions of the bank."""
    attempts = tuple(attempts)
    pending = sum(attempt.is_pending for attempt in attempts)
    latest = {
        question_id: Verdict(grade.score, grade.band)
        for question_id, grade in latest_grades(attempts).items()
    }
    return record_of(len(attempts), pending, latest, bank)


def record_of(
    answers: int, pending: int, latest: Mapping[str, Verdict], bank: QuestionBank
) -> Progress:
    """Summarise so many answers by the latest unassisted verdict on each question."""
    known = {question_id: verdict for question_id, verdict in latest.items() if question_id in bank}
    scores = {question_id: grade.score for question_id, grade in known.items()}
    weak = sorted((score, question_id) for question_id, score in scores.items())
    return Progress(
        answers=answers,
        pending=pending,
        questions_answered=len(known),
        questions=len({question.id for question in bank} | known.keys()),
        mean_score=_mean(scores.values()),
        topics=tuple(_topic(topic.id, scores, bank) for topic in bank.topics),
        bands=tuple((band, sum(g.band is band for g in known.values())) for band in Band),
        weakest=tuple((q, score) for score, q in weak[:MOST_WEAKEST] if score < WEAK_BELOW),
    )


def latest_grades(attempts: Iterable[Attempt]) -> dict[str, Grade]:
    """Return each question's latest unassisted grade, by question id."""
    return {
        attempt.question_id: attempt.grade
        for attempt in attempts
        if attempt.grade is not None and not attempt.assisted
    }


def _topic(topic: str, scores: dict[str, float], bank: QuestionBank) -> TopicProgress:
    # Own questions of a community are counted where they were answered, though not all list them.
    mine = {q: score for q, score in scores.items() if bank.get(q).topic == topic}
    questions = {question.id for question in bank.by_topic(topic)} | mine.keys()
    return TopicProgress(topic, len(questions), len(mine), _mean(mine.values()))


def _mean(scores: Collection[float]) -> float | None:
    return fmean(scores) if scores else None
