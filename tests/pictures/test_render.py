from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from functools import cache
from io import BytesIO
from itertools import pairwise
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matplotlib.text import Text
from PIL import Image

from bot.core.figures import (
    BoardFigures,
    BoardRow,
    CalendarDay,
    DayKind,
    DueForecast,
    Figures,
    GlanceFigures,
    ProgressFigures,
    QuestionFigures,
    ReportFigures,
    Theme,
    TopicFigures,
    TopicMean,
    TrendPoint,
)
from bot.core.words import captions
from bot.pictures.palette import PALETTES
from bot.pictures.render import draw, render
from bot.pictures.sheet import Sheet
from tests.pictures.figures import TODAY, figures
from tools import pictures as samples

EMPTY = ProgressFigures(TODAY, 0)
ONE = ProgressFigures(
    TODAY,
    1,
    1,
    topics=(TopicMean("Deployment", 0.5, 1, 20),),
    trend=(TrendPoint(TODAY, 0.4),),
    calendar=(CalendarDay(TODAY, 1, DayKind.ANSWERED),),
    forecast=(DueForecast(TODAY + timedelta(days=3), 1),),
)
NO_TOPIC = TopicFigures(TODAY, "Monitoring and drift", questions=(QuestionFigures("drift"),))
SAMPLES: list[Figures] = [
    samples.progress(),
    samples.topic(),
    samples.glance(),
    samples.leaderboard(),
    samples.interview(),
    EMPTY,
    NO_TOPIC,
    ONE,
    GlanceFigures(TODAY),
    GlanceFigures(TODAY, 1.0, 3650, 12_000, TopicMean("W" * 80, 1.0, 1, 1)),
]


class Rendered(NamedTuple):
    """A picture, and the height of the sheet that it was drawn on."""

    png: bytes
    height: int


@cache
def rendered(shown: Figures, theme: Theme) -> Rendered:
    """Draw once what several tests look at."""
    sheet = draw(shown, theme)
    return Rendered(sheet.png(), sheet.height)


def texts(sheet: Sheet) -> list[Text]:
    return [artist for artist in sheet.figure.findobj(Text) if artist.get_text()]


def words(shown: Figures) -> list[str]:
    return [text.get_text() for text in texts(draw(shown, Theme.DARK))]


def board(*rows: BoardRow) -> BoardFigures:
    return BoardFigures("ML", "This week", rows, len(rows))


def leaving(sheet: Sheet) -> list[str]:
    """Return the texts that reach over the edge of the sheet."""
    outside = []
    for text in texts(sheet):
        box = text.get_window_extent()
        inside = box.x0 >= 0 and box.x1 <= sheet.width and box.y0 >= 0 and box.y1 <= sheet.height
        outside += [] if inside else [text.get_text()]
    return outside


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize("shown", SAMPLES)
def test_a_picture_is_a_png_as_wide_as_a_phone_and_not_too_high_for_one(
    shown: Figures, theme: Theme
):
    png, height = rendered(shown, theme)

    with Image.open(BytesIO(png)) as image:
        image.load()
        assert image.format == "PNG"
        assert image.size == (1080, height)
        assert image.height < 1080 * 2
        assert not image.info.keys() & {"Software", "Creation Time", "date:create"}
    assert len(png) < 150_000


@pytest.mark.parametrize("shown", SAMPLES)
def test_the_same_figures_give_the_same_bytes(shown: Figures):
    assert render(shown, Theme.LIGHT) == rendered(shown, Theme.LIGHT).png


def test_threads_may_draw_at_the_same_time():
    alone = [rendered(shown, Theme.DARK).png for shown in SAMPLES]

    with ThreadPoolExecutor(len(SAMPLES)) as threads:
        together = list(threads.map(lambda shown: render(shown, Theme.DARK), SAMPLES))

    assert together == alone


@pytest.mark.parametrize("theme", Theme)
def test_themes_have_their_own_background_in_its_exact_colour(theme: Theme):
    with Image.open(BytesIO(rendered(SAMPLES[0], theme).png)) as image:
        pixels = image.convert("RGB")

    assert _colour_of(pixels, (4, 4)) == PALETTES[theme].page
    assert _colour_of(pixels, (45, 300)) == PALETTES[theme].panel


def _colour_of(pixels: Image.Image, place: tuple[int, int]) -> str:
    colour = pixels.getpixel(place)
    assert isinstance(colour, tuple)
    return "#{:02X}{:02X}{:02X}".format(*colour)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(figures, st.sampled_from(Theme))
