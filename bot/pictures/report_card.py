"""The report card of a mock interview: scores by topic, strengths, gaps, what to study."""

from collections.abc import Sequence

from bot.core.figures import ReportFigures, TopicScore
from bot.core.words import captions
from bot.core.words.phrases import percent
from bot.pictures.card import Pen, Section, clamped, head, note, panel
from bot.pictures.lettering import BODY, SMALL, STRONG, Type
from bot.pictures.remarks import remarks

MOST_ROWS = 8
ROW = 46
BAR_LEFT, BAR_WIDTH, BAR_HEIGHT = 388, 314, 22
PERCENT_RIGHT = 810
OVERALL = Type(84, bold=True)


def report_card(figures: ReportFigures) -> tuple[Section, ...]:
    """Lay out the card; lists that are empty are left out."""
    lists = (
        (captions.STRENGTHS, "✓", figures.strengths),
        (captions.GAPS, "○", figures.gaps),
        (captions.STUDY, "→", figures.study),
    )
    return (
        head(
            captions.INTERVIEW,
            captions.full_date(figures.date),
            figures.name or captions.YOUR_INTERVIEW,
            captions.interview_headline(figures),
        ),
        _overall(figures.overall),
        _topics(figures.topics),
        *(remarks(title, sign, texts) for title, sign, texts in lists if texts),
    )


def _overall(share: float) -> Section:
    def content(pen: Pen) -> None:
        sheet, colours, place = pen
        words = percent(clamped(share))
        sheet.words((place.left, place.top + 66), words, OVERALL, colours.ink)
        left = place.left + BAR_LEFT
        width = place.right - left
        sheet.box((left, place.top + 18), width, 40, colours.track, 10)
        if width * clamped(share) >= 1:
            sheet.box((left, place.top + 18), width * clamped(share), 40, colours.accent, 10)

    return panel(captions.OVERALL, "", 76, content)


def _topics(rows: Sequence[TopicScore]) -> Section:
    if not rows:
        return note(captions.SCORES, captions.NO_SCORES)
    shown, left_out = rows[:MOST_ROWS], len(rows[MOST_ROWS:])

    def content(pen: Pen) -> None:
        for place, row in enumerate(shown):
            _row(pen, pen.place.top + place * ROW, row)
        if left_out:
            spot = (pen.place.left, pen.place.top + len(shown) * ROW + 30)
            pen.sheet.words(spot, captions.more(left_out), SMALL, pen.colours.muted)

    return panel(captions.SCORES, "", ROW * (len(shown) + bool(left_out)) - 8, content)


def _row(pen: Pen, top: float, row: TopicScore) -> None:
    sheet, colours, place = pen
    left, base, share = place.left + BAR_LEFT, top + 30, clamped(row.score)
    sheet.fitted((place.left, base), row.topic, BODY, colours.ink, BAR_LEFT - 16)
    sheet.box((left, top + 8), BAR_WIDTH, BAR_HEIGHT, colours.track, 6)
    if BAR_WIDTH * share >= 1:
        sheet.box((left, top + 8), BAR_WIDTH * share, BAR_HEIGHT, colours.accent, 6)
    spot = (place.left + PERCENT_RIGHT, base)
    sheet.words(spot, percent(share), STRONG, colours.ink, "right")
    asked = captions.asked(row)
    sheet.fitted((place.right, base), asked, SMALL, colours.muted, 140, "right")
