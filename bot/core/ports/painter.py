"""The port of pictures."""

from typing import Protocol

from bot.core.figures import Figures, Picture, Theme


class Paints(Protocol):
    """Whatever turns figures into a picture."""

    def paint(self, figures: Figures, theme: Theme = Theme.DARK) -> Picture:
        """Return the picture, or raise PictureUnavailable."""
        ...
