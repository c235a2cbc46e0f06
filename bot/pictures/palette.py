"""Colours for dark and light chats.

Categories use the palette of Okabe and Ito (2008, "Color Universal Design"), the calendar the map
cividis (Nuñez, Anderton, Renslow 2018, doi:10.1371/journal.pone.0199239). Both stay apart for
people with red-green or blue-yellow colour blindness, and no chart tells anything by colour alone:
numbers, sizes and shapes say it too.
"""

from dataclasses import dataclass

from bot.core.figures import Theme

NEAR = 8
"""Shades this near to a colour are left out: Pillow looks colours up in coarse cells, and a flat
area must get its own colour, not a neighbour's."""


@dataclass(frozen=True)
class Palette:
    """The colours of one theme; `heat` goes from few to many."""

    page: str
    panel: str
    mine: str
    ink: str
    muted: str
    track: str
    accent: str
    second: str
    heat: tuple[str, str, str]

    def shades(self, steps: int) -> tuple[tuple[int, int, int], ...]:
        """Return every colour as red, green, blue, then those between it and what lies under it."""
        grounds = (self.panel, self.page, self.mine, self.track, self.accent)
        pairs = [(self.ink, ground) for ground in grounds]
        pairs += [(self.muted, ground) for ground in grounds[:3]]
        pairs += [
            (colour, ground) for colour in (self.accent, self.track) for ground in grounds[:3]
        ]
        pairs += [
            (colour, self.panel) for colour in (self.page, self.mine, self.second, *self.heat)
        ]
        pairs += [(self.accent, self.track), (self.accent, self.second)]
        exact = dict.fromkeys(_channels(colour) for pair in pairs for colour in pair)
        between = (
            _blend(*pair, step / (steps + 1)) for pair in pairs for step in range(1, steps + 1)
        )
        apart = (shade for shade in between if all(_distance(shade, one) > NEAR for one in exact))
        return tuple(dict.fromkeys((*exact, *apart)))


PALETTES = {
    Theme.DARK: Palette(
        page="#15171C",
        panel="#22262E",
        mine="#2D3B4D",
        ink="#F4F5F7",
        muted="#BAC0CB",
        track="#3D4350",
        accent="#56B4E9",
        second="#E69F00",
        heat=("#7D7C78", "#BCAE6C", "#FEE838"),
    ),
    Theme.LIGHT: Palette(
        page="#E9EDF2",
        panel="#FFFFFF",
        mine="#DCEBF8",
        ink="#1A1C21",
        muted="#505763",
        track="#D5DAE2",
        accent="#0072B2",
        second="#D55E00",
        heat=("#948E77", "#4F576C", "#00224E"),
    ),
}


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours in 1..21, as WCAG 2.2 defines it."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    """Return the relative luminance of '#rrggbb' in 0..1 (WCAG 2.2)."""
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(colour: str) -> tuple[int, int, int]:
    """Return red, green and blue of '#rrggbb' in 0..255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _blend(one: str, other: str, share: float) -> tuple[int, int, int]:
    pairs = zip(_channels(one), _channels(other), strict=True)
    red, green, blue = (round(a + share * (b - a)) for a, b in pairs)
    return red, green, blue


def _distance(one: tuple[int, int, int], other: tuple[int, int, int]) -> int:
    return max(abs(a - b) for a, b in zip(one, other, strict=True))


def _linear(channel: float) -> float:
    low = 0.04045
    return float(channel / 12.92 if channel <= low else ((channel + 0.055) / 1.055) ** 2.4)
