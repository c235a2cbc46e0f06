"""The leaderboard card: places, names and points, one's own row marked."""

from bot.core.figures import BoardFigures, BoardRow
from bot.core.words import captions
from bot.pictures.card import PADDING, Pen, Place, Section, head, note
from bot.pictures.lettering import BODY, SMALL, STRONG, Type
from bot.pictures.sheet import measure

ROW = 84
GAP_ROW = 48
MOST_ROWS = 12
"""Three leaders, one's own row with three on each side, and a little more."""

RANK_RIGHT, NAME_LEFT = 104, 130
BAR_HEIGHT = 8


def board_card(figures: BoardFigures) -> tuple[Section, ...]:
    """Lay out the card."""
    top = head(captions.LEADERBOARD, figures.period, figures.title, captions.ranked(figures))
    if not figures.rows:
        return top, note(captions.LEADERBOARD, captions.NO_ROWS)
    return top, _rows(figures)


def _rows(figures: BoardFigures) -> Section:
    shown = figures.rows[:MOST_ROWS]
    left_out = len(figures.rows) - len(shown)
    gaps = sum(row.gap for row in shown) + bool(left_out)
    height = 2 * 16 + ROW * len(shown) + GAP_ROW * gaps

    def draw(pen: Pen) -> None:
        sheet, colours, place = pen
        sheet.box((place.left, place.top), place.width, place.height, colours.panel, 20)
        top = place.top + 16
        most = max((row.points for row in figures.rows), default=0)
        for row in shown:
            if row.gap:
                _break(pen, top)
                top += GAP_ROW
            inside = pen._replace(place=Place(place.left, top, place.width, ROW))
            _row(
                inside, row, captions.rank(row, figures.rows), row.points / most if most > 0 else 0
            )
            top += ROW
        if left_out:
            spot = (place.left + NAME_LEFT, top + 28)
            sheet.words(spot, captions.more(left_out), SMALL, colours.muted)

    return Section(height, draw)


def _break(pen: Pen, top: float) -> None:
    x = pen.place.left + NAME_LEFT
    spots = [(x + 6 + 16 * dot, top + GAP_ROW / 2 + 4) for dot in range(3)]
    pen.sheet.dots(spots, pen.colours.muted, 9, pen.colours.panel)


def _row(pen: Pen, row: BoardRow, rank: str, share: float) -> None:
    sheet, colours, place = pen
    if row.is_me:
        sheet.box((place.left + 10, place.top + 3), place.width - 20, ROW - 6, colours.mine, 14)
        sheet.box((place.left + 10, place.top + 17), 7, ROW - 34, colours.accent, 3)
    base, right = place.top + 46, place.right - PADDING
    kind = STRONG if row.is_me or row.rank <= 3 else BODY  # noqa: PLR2004 the podium
    _rank(pen, rank, base)
    points = captions.points(row.points)
    sheet.words((right, base), points, kind, colours.ink, "right")
    room = right - measure(points, kind) - 24 - place.left - NAME_LEFT
    you = measure(captions.YOU, SMALL) + 16 if row.is_me else 0
    left = place.left + NAME_LEFT
    taken = sheet.fitted((left, base), captions.name(row), kind, colours.ink, room - you)
    if row.is_me:
        sheet.words((left + taken + 16, base), captions.YOU, SMALL, colours.muted)
    _bar(pen, left, right - left, share)


def _rank(pen: Pen, rank: str, base: float) -> None:
    kind = STRONG
    while measure(rank, kind) > RANK_RIGHT - 26 and kind.size > 1:
        kind = Type(kind.size - 1, bold=True)
    spot = (pen.place.left + RANK_RIGHT, base)
    pen.sheet.words(spot, rank, kind, pen.colours.ink, "right")


def _bar(pen: Pen, left: float, width: float, share: float) -> None:
    top = pen.place.top + 62
    pen.sheet.box((left, top), width, BAR_HEIGHT, pen.colours.track, BAR_HEIGHT / 2)
    filled = width * min(1.0, max(0.0, share))
    if filled >= 1:
        pen.sheet.box((left, top), filled, BAR_HEIGHT, pen.colours.accent, BAR_HEIGHT / 2)
