"""A mock interview: which questions, which follow-up, and the report at the end. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from bot.core.limits import Limits
from bot.core.practice.ratings import Elo, expected
from bot.core.practice.selection import EQUALLY_NEAR, difficulty_of, skill_in
from bot.core.stable_random import stable_fraction
from grading.grade import Flag, Grade, PointResult, PointStatus
from knowledge.question import FollowUp, Question, Source

DEFAULT_QUESTIONS = 5
MOST_QUESTIONS = 20
"""More would take an hour and a half, longer than interviews are."""

QUESTIONS = Limits("questions", "a number of questions", 1, MOST_QUESTIONS)

FIRST_TARGET = 0.85
LAST_TARGET = 0.45
"""The score that is expected at the first question and at the last: an interview warms up and goes
on until it finds the limit."""

THINGS_TO_STUDY = 3
SOURCES_EACH = 2

LONGEST_ANSWER = 15 * 60
"""Seconds that one answer can count as active: beyond, somebody was away."""


@dataclass(frozen=True)
class Answered:
    """A question of the interview and what came of it.

    `grade` is None when it was skipped; `follow_up` is the grade, by the same question, of all
    that was said after a follow-up. `seconds` is the time from asking to answering, without pauses;
    `answers` are the learner's words, the one to a follow-up last, none where they were let go of.
    """

    question: Question
    grade: Grade | None
    seconds: float = 0
    follow_up: Grade | None = None
    answers: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReportedPoint:
    """A key point on the report; `after_follow_up` when it was covered only then."""

    question_id: str
    point_id: str
    text: str
    status: PointStatus
    after_follow_up: bool = False


@dataclass(frozen=True)
class ReportedAnswer:
    """A question on the report: its score in 0..1, and what was said.

    `score` is None when it was skipped, `at_first` the score before a follow-up that raised it.
    `flags` are the reasons for a grade that no points decided.
    """

    question_id: str
    score: float | None
    at_first: float | None = None
    flags: tuple[Flag, ...] = ()
    answers: tuple[str, ...] = ()


@dataclass(frozen=True)
class TopicScore:
    """A topic's mean score in 0..1 over the questions asked."""

    topic: str
    questions: int
    score: float


