"""The words inside pictures; the twins in text use them too."""

from datetime import date, timedelta

from bot.core.figures import (
    FORECAST_DAYS,
    BoardFigures,
    BoardRow,
    MissedPoint,
    ProgressFigures,
    ReportFigures,
    TopicFigures,
    TopicMean,
    TopicScore,
    ahead,
)
from bot.core.safe_text import one_line
from bot.core.words.phrases import counted, percent

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
ONE_DAY = timedelta(days=1)
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

PROGRESS = "Progress"
YOUR_PROGRESS = "Your progress"
AVERAGE = "on average"
DAY_STREAK = "day streak"
DUE_TODAY = "due today"
STRONGEST, WEAKEST = "Strongest", "Weakest"
TREND = "Score trend"
TREND_KEY = "line: average"
FORECAST = "Reviews due"
FORECAST_KEY = "next 14 days"
CALENDAR = "Last 26 weeks"
MISSED = "Most often missed"
LEADERBOARD = "Leaderboard"
INTERVIEW = "Mock interview"
YOUR_INTERVIEW = "Your report card"
OVERALL = "Overall"
SCORES = "Score by topic"
STRENGTHS = "Strengths"
GAPS = "Gaps"
STUDY = "Study next"
YOU = "you"
NAMELESS = "somebody without a name"
TODAY = "today"
NOT_TRIED = "not tried yet"
QUESTIONS = "Question by question"
QUESTIONS_KEY = "line: best · right: comes back"
NO_OWN_SCORE = "no score of your own yet"
NO_SCORE = "no score yet"
DUE = "due"

NO_ANSWERS = "No answers yet. Your first one shows up here."
NO_TREND = "Your scores appear here after your first answer."
NO_FORECAST = "Nothing is due. Questions you answer come back here."
NO_CALENDAR = "No days yet. Each day you practise fills a square."
NO_MISSED = "Nothing missed so far."
NO_ROWS = "Nobody is on this board yet."
NO_SCORES = "No question was graded."

LEVELS = ((1, "1–2"), (3, "3–5"), (6, "6+"))
"""How many answers a day needs for each step of the calendar, with the label of the step."""
ANSWERS = "answers"
FREEZE = "freeze"
EXCUSED = "no question"


def level(answers: int) -> int:
    """Return the step in 0..2 of a day with answers."""
    return max(0, sum(answers >= least for least, _ in LEVELS) - 1)


def short_date(day: date) -> str:
    """Return '5 Nov'."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def full_date(day: date) -> str:
    """Return '5 Nov 2026'."""
    return f"{short_date(day)} {day.year}"


def duration(seconds: int) -> str:
    """Return '45 s', '24 min' or '1 h 5 min', rounded down."""
    minutes = max(0, seconds) // 60
    if not minutes:
        return f"{max(0, seconds)} s"
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min" if hours else f"{rest} min"


def headline(figures: ProgressFigures) -> str:
    """Return answers, streak and reviews due today."""
    return " · ".join(filter(None, (counted(figures.answers, "answer"), standing(figures))))


def standing(figures: ProgressFigures) -> str:
    """Return streak and reviews due today; nothing where there is neither."""
    streak = f"{figures.streak}-day streak" if figures.streak > 0 else ""
    due = due_today(figures)
    return " · ".join(filter(None, (streak, f"{due} due today" if due else "")))


def topic_headline(figures: TopicFigures) -> str:
    """Return answers, questions tried, their mean and reviews due today."""
    parts = [
        counted(figures.answers, "answer"),
        f"{len(figures.tried)} of {counted(len(figures.questions), 'question')} tried",
    ]
    if figures.mean is not None:
        parts.append(f"{percent(figures.mean)} on average")
    due = ahead(figures.forecast, figures.today)[0]
    if due:
        parts.append(f"{due} due today")
    return " · ".join(parts)


def comes_back(due: date, today: date) -> str:
    """Return 'due today' or 'back on 5 Dec'; with the year where it is another one."""
    if due <= today:
        return "due today"
    return f"back on {short_date(due) if due.year == today.year else full_date(due)}"


def own_view(points: int) -> str:
    """Return '+1 point by your own view'."""
    return f"+{counted(points, 'point')} by your own view"


def due_today(figures: ProgressFigures) -> int:
    """Return how many reviews are due on the day of the figures."""
    return ahead(figures.forecast, figures.today)[0]


def tried(row: TopicMean) -> str:
    """Return '12 of 20'."""
    return f"{row.answered} of {row.total}"


def more(count: int) -> str:
    """Return the note for rows that are left out."""
    return f"+{count} more"


def rank(row: BoardRow, rows: tuple[BoardRow, ...]) -> str:
    """Return the rank, with '=' before one that is shared."""
    shared = sum(other.rank == row.rank for other in rows) > 1
    return f"={row.rank}" if shared else str(row.rank)


def name(row: BoardRow) -> str:
    """Return somebody's name, safe and on one line; a stand-in where nothing of it can be shown."""
    return one_line(row.name) or NAMELESS


MOST_SHOWN = 9_999


def many(count: int) -> str:
    """Return a count, as '9,999+' where it would need more room."""
    return f"{count:,}" if count <= MOST_SHOWN else f"{MOST_SHOWN:,}+"


def few(count: int) -> str:
    """Return a count in two digits, as '99+' above them."""
    return str(count) if count < 100 else "99+"  # noqa: PLR2004 two digits


def points(value: float) -> str:
    """Return points with thousands separated and no more than one decimal."""
    return f"{value:,.1f}".removesuffix(".0")


def ranked(figures: BoardFigures) -> str:
    """Return the period and how many people are ranked."""
    return f"{counted(figures.learners, 'learner')} ranked"


def interview_headline(figures: ReportFigures) -> str:
    """Return questions and time."""
    return f"{counted(figures.questions, 'question')} · {duration(figures.seconds)}"


def questions_note(count: int, score: float) -> str:
    """Return a topic's score and how many questions it comes from."""
    return f"{percent(score)}, {counted(count, 'question')}"


def times(point: MissedPoint) -> str:
    """Return '5×'."""
    return f"{many(point.count)}×"


def out_of(point: MissedPoint) -> str:
    """Return 'of 9'."""
    return f"of {many(point.of)}"


def asked(row: TopicScore) -> str:
    """Return '3 asked'."""
    return f"{row.questions} asked"


def days_ahead(today: date) -> tuple[date, ...]:
    """Return the days of the forecast."""
    return tuple(today + timedelta(days=day) for day in range(FORECAST_DAYS))
