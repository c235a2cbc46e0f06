"""How far a learner has come, computed from their attempts. Pure.

A question counts once, with its latest graded answer that was given before the reference was
revealed; an answer copied from a revealed reference shows reading, not knowing.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import fmean
from typing import NamedTuple

from grading.calibration import lowest_of
from grading.grade import Band
from knowledge.bank import QuestionBank


@dataclass(frozen=True)
class AnswerLine:
    """One answer in short; score and band are None while its grade is owing.

    `own` counts the points that the learner says they made, beside the grade.
    """

    question_id: str
    submitted_at: datetime
    assisted: bool
    score: float | None = None
    band: Band | None = None
    own: int = 0


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
    """A learner's record: answers given, questions covered, quality by topic, what to revisit.

    `own` counts the points that the learner says they made; they are in no other figure.
    """

    answers: int
    pending: int
    questions_answered: int
    questions: int
    mean_score: float | None
    topics: tuple[TopicProgress, ...]
    bands: tuple[tuple[Band, int], ...]
    weakest: tuple[tuple[str, float], ...]
    own: int = 0


WEAK_BELOW = lowest_of(Band.GOOD)
"""Scores under the band 'good' are worth another look."""

MOST_WEAKEST = 3


def progress_of(lines: Sequence[AnswerLine], bank: QuestionBank) -> Progress:
    """Summarise a learner's answers, the oldest first, over the questions of the bank."""
    latest = latest_verdicts(lines)
    known = {question_id: verdict for question_id, verdict in latest.items() if question_id in bank}
    scores = {question_id: grade.score for question_id, grade in known.items()}
    weak = sorted((score, question_id) for question_id, score in scores.items())
    return Progress(
        answers=len(lines),
        pending=sum(line.score is None for line in lines),
        questions_answered=len(known),
        questions=len({question.id for question in bank} | known.keys()),
        mean_score=_mean(scores.values()),
        topics=tuple(_topic(topic.id, scores, bank) for topic in bank.topics),
        bands=tuple((band, sum(g.band is band for g in known.values())) for band in Band),
        weakest=tuple((q, score) for score, q in weak[:MOST_WEAKEST] if score < WEAK_BELOW),
        own=sum(line.own for line in lines),
    )


def latest_verdicts(lines: Iterable[AnswerLine]) -> dict[str, Verdict]:
    """Return each question's latest unassisted verdict, by question id."""
    return {
        line.question_id: Verdict(line.score, line.band)
        for line in lines
        if line.score is not None and line.band is not None and not line.assisted
    }


def _topic(topic: str, scores: dict[str, float], bank: QuestionBank) -> TopicProgress:
    # Own questions of a community are counted where they were answered, though not all list them.
    mine = {q: score for q, score in scores.items() if bank.get(q).topic == topic}
    questions = {question.id for question in bank.by_topic(topic)} | mine.keys()
    return TopicProgress(topic, len(questions), len(mine), _mean(mine.values()))


def _mean(scores: Collection[float]) -> float | None:
    return fmean(scores) if scores else None
