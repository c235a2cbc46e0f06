"""Figures of every kind and size, with any text in them, for hypothesis."""

from datetime import date, timedelta

from hypothesis import strategies as st

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
    TopicFigures,
    TopicMean,
    TopicScore,
    TrendPoint,
)

TODAY = date(2026, 11, 25)

any_text = st.text(st.characters(), max_size=30) | st.sampled_from(
    [
        "",
        "$\\frac{1}{0}$ and $",
        "W" * 500,
        "日本語の名前" * 20,
        "👩‍👩‍👧 🎉" * 30,
        "مرحبا بالعالم",
        "Z" + "\u0335\u0322\u0328" * 40,
        "a\x00b\n\x1b[31m\u202ec",
        "\ud800",
        "\u200d\u200d",
    ]
)
shares = st.floats(0, 1)
counts = st.integers(0, 100_000)
days = st.integers(-400, 40).map(lambda offset: TODAY + timedelta(days=offset))


def rows(kind: st.SearchStrategy, most: int = 100) -> st.SearchStrategy:
    """None, a few or very many."""
    few = st.lists(kind, max_size=3)
    many = kind.map(lambda one: [one] * most)
    return (few | many).map(tuple)


glance_figures = st.builds(
    GlanceFigures,
    today=st.just(TODAY),
    mean=st.none() | shares,
    streak=counts,
    due=counts,
    best=st.none() | st.builds(TopicMean, any_text, shares, counts, counts),
    weakest=st.none() | st.builds(TopicMean, any_text, shares, counts, counts),
)
progress_figures = st.builds(
    ProgressFigures,
    today=st.just(TODAY),
    answers=counts,
    streak=counts,
    name=any_text,
    topics=rows(st.builds(TopicMean, any_text, st.none() | shares, counts, counts)),
    trend=rows(st.builds(TrendPoint, days, shares)),
    calendar=rows(st.builds(CalendarDay, days, counts, st.sampled_from(DayKind))),
    forecast=rows(st.builds(DueForecast, days, counts)),
    missed=rows(st.builds(MissedPoint, any_text, counts, counts)),
)
topic_figures = st.builds(
    TopicFigures,
    today=st.just(TODAY),
    topic=any_text,
    answers=counts,
    pending=counts,
    questions=rows(
        st.builds(
            QuestionFigures,
            any_text,
            counts,
            st.none() | shares,
            st.none() | shares,
            st.none() | days,
        )
    ),
    trend=rows(st.builds(TrendPoint, days, shares)),
    calendar=rows(st.builds(CalendarDay, days, counts, st.sampled_from(DayKind))),
    missed=rows(st.builds(MissedPoint, any_text, counts, counts)),
)
board_figures = st.builds(
    BoardFigures,
    title=any_text,
    period=st.sampled_from(["This week", "November 2026"]),
    rows=rows(
        st.builds(BoardRow, counts, any_text, st.floats(0, 1e9), st.booleans(), st.booleans())
    ),
    learners=counts,
)
report_figures = st.builds(
    ReportFigures,
    date=st.just(TODAY),
    overall=shares,
    questions=counts,
    seconds=counts,
    name=any_text,
    topics=rows(st.builds(TopicScore, any_text, shares, st.integers(0, 999))),
    strengths=rows(any_text),
    gaps=rows(any_text),
    study=rows(any_text),
)
figures = progress_figures | glance_figures | topic_figures | board_figures | report_figures
