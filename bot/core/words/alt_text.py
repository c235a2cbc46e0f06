"""The sentences that stand in for a picture: what it shows, for people who cannot see it.

Names and points in them are somebody's own text; it is made safe and short here.
"""

from collections.abc import Iterable
from functools import singledispatch

from bot.core.figures import (
    BoardFigures,
    BoardRow,
    CalendarDay,
    DayKind,
    Figures,
    GlanceFigures,
    ProgressFigures,
    ReportFigures,
    TopicFigures,
    TopicMean,
    ahead,
    most_missed,
    smoothed,
    weeks_of,
)
from bot.core.safe_text import cut, one_line
from bot.core.words import captions
from bot.core.words.phrases import counted, listed, ordinal, percent

LONGEST_ALT_TEXT = 1_000
"""Discord takes 1,024 characters with a file and Slack 2,000; one text serves both."""

NAME, SENTENCE = 40, 90
"""Characters of a name and of a key point that are read out."""

MOST_NAMED = 8


@singledispatch
def alt_text(figures: Figures) -> str:
    """Describe the picture of these figures in at most 1,000 characters."""
    raise TypeError(f"no picture of {type(figures).__name__}")


@alt_text.register
def _(figures: ProgressFigures) -> str:
    whose = f" of {one_line(figures.name, NAME)}" if one_line(figures.name) else ""
    streak = f", a streak of {counted(figures.streak, 'day')}" if figures.streak > 0 else ""
    answers = f"{counted(figures.answers, 'answer')}{streak}"
    return _joined(
        (
            f"Progress{whose} on {captions.full_date(figures.today)}: {answers}.",
            _topics(figures.topics),
            _trend(figures),
            _calendar([day for _, _, day in weeks_of(figures.calendar, figures.today)]),
            _forecast(figures),
            _missed(figures),
        )
    )


@alt_text.register
def _(figures: GlanceFigures) -> str:
    if figures.mean is None:
        return f"Progress on {captions.full_date(figures.today)}. {captions.NO_ANSWERS}"
    streak = f"a streak of {counted(figures.streak, 'day')}"
    due = f"{counted(figures.due, 'review')} {captions.DUE_TODAY}"
    ends = ((captions.STRONGEST, figures.best), (captions.WEAKEST, figures.weakest))
    return _joined(
        (
            f"Progress on {captions.full_date(figures.today)}: {percent(figures.mean)} "
            f"{captions.AVERAGE}, {streak}, {due}.",
            *(
                f"{end}: {one_line(row.topic, NAME)}, {percent(row.mean or 0.0)}."
                for end, row in ends
                if row is not None
            ),
        )
    )


@alt_text.register
def _(figures: TopicFigures) -> str:
    topic = one_line(figures.topic, NAME)
    tried = f"{len(figures.tried)} of {counted(len(figures.questions), 'question')} answered"
    answers = counted(figures.answers, "answer")
    return _joined(
        (
            f"Progress in {topic} on {captions.full_date(figures.today)}: {answers}, {tried}.",
            _questions(figures),
            *in_short(figures),
            _missed(figures),
        )
    )


def in_short(figures: TopicFigures) -> tuple[str, ...]:
    """Return a sentence each on trend, days and reviews, as far as there are any."""
    days = _calendar([day for _, _, day in weeks_of(figures.calendar, figures.today)])
    return tuple(filter(None, (_trend(figures), days, _forecast(figures))))


@alt_text.register
def _(figures: BoardFigures) -> str:
    title = one_line(figures.title, NAME)
    where = f" of {title}" if title else ""
    period = one_line(figures.period, NAME)
    head = f"Leaderboard{where}, {period}, {captions.ranked(figures)}."
    if not figures.rows:
        return _joined((head, captions.NO_ROWS))
    mine = next((row for row in figures.rows if row.is_me), None)
    you = f"You're {ordinal(mine.rank)} with {_points(mine)}." if mine else ""
    return _joined((head, you, _places(figures.rows)))


