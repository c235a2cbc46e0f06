"""The wide card of progress: five figures at most, to be read inside a message on a phone.

A phone shows a card in a message at about a quarter of its size, so its smallest letters have 44
pixels here: 11 there.
"""

from bot.core.figures import GlanceFigures, TopicMean
from bot.core.words import captions
from bot.core.words.phrases import percent
from bot.pictures.card import GAP, PADDING, Pen, Place, Section, clamped
from bot.pictures.lettering import TITLE, Type
from bot.pictures.sheet import measure, wrapped

NUMBER = Type(98, bold=True)
LABEL = Type(44)
TOPIC, SCORE = Type(46), Type(46, bold=True)
LINE = 62

TILES, ROW = 226, 124
BAR_HEIGHT = 20


def glance_card(figures: GlanceFigures) -> tuple[Section, ...]:
    """Lay out the card: three numbers, and below them the ends among the topics."""
    if figures.mean is None:
        return _title(), _nothing()
    numbers = (
        (percent(figures.mean), captions.AVERAGE),
        (str(figures.streak), captions.DAY_STREAK),
        (str(figures.due), captions.DUE_TODAY),
    )
    ends = ((captions.STRONGEST, figures.best), (captions.WEAKEST, figures.weakest))
    rows = [(end, topic) for end, topic in ends if topic is not None]
    tiles = _tiles(numbers)
    return (tiles, _topics(rows)) if rows else (tiles,)


def _title() -> Section:
    def draw(pen: Pen) -> None:
        spot = (pen.place.left + 4, pen.place.top + 56)
        pen.sheet.words(spot, captions.YOUR_PROGRESS, TITLE, pen.colours.ink)

    return Section(70, draw)


def _nothing() -> Section:
    def draw(pen: Pen) -> None:
        sheet, colours, place = pen
        sheet.box((place.left, place.top), place.width, place.height, colours.panel, 20)
        lines = wrapped(captions.NO_ANSWERS, LABEL, place.width - 2 * PADDING, 2)
        for row, line in enumerate(lines):
            spot = (place.left + PADDING, place.top + 76 + row * LINE)
            sheet.words(spot, line, LABEL, colours.muted)

    return Section(2 * LINE + 60, draw)


def _tiles(numbers: tuple[tuple[str, str], ...]) -> Section:
    def draw(pen: Pen) -> None:
        place = pen.place
        width = (place.width - GAP * (len(numbers) - 1)) / len(numbers)
        for column, (number, label) in enumerate(numbers):
            left = place.left + column * (width + GAP)
            _tile(pen._replace(place=Place(left, place.top, width, place.height)), number, label)

    return Section(TILES, draw)


def _tile(pen: Pen, number: str, label: str) -> None:
    sheet, colours, place = pen
    sheet.box((place.left, place.top), place.width, place.height, colours.panel, 20)
    middle, room = place.left + place.width / 2, place.width - PADDING
    kind = NUMBER
    while measure(number, kind) > room and kind.size > LABEL.size:
        kind = Type(kind.size - 4, bold=True)
    sheet.fitted((middle, place.top + 122), number, kind, colours.ink, room, "center")
    sheet.fitted((middle, place.top + 188), label, LABEL, colours.muted, room, "center")


def _topics(rows: list[tuple[str, TopicMean]]) -> Section:
    def draw(pen: Pen) -> None:
        sheet, colours, place = pen
        sheet.box((place.left, place.top), place.width, place.height, colours.panel, 20)
        left, width = place.left + PADDING, place.width - 2 * PADDING
        for position, (end, topic) in enumerate(rows):
            top = place.top + 16 + position * ROW
            _topic(pen._replace(place=Place(left, top, width, ROW)), end, topic)

    return Section(ROW * len(rows) + 32, draw)


def _topic(pen: Pen, end: str, topic: TopicMean) -> None:
    sheet, colours, place = pen
    share = clamped(topic.mean or 0.0)
    base, score = place.top + 58, percent(share)
    lead = f"{end}: "
    sheet.words((place.left, base), lead, TOPIC, colours.muted)
    sheet.words((place.right, base), score, SCORE, colours.ink, "right")
    taken = measure(lead, TOPIC)
    room = place.width - taken - measure(score, SCORE) - PADDING
    sheet.fitted((place.left + taken, base), topic.topic, TOPIC, colours.ink, room)
    top = place.top + 80
    sheet.box((place.left, top), place.width, BAR_HEIGHT, colours.track, BAR_HEIGHT / 2)
    filled = place.width * share
    if filled >= 1:
        sheet.box((place.left, top), filled, BAR_HEIGHT, colours.accent, BAR_HEIGHT / 2)
