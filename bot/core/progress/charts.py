"""From answers to the figures behind pictures. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta, tzinfo
from math import sqrt
from statistics import fmean

from bot.core.calendar.days import local_day
from bot.core.figures import (
    CalendarDay,
    DayKind,
    MissedPoint,
    SkillByTopic,
    TrendPoint,
    first_monday,
    most_missed,
)
from bot.core.progress.model import AnswerLine, Progress
from grading.grade import Grade, PointStatus
from knowledge.bank import QuestionBank

MOST_MISSED = 5
"""Points that are named: as many as somebody can take up in a week."""

NORMAL_95 = 1.96
"""Standard deviations on each side of the middle that hold 95 % of a normal distribution."""

_LOST = frozenset({PointStatus.MISSED, PointStatus.CONTRADICTED})


def by_day(
    lines: Iterable[AnswerLine], zone: tzinfo, day_starts: int, now: datetime
) -> dict[date, list[AnswerLine]]:
    """Return the answers of the last 26 weeks by local day, the oldest first."""
    today = local_day(now, zone, day_starts)
    days: dict[date, list[AnswerLine]] = {}
    for line in lines:
        day = local_day(line.submitted_at, zone, day_starts)
        if first_monday(today) <= day <= today:
            days.setdefault(day, []).append(line)
    return dict(sorted(days.items()))


def trend_of(days: Mapping[date, list[AnswerLine]]) -> tuple[TrendPoint, ...]:
    """Return the mean score of each day that has one; assisted answers show reading only."""
    scores = {
        day: [line.score for line in lines if line.score is not None and not line.assisted]
        for day, lines in days.items()
    }
    return tuple(TrendPoint(day, fmean(found)) for day, found in scores.items() if found)


def calendar_of(
    days: Mapping[date, list[AnswerLine]],
    kinds: Mapping[date, DayKind],
    joined: date,
    today: date,
) -> tuple[CalendarDay, ...]:
    """Return each day of the last 26 weeks since the learner joined or did anything."""
    start = max(first_monday(today), min((joined, *days, *kinds)))
    every = (start + timedelta(days=step) for step in range((today - start).days + 1))
    return tuple(CalendarDay(day, len(days.get(day, ())), _kind(day, days, kinds)) for day in every)


def skills_of(record: Progress, bank: QuestionBank) -> tuple[SkillByTopic, ...]:
    """Estimate each topic by its mean score, with Wilson's interval (1927) over its questions.

    Meant for proportions, the interval is wide enough for scores: a mean of values in 0..1 never
    varies more than a proportion does.
    """
    return tuple(
        SkillByTopic(
            bank.topic(topic.topic).title,
            topic.mean_score or 0.0,
            *_wilson(topic.mean_score or 0.0, topic.answered),
            answered=topic.answered,
            total=topic.questions,
        )
        for topic in record.topics
    )


def _wilson(mean: float, count: int) -> tuple[float, float]:
    if not count:
        return 0.0, 1.0
    z2 = NORMAL_95**2 / count
    middle = (mean + z2 / 2) / (1 + z2)
    half = sqrt(z2 * (mean * (1 - mean) + z2 / 4)) / (1 + z2)
    return max(0.0, middle - half), min(1.0, middle + half)


def missed_of(grades: Iterable[Grade]) -> tuple[MissedPoint, ...]:
    """Return the points that were missed or contradicted most often in these grades."""
    looked, lost = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    texts: dict[tuple[str, str], str] = {}
    for grade in grades:
        for point in grade.points:
            key = (grade.question_id, point.id)
            texts.setdefault(key, point.text)
            looked[key] += 1
            lost[key] += point.status in _LOST
    missed = [MissedPoint(texts[key], count, looked[key]) for key, count in lost.items() if count]
    return most_missed(missed)[:MOST_MISSED]


def _kind(
    day: date, days: Mapping[date, list[AnswerLine]], kinds: Mapping[date, DayKind]
) -> DayKind:
    return DayKind.ANSWERED if days.get(day) else kinds.get(day, DayKind.NONE)