def test_whatever_people_write_is_drawn_and_stays_on_the_sheet(shown: Figures, theme: Theme):
    sheet = draw(shown, theme)

    assert leaving(sheet) == []
    assert sheet.height < 1080 * 2
    assert sheet.png().startswith(b"\x89PNG")


def test_mathematics_in_a_name_is_shown_as_it_was_written():
    shown = draw(board(BoardRow(1, "$x^2$", 5)), Theme.DARK)

    name = next(text for text in texts(shown) if text.get_text() == "$x^2$")
    assert not name.get_parse_math()


def test_control_characters_and_direction_marks_are_not_drawn():
    assert "a b c" in words(board(BoardRow(1, "a\x00b\n\u202ec", 5)))


def test_a_name_that_no_font_has_is_drawn_as_visible_boxes():
    def drawn(name: str) -> bytes:
        return render(board(BoardRow(1, name, 5)), Theme.DARK)

    assert drawn("\U000e0101\U00012000\U00012001") != drawn("\u3000")
    assert drawn("\U00012000") != drawn("")


def test_somebody_without_a_name_still_has_a_row():
    assert captions.NAMELESS in words(board(BoardRow(1, "\x00\u202e", 5)))


def test_long_names_end_with_an_ellipsis_before_the_points():
    shown = draw(board(BoardRow(1, "W" * 200, 1234, is_me=True)), Theme.DARK)
    name, points, you = (
        next(text for text in texts(shown) if sign in text.get_text())
        for sign in ("WW", "1,234", captions.YOU)
    )

    assert name.get_text().endswith("…")
    assert name.get_window_extent().x1 < you.get_window_extent().x0
    assert you.get_window_extent().x1 < points.get_window_extent().x0


def test_shared_places_are_marked():
    shown = words(board(BoardRow(1, "Ada", 9), BoardRow(1, "Grace", 9), BoardRow(3, "Emmy", 4)))

    assert shown.count("=1") == 2
    assert "3" in shown


def test_rows_that_do_not_fit_are_counted():
    many = tuple(BoardRow(place, f"Learner {place}", 1) for place in range(1, 101))
    topics = tuple(TopicMean(f"Topic {place}", 0.5, 1, 2) for place in range(100))

    questions = tuple(QuestionFigures(f"number-{place}", 1, 0.5, 0.5) for place in range(60))

    assert "+88 more" in words(board(*many))
    assert "+52 more" in words(TopicFigures(TODAY, "Drift", 60, questions=questions))
    assert "+92 more" in words(ProgressFigures(TODAY, 1, topics=topics))


def test_without_answers_every_panel_says_what_will_stand_there():
    shown = " ".join(words(EMPTY))

    for sentence in (
        captions.NO_ANSWERS,
        captions.NO_TREND,
        captions.NO_FORECAST,
        captions.NO_CALENDAR,
        captions.NO_MISSED,
    ):
        assert sentence in shown


def test_a_topic_shows_its_questions_with_scores_and_when_they_come_back():
    shown = words(samples.topic())

    for text in ("Monitoring and drift", "concept-drift", "58 %", "due", "27 Nov", "74 %"):
        assert text in shown
    assert shown.count(captions.NOT_TRIED) == 2
    assert captions.FREEZE not in shown
    assert captions.FREEZE in words(samples.progress())


def test_a_topic_without_answers_has_no_bars():
    shown = " ".join(words(NO_TOPIC))

    assert captions.NO_ANSWERS in shown
    assert "0 of 1 question tried" in shown


def test_one_answer_is_a_dot_with_its_date():
    shown = words(ONE)

    assert "25 Nov" in shown
    assert "50 %" in shown
    assert captions.NOT_TRIED not in shown


def test_an_interview_without_remarks_shows_only_scores():
    shown = words(ReportFigures(TODAY, 0.5, 3, 90))

    assert captions.NO_SCORES in shown
    assert captions.STRENGTHS not in shown
    assert "3 questions · 1 min" in shown


@pytest.mark.parametrize("month", range(1, 13))
def test_month_names_never_touch_each_other(month: int):
    today = date(2027, month, 28)
    shown = ProgressFigures(today, 1, calendar=(CalendarDay(today, 1, DayKind.ANSWERED),))
    sheet = draw(shown, Theme.DARK)
    names = [text for text in texts(sheet) if text.get_text() in captions.MONTHS]
    boxes = sorted((text.get_window_extent() for text in names), key=lambda box: box.x0)

    assert len(boxes) >= 5
    assert all(left.x1 < right.x0 for left, right in pairwise(boxes))
