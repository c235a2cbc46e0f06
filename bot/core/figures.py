"""The figures behind pictures and their twins in words: plain values, computed elsewhere.

Shares are finite numbers in 0..1. Names, titles and points are somebody's own text, as it was
written: whoever shows them makes them safe. Pure.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from statistics import fmean


class Theme(StrEnum):
    """The background of the chat in which a picture is read."""

    DARK = "dark"
    LIGHT = "light"


class DayKind(StrEnum):
    """What became of a day, as in the streak's ledger."""

    ANSWERED = "answered"
    FREEZE = "freeze"
    OUTAGE = "outage"
    NO_QUESTION = "no-question"
    NONE = "none"


@dataclass(frozen=True)
class TopicMean:
    """One topic: the mean of its questions' latest scores, None where there is none yet.

    `answered` counts the questions with a score, `total` all of the topic.
    """

    topic: str
    mean: float | None
    answered: int
    total: int


@dataclass(frozen=True)
class TrendPoint:
    """The score of an answer, or the mean of a day's answers, on a local day."""

    date: date
    score: float


@dataclass(frozen=True)
class CalendarDay:
    """One local day: how many answers it brought and what it meant for the streak."""

    date: date
    answers: int
    kind: DayKind


@dataclass(frozen=True)
class DueForecast:
    """How many reviews fall due on a local day."""

    date: date
    count: int


@dataclass(frozen=True)
class MissedPoint:
    """A key point that was missed in `count` of the `of` answers it was looked for in."""

    text: str
    count: int
    of: int


@dataclass(frozen=True)
class ProgressFigures:
    """How a learner is doing on the local day `today`; an empty `name` addresses the reader."""

    today: date
    answers: int
    streak: int = 0
    name: str = ""
    topics: tuple[TopicMean, ...] = ()
    trend: tuple[TrendPoint, ...] = ()
    calendar: tuple[CalendarDay, ...] = ()
    forecast: tuple[DueForecast, ...] = ()
    missed: tuple[MissedPoint, ...] = ()


@dataclass(frozen=True)
class GlanceFigures:
    """The five figures by which a learner knows how they are doing, on the local day `today`.

    `mean` is None before the first score; `due` counts the reviews due today. Of several topics,
    `best` and `weakest` are the ends; where all are equal there is no weakest.
    """

    today: date
    mean: float | None = None
    streak: int = 0
    due: int = 0
    best: TopicMean | None = None
    weakest: TopicMean | None = None


@dataclass(frozen=True)
class QuestionFigures:
    """One question as a learner knows it: answers given, scores in 0..1, the day it comes back.

    Scores are of answers without the reference; both are None until there is one. `own` counts the
    points that the learner says they made in the latest answer.
    """

    name: str
    answers: int = 0
    latest: float | None = None
    best: float | None = None
    due: date | None = None
    own: int = 0


@dataclass(frozen=True)
class TopicFigures:
    """How a learner is doing in one topic on the local day `today`.

    Questions stand in the order in which they need work: the weakest first, the untried last.
    """

    today: date
    topic: str
    answers: int = 0
    pending: int = 0
    questions: tuple[QuestionFigures, ...] = ()
    trend: tuple[TrendPoint, ...] = ()
    calendar: tuple[CalendarDay, ...] = ()
    missed: tuple[MissedPoint, ...] = ()

    @property
    def tried(self) -> tuple[QuestionFigures, ...]:
        """The questions that were answered."""
        return tuple(question for question in self.questions if question.answers)

    @property
    def mean(self) -> float | None:
        """The mean of the questions' latest scores; None where there is none yet."""
        scores = [each.latest for each in self.questions if each.latest is not None]
        return fmean(scores) if scores else None

    @property
    def forecast(self) -> tuple[DueForecast, ...]:
        """The day of each review that is to come."""
        return tuple(DueForecast(each.due, 1) for each in self.questions if each.due)


@dataclass(frozen=True)
class BoardRow:
    """One place on a board; `gap` says that places between it and the row above are left out."""

    rank: int
    name: str
    points: float
    is_me: bool = False
    gap: bool = False


@dataclass(frozen=True)
class BoardFigures:
    """A leaderboard as one learner sees it: the rows in order, out of `learners` ranked people."""

    title: str
    period: str
    rows: tuple[BoardRow, ...]
    learners: int


@dataclass(frozen=True)
class TopicScore:
    """A topic of an interview: the mean score over its questions."""

    topic: str
    score: float
    questions: int


@dataclass(frozen=True)
class ReportFigures:
    """How an interview went: scores, the seconds it took, and what to make of it."""

    date: date
    overall: float
    questions: int
    seconds: int
    name: str = ""
    topics: tuple[TopicScore, ...] = ()
    strengths: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    study: tuple[str, ...] = ()


Figures = ProgressFigures | GlanceFigures | TopicFigures | BoardFigures | ReportFigures


@dataclass(frozen=True)
class Picture:
    """A PNG image, the sentences that stand in for it, and a name for the file."""

    png: bytes
    alt_text: str
    file_name: str


CALENDAR_WEEKS = 26
"""Half a year: long enough to see a habit, short enough for squares that a thumb can point at."""

FORECAST_DAYS = 14
"""Two weeks of reviews; further ahead a forecast is mostly reviews that do not exist yet."""

TREND_WEIGHT = 0.2
"""Weight of the newest score in the smoothed line: about the last ten answers shape it."""


def smoothed(points: Iterable[TrendPoint]) -> tuple[float, ...]:
    """Return the exponentially weighted moving average of the scores (Roberts, 1959)."""
    means: list[float] = []
    for point in points:
        last = means[-1] if means else point.score
        means.append(last + TREND_WEIGHT * (point.score - last))
    return tuple(means)


def weeks_of(
    calendar: Iterable[CalendarDay], today: date
) -> Iterator[tuple[int, int, CalendarDay]]:
    """Return column, weekday and day of the last 26 weeks; Monday is 0, column 25 is this week."""
    first = first_monday(today)
    for day in calendar:
        if first <= day.date <= today:
            yield (day.date - first).days // 7, day.date.weekday(), day


def first_monday(today: date) -> date:
    """Return the Monday on which the calendar of the last 26 weeks begins."""
    return today - timedelta(days=today.weekday() + 7 * (CALENDAR_WEEKS - 1))


def ahead(forecast: Iterable[DueForecast], today: date) -> tuple[int, ...]:
    """Return the reviews due on each of the next 14 days, today first; what is overdue is due."""
    counts = [0] * FORECAST_DAYS
    for day in forecast:
        place = max(0, (day.date - today).days)
        if place < FORECAST_DAYS:
            counts[place] += day.count
    return tuple(counts)


def most_missed(points: Iterable[MissedPoint]) -> tuple[MissedPoint, ...]:
    """Return the points by how often they were missed, then by share, then by text."""
    return tuple(
        sorted(
            points, key=lambda point: (-point.count, -point.count / max(1, point.of), point.text)
        )
    )