@alt_text.register
def _(figures: ReportFigures) -> str:
    whose = f" of {one_line(figures.name, NAME)}" if one_line(figures.name) else ""
    length = f"{counted(figures.questions, 'question')} in {captions.duration(figures.seconds)}"
    scores = [f"{one_line(row.topic, NAME)} {percent(row.score)}" for row in figures.topics]
    return _joined(
        (
            f"Report card{whose} for the mock interview on {captions.full_date(figures.date)}: "
            f"{percent(figures.overall)} overall, {length}.",
            f"By topic: {_some(scores)}." if scores else captions.NO_SCORES,
            _quoted("Strengths", figures.strengths),
            _quoted("Gaps", figures.gaps),
            _quoted("To study next", figures.study),
        )
    )


def _joined(sentences: Iterable[str]) -> str:
    text = " ".join(sentence for sentence in sentences if sentence)
    return text if len(text) <= LONGEST_ALT_TEXT else f"{cut(text, LONGEST_ALT_TEXT - 1)}…"


def _some(parts: list[str], most: int = MOST_NAMED) -> str:
    left_out = len(parts) - most
    named = tuple(parts[:most])
    return f"{', '.join(named)} and {left_out} more" if left_out > 0 else listed(named)


def _quoted(label: str, texts: tuple[str, ...]) -> str:
    quotes = [f"“{one_line(text, SENTENCE)}”" for text in texts]
    return f"{label}: {_some(quotes, 3)}." if quotes else ""


def _topics(rows: tuple[TopicMean, ...]) -> str:
    known = [
        f"{one_line(row.topic, NAME)} {percent(row.mean)}" for row in rows if row.mean is not None
    ]
    if not known:
        return captions.NO_ANSWERS
    untried = counted(len(rows) - len(known), "topic")
    rest = f" {untried} not tried yet." if len(rows) > len(known) else ""
    return f"Average score by topic: {_some(known)}.{rest}"


def _questions(figures: TopicFigures) -> str:
    scored = [
        f"{one_line(each.name, NAME)} {percent(each.latest)}"
        for each in figures.questions
        if each.latest is not None
    ]
    return f"Latest scores, the lowest first: {_some(scored)}." if scored else ""


def _trend(figures: ProgressFigures | TopicFigures) -> str:
    if len(figures.trend) < 2:  # noqa: PLR2004 a trend needs two
        return f"One score so far: {percent(figures.trend[0].score)}." if figures.trend else ""
    means = smoothed(figures.trend)
    first, last = figures.trend[0].date, figures.trend[-1].date
    return (
        f"Average score from {captions.full_date(first)} to {captions.full_date(last)}: "
        f"{percent(means[0])} at first, {percent(means[-1])} now."
    )


def _calendar(days: list[CalendarDay]) -> str:
    active = sum(day.answers > 0 or day.kind is DayKind.ANSWERED for day in days)
    if not active:
        return ""
    freezes = sum(day.kind is DayKind.FREEZE for day in days)
    frozen = f" and {counted(freezes, 'freeze')}" if freezes else ""
    return f"In the last 26 weeks, {counted(active, 'day')} with answers{frozen}."


def _forecast(figures: ProgressFigures | TopicFigures) -> str:
    counts = ahead(figures.forecast, figures.today)
    if not sum(counts):
        return "No reviews are due in the next 14 days."
    return f"Reviews due: {counts[0]} today, {sum(counts)} in the next 14 days."


def _missed(figures: ProgressFigures | TopicFigures) -> str:
    points = [
        f"“{one_line(point.text, SENTENCE)}” ({point.count} of {point.of})"
        for point in most_missed(figures.missed)
    ]
    return f"Most often missed: {_some(points, 3)}." if points else ""


def _places(rows: tuple[BoardRow, ...]) -> str:
    places = [f"{row.rank}. {captions.name(row)[:NAME]}, {_points(row)}" for row in rows]
    shown = places[: MOST_NAMED + 4]
    left_out = f"; {captions.more(len(places) - len(shown))}" if len(places) > len(shown) else ""
    return f"{'; '.join(shown)}{left_out}."


def _points(row: BoardRow) -> str:
    return f"{captions.points(row.points)} {'point' if row.points == 1 else 'points'}"
