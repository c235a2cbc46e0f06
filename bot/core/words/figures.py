"""The twins of the pictures: the same figures as a Reply, for a terminal and for screen readers."""

from bot.core.command_refs import ref
from bot.core.figures import (
    CALENDAR_WEEKS,
    BoardFigures,
    BoardRow,
    DayKind,
    MissedPoint,
    ProgressFigures,
    TopicMean,
    ahead,
    most_missed,
    smoothed,
    weeks_of,
)
from bot.core.reply import Action, Bar, Bars, Block, Heading, Items, Paragraph, Reply
from bot.core.safe_text import one_line
from bot.core.words import captions
from bot.core.words.phrases import counted, percent

LABEL = 40
"""Characters of a name or a topic in a row."""

MOST_ROWS = 20
"""Rows of one list; a board or a bank may have many more."""


def progress_figures(figures: ProgressFigures) -> Reply:
    """Show how a learner is doing: topics, trend, weeks, reviews due, what was missed."""
    name = one_line(figures.name, LABEL)
    title = f"{captions.PROGRESS}: {name}" if name else captions.YOUR_PROGRESS
    if not figures.answers:
        first = Paragraph(f"{ref('ask')} brings your first question.", quiet=True)
        return Reply((Heading(title), Paragraph(captions.NO_ANSWERS), first), (Action.ASK,))
    blocks: list[Block] = [Heading(title), Paragraph(f"{captions.headline(figures)}.")]
    blocks += _bars(captions.SCORES, [_topic(row) for row in figures.topics])
    blocks += further_figures(figures)
    return Reply(tuple(blocks), (Action.ASK,))


def further_figures(figures: ProgressFigures) -> tuple[Block, ...]:
    """Show what the record itself does not tell: trend, weeks, reviews due, what was missed."""
    return (
        *_trend(figures),
        *_bars(captions.CALENDAR, _months(figures)),
        *_bars(f"{captions.FORECAST}, {captions.FORECAST_KEY}", _due(figures)),
        *_list(captions.MISSED, [_missed(point) for point in most_missed(figures.missed)]),
    )


def leaderboard_figures(figures: BoardFigures) -> Reply:
    """Show a leaderboard: the places with points, the reader's own one marked."""
    parts = map(one_line, (captions.LEADERBOARD, figures.title, figures.period))
    title = ", ".join(part for part in parts if part)
    if not figures.rows:
        return Reply((Heading(title), Paragraph(captions.NO_ROWS)))
    most = max(row.points for row in figures.rows)
    rows = [_place(row, figures.rows, most) for row in figures.rows]
    ranked = Paragraph(f"{captions.ranked(figures)}.")
    return Reply((*_bars(title, rows), ranked))


def _bars(heading: str, rows: list[Bar]) -> list[Block]:
    if not rows:
        return []
    left_out = len(rows) - MOST_ROWS
    more = [Paragraph(captions.more(left_out), quiet=True)] if left_out > 0 else []
    return [Heading(heading), Bars(tuple(rows[:MOST_ROWS])), *more]


def _list(heading: str, lines: list[str]) -> list[Block]:
    if not lines:
        return []
    left_out = len(lines) - MOST_ROWS
    more = [captions.more(left_out)] if left_out > 0 else []
    return [Heading(heading), Items((*lines[:MOST_ROWS], *more))]


def _topic(row: TopicMean) -> Bar:
    said = captions.NOT_TRIED if row.mean is None else percent(row.mean)
    return Bar(one_line(row.topic, LABEL), row.mean, f"{said}, {captions.tried(row)}")


def _trend(figures: ProgressFigures) -> list[Block]:
    if not figures.trend:
        return []
    means = smoothed(figures.trend)
    first, last = figures.trend[0].date, figures.trend[-1].date
    rows = [Bar(captions.short_date(first), means[0], percent(means[0]))]
    if len(means) > 1:
        rows.append(Bar(captions.short_date(last), means[-1], percent(means[-1])))
    return _bars(f"{captions.TREND}, {captions.TREND_KEY}", rows)


def _months(figures: ProgressFigures) -> list[Bar]:
    """Return a row for each month: on how many of its days there were answers."""
    months: dict[tuple[int, int], list[bool]] = {}
    days = sorted(weeks_of(figures.calendar, figures.today), key=lambda cell: cell[2].date)
    for _, _, day in days[-7 * CALENDAR_WEEKS :]:
        month = months.setdefault((day.date.year, day.date.month), [])
        month.append(day.answers > 0 or day.kind is DayKind.ANSWERED)
    return [
        Bar(
            captions.MONTHS[month - 1],
            sum(active) / len(active),
            f"{sum(active)} of {counted(len(active), 'day')}",
        )
        for (_, month), active in months.items()
    ]


def _due(figures: ProgressFigures) -> list[Bar]:
    counts = ahead(figures.forecast, figures.today)
    if not any(counts):
        return []
    most = max(counts)
    days = (captions.short_date(day) for day in captions.days_ahead(figures.today))
    return [Bar(day, count / most, str(count)) for day, count in zip(days, counts, strict=True)]


def _missed(point: MissedPoint) -> str:
    return f"{one_line(point.text)} ({captions.times(point)} {captions.out_of(point)})"


def _place(row: BoardRow, rows: tuple[BoardRow, ...], most: float) -> Bar:
    you = f" ({captions.YOU})" if row.is_me else ""
    label = f"{captions.rank(row, rows)} {one_line(captions.name(row), LABEL)}{you}"
    return Bar(label, row.points / most if most > 0 else 0.0, captions.points(row.points))
