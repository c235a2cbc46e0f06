"""A sheet of pixels to draw on: matplotlib's object API and Agg canvas, measured from the top left.

No pyplot, no axes: ticks and layout engines cost more time than the cards take to draw. Nothing is
global, so several threads may draw on sheets of their own. Words are never read as mathematics.
"""

import logging
from collections.abc import Iterable, Sequence
from functools import lru_cache
from io import BytesIO
from typing import Any, Literal

from bot.pictures.lettering import Type, fit, wrap
from bot.pictures.palette import Palette

Align = Literal["left", "center", "right"]
Spot = tuple[float, float]

FONT = "DejaVu Sans"
"""Shipped with matplotlib, so that pictures look alike everywhere."""

OTHER_SCRIPTS = (
    "Noto Sans CJK JP",
    "Noto Sans Arabic",
    "Noto Sans Devanagari",
    "Noto Sans Thai",
    "Hiragino Sans",
    "Arial Unicode MS",
    "Microsoft YaHei",
    "WenQuanYi Zen Hei",
)
"""Asked for what the shipped font lacks, where they are installed."""

LAST_RESORT = "Last Resort High-Efficiency"
"""Shipped too: draws a labelled box for every character that no other font has."""

SHADES = 7
"""Steps between a colour and what lies under it: enough for soft edges, few enough for 256."""

INCH = 72
"""Dots per inch: at 72 a point is a pixel."""


class Sheet:
    """An empty page in a theme's colours, `width` × `height` pixels."""

    def __init__(self, width: int, height: int, colours: Palette) -> None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        self.width, self.height, self.colours = width, height, colours
        self.figure = Figure((width / INCH, height / INCH), dpi=INCH, facecolor=colours.page)
        self._canvas: Any = FigureCanvasAgg(self.figure)
        self._layers = 0

    def words(self, spot: Spot, text: str, kind: Type, colour: str, align: Align = "left") -> None:
        """Write one line whose baseline starts, is centred or ends at the spot."""
        from matplotlib.text import Text

        self._add(
            Text(
                *self._flip(spot),
                text,
                color=colour,
                fontproperties=_font(kind),
                horizontalalignment=align,
                verticalalignment="baseline",
                parse_math=False,
                usetex=False,
            )
        )

    def fitted(
        self, spot: Spot, text: str, kind: Type, colour: str, width: float, align: Align = "left"
    ) -> float:
        """Write somebody's own text, cut to the width; return the width that it takes."""
        line = fit(text, width, lambda part: measure(part, kind))
        self.words(spot, line, kind, colour, align)
        return measure(line, kind)

    def box(self, spot: Spot, width: float, height: float, colour: str, radius: float = 0) -> None:
        """Fill a box, given by its top left corner, with rounded corners."""
        from matplotlib.patches import FancyBboxPatch

        x, y = self._flip(spot)
        radius = min(radius, width / 2, height / 2)
        shape = f"round,pad=0,rounding_size={radius:.2f}" if radius > 0 else "square,pad=0"
        self._add(
            FancyBboxPatch((x, y - height), width, height, shape, facecolor=colour, linewidth=0)
        )

    def shapes(self, outlines: Sequence[Sequence[Spot]], colour: str, *, line: float = 0) -> None:
        """Fill many polygons with one colour, or, with `line`, draw their outlines that wide."""
        from matplotlib.collections import PolyCollection

        if outlines:
            corners = [[self._flip(spot) for spot in outline] for outline in outlines]
            face, edge = ("none", colour) if line else (colour, "none")
            self._add(PolyCollection(corners, facecolors=face, edgecolors=edge, linewidths=line))

    def line(self, spots: Sequence[Spot], colour: str, width: float, dashes: bool = False) -> None:  # noqa: FBT001, FBT002 reads as a style
        """Draw a line through the spots."""
        from matplotlib.lines import Line2D

        xs, ys = zip(*map(self._flip, spots), strict=True)
        style: Any = (0, (4, 4)) if dashes else "solid"
        self._add(Line2D(xs, ys, color=colour, linewidth=width, linestyle=style))

    def dots(self, spots: Sequence[Spot], colour: str, size: float, edge: str) -> None:
        """Draw round dots of a size in pixels, each with a thin edge."""
        from matplotlib.lines import Line2D

        xs, ys = zip(*map(self._flip, spots), strict=True)
        self._add(
            Line2D(
                xs,
                ys,
                linestyle="none",
                marker="o",
                markersize=size,
                markerfacecolor=colour,
                markeredgecolor=edge,
                markeredgewidth=1.5,
            )
        )

    def png(self) -> bytes:
        """Return the sheet as a PNG with few colours and no metadata: same sheet, same bytes."""
        from PIL import Image

        self._canvas.draw()
        image = Image.frombuffer("RGBA", (self.width, self.height), self._canvas.buffer_rgba())
        few = image.convert("RGB").quantize(palette=_swatch(self.colours), dither=Image.Dither.NONE)
        self._canvas.renderer = None  # eight megabytes that would wait for the garbage collector
        out = BytesIO()
        few.save(out, "PNG", compress_level=6)
        return out.getvalue()

    def _flip(self, spot: Spot) -> Spot:
        return spot[0], self.height - spot[1]

    def _add(self, artist: Any) -> None:
        """Put an artist on top of those before it, in pixels."""
        from matplotlib.transforms import IdentityTransform

        self._layers += 1
        artist.set_zorder(self._layers)
        artist.set_transform(IdentityTransform())
        self.figure.add_artist(artist)


@lru_cache(2048)
def measure(text: str, kind: Type) -> float:
    """Return the width of a line in pixels."""
    if not text:
        return 0
    width, _, _ = _ruler().get_text_width_height_descent(text, _font(kind), ismath=False)
    return float(width)


def wrapped(text: str, kind: Type, width: float, most: int = 2) -> tuple[str, ...]:
    """Break somebody's own text into at most so many lines of at most this width."""
    return wrap(text, width, lambda part: measure(part, kind), most)


def square(spot: Spot, size: float) -> list[Spot]:
    """Return the corners of a square around a spot."""
    x, y, half = *spot, size / 2
    return [(x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half)]


def diamond(spot: Spot, size: float) -> list[Spot]:
    """Return the corners of a square around a spot that stands on one of them."""
    x, y, half = *spot, size / 2
    return [(x, y - half), (x + half, y), (x, y + half), (x - half, y)]


@lru_cache(1)
def _ruler() -> Any:
    """Return a renderer that only measures; it keeps no state between calls."""
    from matplotlib.backends.backend_agg import RendererAgg

    renderer: Any = RendererAgg
    return renderer(1, 1, INCH)


@lru_cache(32)
def _font(kind: Type) -> Any:
    from matplotlib.font_manager import FontProperties

    weight = "bold" if kind.bold else "normal"
    return FontProperties(family=list(_families()), weight=weight, size=kind.size)


@lru_cache(4)
def _swatch(colours: Palette) -> Any:
    """Return an image with the colours of a theme, exact, and the shades between them."""
    from PIL import Image

    shades = [channel for shade in colours.shades(SHADES) for channel in shade]
    swatch = Image.new("P", (1, 1))
    swatch.putpalette(shades)
    return swatch


@lru_cache(1)
def _families() -> Iterable[str]:
    from matplotlib.font_manager import fontManager

    # The last resort has one weight; matplotlib logs that each time bold words are written.
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    known = set(fontManager.get_font_names())
    return tuple(name for name in (FONT, *OTHER_SCRIPTS, LAST_RESORT) if name in known)
