"""A card: a head and panels, one below the other. The panels decide how high it is."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from bot.pictures.lettering import BODY, HEADING, SMALL, TITLE
from bot.pictures.palette import Palette
from bot.pictures.sheet import Sheet, wrapped

WIDTH = 1080
"""What phones show at full width, three picture pixels to one of a typical screen's points."""

MARGIN, GAP, PADDING = 32, 20, 28
CONTENT_WIDTH = WIDTH - 2 * (MARGIN + PADDING)
TITLE_ROOM = 72
"""From the top of a panel to its content."""


class Place(NamedTuple):
    """Where something may draw: a box, in pixels from the top left of the sheet."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.top + self.height


class Pen(NamedTuple):
    """A sheet, the colours to draw with and the place to draw in."""

    sheet: Sheet
    colours: Palette
    place: Place


Draw = Callable[[Pen], None]


class Section(NamedTuple):
    """A part of a card: its height, and how it draws itself."""

    height: int
    draw: Draw


def card(sections: Sequence[Section], colours: Palette) -> Sheet:
    """Draw the sections, one below the other."""
    height = 2 * MARGIN + sum(part.height for part in sections) + GAP * (len(sections) - 1)
    sheet = Sheet(WIDTH, height, colours)
    top = MARGIN
    for part in sections:
        part.draw(Pen(sheet, colours, Place(MARGIN, top, WIDTH - 2 * MARGIN, part.height)))
        top += part.height + GAP
    return sheet


def head(above: str, above_right: str, name: str, below: str) -> Section:
    """Make the head of a card; the name is somebody's own text."""

    def draw(pen: Pen) -> None:
        sheet, colours, (left, top, width, _) = pen
        right = left + width
        sheet.words((left + 4, top + 28), above, SMALL, colours.muted)
        sheet.words((right - 4, top + 28), above_right, SMALL, colours.muted, "right")
        sheet.fitted((left + 4, top + 88), name, TITLE, colours.ink, width - 8)
        sheet.fitted((left + 4, top + 138), below, BODY, colours.ink, width - 8)

    return Section(150, draw)


def panel(title: str, key: str, height: int, content: Draw) -> Section:
    """Make a panel with a title and, in small letters on its right, how to read it."""

    def draw(pen: Pen) -> None:
        sheet, colours, place = pen
        sheet.box((place.left, place.top), place.width, place.height, colours.panel, 20)
        inner = Place(
            place.left + PADDING,
            place.top + TITLE_ROOM,
            place.width - 2 * PADDING,
            place.height - TITLE_ROOM - PADDING,
        )
        sheet.words((inner.left, place.top + 50), title, HEADING, colours.ink)
        sheet.words((inner.right, place.top + 48), key, SMALL, colours.muted, "right")
        content(Pen(sheet, colours, inner))

    return Section(TITLE_ROOM + height + PADDING, draw)


def beside(left: Section, right: Section) -> Section:
    """Put two sections side by side; both get the height of the higher one."""
    height = max(left.height, right.height)

    def draw(pen: Pen) -> None:
        place = pen.place
        half = (place.width - GAP) / 2
        left.draw(pen._replace(place=Place(place.left, place.top, half, height)))
        right.draw(pen._replace(place=Place(place.right - half, place.top, half, height)))

    return Section(height, draw)


LINE = 40
"""From one line of a paragraph to the next."""


def note(title: str, text: str, lines: int = 1) -> Section:
    """Make a panel that says why there is nothing to see yet."""

    def content(pen: Pen) -> None:
        write(pen, text, lines)

    return panel(title, "", lines * LINE, content)


def write(pen: Pen, text: str, lines: int) -> None:
    """Write a quiet paragraph of at most so many lines at the top of the place."""
    sheet, colours, place = pen
    for row, line in enumerate(wrapped(text, BODY, place.width, lines)):
        sheet.words((place.left, place.top + 28 + row * LINE), line, BODY, colours.muted)


def clamped(share: float) -> float:
    """Return a share that stays on its scale."""
    return min(1.0, max(0.0, share))
