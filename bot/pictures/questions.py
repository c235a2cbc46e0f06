"""Panel: a bar for each question of a topic, with a mark at the best score."""

from collections.abc import Sequence
from datetime import date

from bot.core.figures import QuestionFigures
from bot.core.words import captions
from bot.core.words.phrases import percent
from bot.pictures.card import Pen, Section, clamped, note, panel
from bot.pictures.lettering import BODY, SMALL, STRONG
from bot.pictures.topics import BAR_HEIGHT, BAR_LEFT, BAR_WIDTH, MOST_ROWS, PERCENT_RIGHT, ROW

RIGHT_ROOM = 130


def questions(rows: Sequence[QuestionFigures], today: date) -> Section:
    """Make the panel; questions that do not fit are counted."""
    if not any(row.answers for row in rows):
        return note(captions.QUESTIONS, captions.NO_ANSWERS)
    shown, left_out = rows[:MOST_ROWS], len(rows[MOST_ROWS:])
    height = ROW * (len(shown) + bool(left_out)) - 8

    def content(pen: Pen) -> None:
        for place, row in enumerate(shown):
            _row(pen, pen.place.top + place * ROW, row, today)
        if left_out:
            spot = (pen.place.left, pen.place.top + len(shown) * ROW + 30)
            pen.sheet.words(spot, captions.more(left_out), SMALL, pen.colours.muted)

    return panel(captions.QUESTIONS, captions.QUESTIONS_KEY, height, content)


def _row(pen: Pen, top: float, row: QuestionFigures, today: date) -> None:
    sheet, colours, place = pen
    base, left = top + 30, place.left + BAR_LEFT
    sheet.fitted((place.left, base), row.name, BODY, colours.ink, BAR_LEFT - 16)
    if row.due is not None:
        due = captions.DUE if row.due <= today else captions.short_date(row.due)
        sheet.fitted((place.right, base), due, SMALL, colours.muted, RIGHT_ROOM, "right")
    if row.latest is None or row.best is None:
        words = captions.NO_SCORE if row.answers else captions.NOT_TRIED
        sheet.words((left, base), words, SMALL, colours.muted)
        return
    _bar(pen, left, top + 8, row.latest, row.best)
    spot = (place.left + PERCENT_RIGHT, base)
    sheet.words(spot, percent(clamped(row.latest)), STRONG, colours.ink, "right")


def _bar(pen: Pen, left: float, top: float, latest: float, best: float) -> None:
    sheet, colours, _ = pen
    sheet.box((left, top), BAR_WIDTH, BAR_HEIGHT, colours.track, 6)
    width = BAR_WIDTH * clamped(latest)
    if width >= 1:
        sheet.box((left, top), width, BAR_HEIGHT, colours.accent, 6)
    x = left + BAR_WIDTH * clamped(best)
    for colour, thickness in ((colours.panel, 7), (colours.ink, 3)):
        sheet.line([(x, top - 2), (x, top + BAR_HEIGHT + 2)], colour, thickness)
