"""From answers to the figures behind pictures. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta, tzinfo
from statistics import fmean

from bot.core.calendar.days import local_day
from bot.core.figures import (
    CalendarDay,
    DayKind,
    GlanceFigures,
    MissedPoint,
    ProgressFigures,
    TopicMean,
    TrendPoint,
    ahead,
    first_monday,
    most_missed,
)
from bot.core.progress.model import AnswerLine, Progress
from grading.grade import Grade, PointStatus
from knowledge.bank import QuestionBank

MOST_MISSED = 5
"""Points that are named: as many as somebody can take up in a week."""

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


def glance_of(record: Progress, figures: ProgressFigures) -> GlanceFigures:
    """Return the figures by which a learner knows how they are doing."""
    tried = [each for each in figures.topics if each.mean is not None]
    best = max(tried, key=_mean, default=None)
    weakest = min(tried, key=_mean, default=None)
    if best is not None and weakest is not None and _mean(best) == _mean(weakest):
        weakest = None
    due = ahead(figures.forecast, figures.today)[0]
    return GlanceFigures(
        figures.today, record.mean_score, max(0, figures.streak), due, best, weakest
    )


def _mean(topic: TopicMean) -> float:
    return topic.mean or 0.0


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


def means_of(record: Progress, bank: QuestionBank) -> tuple[TopicMean, ...]:
    """Return the mean of each topic, the same that the words tell; what was answered first."""
    rows = (
        TopicMean(bank.topic(each.topic).title, each.mean_score, each.answered, each.questions)
        for each in record.topics
    )
    return tuple(sorted(rows, key=lambda row: -row.answered))


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
