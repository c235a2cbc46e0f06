"""Write the sample pictures of the documentation: python -m tools.pictures docs/pictures."""

import sys
from datetime import date, timedelta
from pathlib import Path

from bot.core.figures import (
    BoardFigures,
    BoardRow,
    CalendarDay,
    DayKind,
    DueForecast,
    GlanceFigures,
    MissedPoint,
    ProgressFigures,
    QuestionFigures,
    ReportFigures,
    Theme,
    TopicFigures,
    TopicMean,
    TopicScore,
    TrendPoint,
    first_monday,
)
from bot.pictures.render import render

TODAY = date(2026, 11, 25)


def progress() -> ProgressFigures:
    """Return the figures of a made-up learner."""
    return ProgressFigures(
        today=TODAY,
        name="Ada",
        answers=214,
        streak=12,
        topics=(
            TopicMean("Deep learning", 0.81, 18, 20),
            TopicMean("Transfer learning", 0.72, 11, 20),
            TopicMean("Deployment", 0.64, 9, 20),
            TopicMean("Interpretability", 0.58, 4, 20),
            TopicMean("Hyperparameter tuning", 0.43, 7, 20),
            TopicMean("Monitoring and drift", None, 0, 20),
        ),
        trend=tuple(_score(place) for place in range(48)),
        calendar=tuple(_day(place) for place in range(26 * 7 - 4)),
        forecast=tuple(
            DueForecast(TODAY + timedelta(days=day), count)
            for day, count in enumerate((7, 3, 4, 0, 2, 5, 11, 3, 0, 1, 2, 6, 2, 4))
        ),
        missed=(
            MissedPoint("Fresh labels, not the inputs alone, show that the concept drifted.", 5, 7),
            MissedPoint("Freeze the early layers first, because they hold general features.", 4, 9),
            MissedPoint("A canary release exposes a small share of the traffic to a model.", 3, 4),
            MissedPoint("Permutation importance shares credit among correlated features.", 2, 5),
        ),
    )


def glance() -> GlanceFigures:
    """Return the figures of the same learner at a glance."""
    everything = progress()
    tried = [each for each in everything.topics if each.mean is not None]
    due = everything.forecast[0].count
    return GlanceFigures(TODAY, 0.66, everything.streak, due, tried[0], tried[-1])


def topic() -> TopicFigures:
    """Return the figures of a made-up learner in one topic."""
    everything = progress()
    names = (
        ("alerting-on-drift", 3, 0.31, 0.48, 0),
        ("concept-drift", 5, 0.58, 0.72, 2),
        ("delayed-ground-truth", 2, 0.74, 0.74, 9),
        ("training-serving-skew", 4, 0.91, 0.91, 41),
    )
    return TopicFigures(
        today=TODAY,
        topic="Monitoring and drift",
        answers=14,
        questions=(
            *(
                QuestionFigures(name, answers, latest, best, TODAY + timedelta(days=away))
                for name, answers, latest, best, away in names
            ),
            QuestionFigures("data-drift-tests"),
            QuestionFigures("retraining-triggers-and-everything-that-speaks-against-them"),
        ),
        trend=everything.trend[::4],
        calendar=tuple(
            CalendarDay(day.date, day.answers, day.kind)
            if day.answers and place % 9 == 0
            else CalendarDay(day.date, 0, DayKind.NONE)
            for place, day in enumerate(everything.calendar)
        ),
        missed=everything.missed[:1],
    )


def _score(place: int) -> TrendPoint:
    wobble = ((place * 37) % 23 - 11) / 60
    return TrendPoint(TODAY - timedelta(days=95 - place * 2), 0.42 + place / 120 + wobble)


def _day(place: int) -> CalendarDay:
    day = first_monday(TODAY) + timedelta(days=place)
    answers = (0, 2, 1, 4, 7, 0, 1, 3, 0, 5, 2)[(place * place + 3 * place) % 11]
    if answers and place > 20:  # noqa: PLR2004 began after three weeks
        return CalendarDay(day, answers, DayKind.ANSWERED)
    kind = {0: DayKind.FREEZE, 1: DayKind.NO_QUESTION}.get(place % 13, DayKind.NONE)
    return CalendarDay(day, 0, kind if place > 20 else DayKind.NONE)  # noqa: PLR2004 as above


def leaderboard() -> BoardFigures:
    """Return a made-up board with a tie, a long name and several scripts."""
    return BoardFigures(
        title="ML study group",
        period="November 2026",
        learners=148,
        rows=(
            BoardRow(1, "Grace", 1284),
            BoardRow(1, "Łukasz Żółć", 1284),
            BoardRow(3, "Мария", 1190.5),
            BoardRow(22, "cost of $5 and $6", 612, gap=True),
            BoardRow(23, "Αλέξανδρος", 598),
            BoardRow(24, "an extraordinarily long display name that goes on and on", 571),
            BoardRow(25, "Ada", 566, is_me=True),
            BoardRow(26, "Anonymous", 540),
            BoardRow(27, "Noor ☕", 533),
            BoardRow(27, "Sofía", 533),
        ),
    )


def interview() -> ReportFigures:
    """Return the figures of a made-up interview."""
    return ReportFigures(
        date=TODAY,
        name="Ada",
        overall=0.68,
        questions=6,
        seconds=24 * 60 + 12,
        topics=(
            TopicScore("Deep learning", 0.86, 2),
            TopicScore("Deployment", 0.71, 2),
            TopicScore("Monitoring and drift", 0.41, 2),
        ),
        strengths=(
            "Skip connections give the gradient a short way back.",
            "A shadow deployment compares two models without risk to users.",
        ),
        gaps=(
            "Fresh labels, not the inputs alone, show that the concept drifted.",
            "Alert on a sustained drop, not on a single bad hour.",
        ),
        study=("Concept drift", "Alert thresholds", "Rolling back a model"),
    )


def main(folder: Path) -> None:
    """Write every sample into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    samples = {
        "progress-dark": render(progress(), Theme.DARK),
        "progress-light": render(progress(), Theme.LIGHT),
        "progress-glance": render(glance(), Theme.DARK),
        "topic": render(topic(), Theme.LIGHT),
        "leaderboard": render(leaderboard(), Theme.DARK),
        "interview": render(interview(), Theme.LIGHT),
    }
    for name, png in samples.items():
        (folder / f"{name}.png").write_bytes(png)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