@dataclass(frozen=True)
class Study:
    """A question to go back to, the points to look for, and where to read about them."""

    question_id: str
    points: tuple[str, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class ReportCard:
    """What an interview showed.

    `overall` is the mean of the scores in 0..1, a skipped question counting 0; None when nothing
    was asked. What was said after a follow-up counts as if it had been said at once, and takes
    nothing back. `gaps` are the weightiest first.
    """

    overall: float | None
    asked: int
    skipped: int
    topics: tuple[TopicScore, ...]
    strengths: tuple[ReportedPoint, ...]
    gaps: tuple[ReportedPoint, ...]
    seconds_active: int
    study: tuple[Study, ...]
    answers: tuple[ReportedAnswer, ...] = ()


def plan(
    candidates: Sequence[Question],
    count: int,
    skill: Mapping[str, Elo],
    difficulty: Mapping[str, Elo],
    seed: object,
) -> tuple[Question, ...]:
    """Return so many questions of rising difficulty, spread over the topics of the candidates.

    `skill` holds the learner's ratings by topic and `difficulty` the questions' own; the same
    seed gives the same interview. Where there are fewer candidates, all are asked.
    """
    count = max(0, min(count, len(candidates), MOST_QUESTIONS))
    left, chosen, used = list(candidates), list[Question](), Counter[str]()
    for step in range(count):
        target = FIRST_TARGET + (LAST_TARGET - FIRST_TARGET) * step / max(1, count - 1)
        rarest = min(used[question.topic] for question in left)
        pool = [question for question in left if used[question.topic] == rarest]

        def fit(question: Question, target: float = target) -> tuple[int, float]:
            mine = skill_in(question.topic, skill)
            away = abs(expected(mine, difficulty_of(question, difficulty)) - target)
            return round(away / EQUALLY_NEAR), stable_fraction(seed, question.id)

        chosen.append(min(pool, key=fit))
        left.remove(chosen[-1])
        used[chosen[-1].topic] += 1
    return tuple(sorted(chosen, key=lambda q: (difficulty_of(q, difficulty).value, q.id)))


def follow_up(question: Question, grade: Grade, asked: Iterable[str] = ()) -> FollowUp | None:
    """Return the follow-up that digs into the weightiest point not yet covered.

    A point said wrong comes before a missed one, and that before one half made. None when nothing
    is missing, or no follow-up is about what is. `asked` holds the follow-ups asked already.
    """
    asked = set(asked)
    urgency = {PointStatus.CONTRADICTED: 0, PointStatus.MISSED: 1, PointStatus.PARTIAL: 2}
    open_points = {point.id: point for point in grade.points if point.status in urgency}
    fitting = [
        (urgency[point.status], -point.weight, number)
        for number, each in enumerate(question.follow_ups)
        if each.ask not in asked and (point := open_points.get(each.point or "")) is not None
    ]
    return question.follow_ups[min(fitting)[2]] if fitting else None


def report_card(answers: Iterable[Answered]) -> ReportCard:
    """Return the report on the questions that were asked, in the order of asking."""
    answers = tuple(answers)
    points = [(answer, point) for answer in answers for point in _points(answer)]
    gaps = [row for row in points if row[1].status is not PointStatus.COVERED]
    gaps.sort(key=lambda row: -_loss(row[1]))
    covered = [_reported(*row) for row in points if row[1].status is PointStatus.COVERED]
    return ReportCard(
        overall=_mean(answers) if answers else None,
        asked=len(answers),
        skipped=sum(answer.grade is None for answer in answers),
        topics=_topics(answers),
        strengths=tuple(covered),
        gaps=tuple(_reported(*row) for row in gaps),
        seconds_active=round(sum(min(max(a.seconds, 0), LONGEST_ANSWER) for a in answers)),
        study=_study(answers),
        answers=tuple(map(_row, answers)),
    )


def _points(answer: Answered) -> tuple[PointResult, ...]:
    """Return every point of the question as it stands after the follow-up."""
    if answer.grade is None:
        return tuple(
            PointResult(
                id=point.id,
                text=point.statement,
                weight=point.weight,
                status=PointStatus.MISSED,
                credit=0,
            )
            for point in answer.question.key_points
        )
    later = {point.id: point for point in answer.follow_up.points} if answer.follow_up else {}
    return tuple(
        later[point.id] if point.id in later and later[point.id].credit > point.credit else point
        for point in answer.grade.points
    )


def _reported(answer: Answered, point: PointResult) -> ReportedPoint:
    first = answer.grade.points if answer.grade else ()
    at_once = any(p.id == point.id and p.status is PointStatus.COVERED for p in first)
    late = point.status is PointStatus.COVERED and not at_once
    return ReportedPoint(answer.question.id, point.id, point.text, point.status, late)


def _loss(point: PointResult) -> float:
    """Return what a point cost; saying the opposite costs double, for it has to be unlearned."""
    double = 2 if point.status is PointStatus.CONTRADICTED else 1
    return point.weight * (1 - point.credit) * double


def _row(answer: Answered) -> ReportedAnswer:
    best = _best(answer)
    if answer.grade is None or best is None:
        return ReportedAnswer(answer.question.id, None)
    raised = answer.grade.score if best is not answer.grade else None
    return ReportedAnswer(answer.question.id, best.score, raised, best.flags, answer.answers)


def _best(answer: Answered) -> Grade | None:
    """Return the grade that counts: after the follow-up, where that raised it."""
    first, later = answer.grade, answer.follow_up
    return later if first and later and later.score > first.score else first


def _score(answer: Answered) -> float:
    best = _best(answer)
    return best.score if best else 0.0


def _mean(answers: Sequence[Answered]) -> float:
    return fmean(map(_score, answers))


def _topics(answers: Sequence[Answered]) -> tuple[TopicScore, ...]:
    by_topic: dict[str, list[Answered]] = {}
    for answer in answers:
        by_topic.setdefault(answer.question.topic, []).append(answer)
    return tuple(TopicScore(topic, len(mine), _mean(mine)) for topic, mine in by_topic.items())


def _study(answers: Sequence[Answered]) -> tuple[Study, ...]:
    """Return the questions that cost most, with their open points, the costliest first."""
    costs = [
        (sum(_loss(point) for point in open_points), answer.question, open_points)
        for answer in answers
        if (open_points := [p for p in _points(answer) if p.status is not PointStatus.COVERED])
    ]
    costs.sort(key=lambda row: -row[0])
    return tuple(
        Study(
            question.id,
            tuple(point.text for point in sorted(open_points, key=_loss, reverse=True)),
            question.sources[:SOURCES_EACH],
        )
        for _, question, open_points in costs[:THINGS_TO_STUDY]
    )
