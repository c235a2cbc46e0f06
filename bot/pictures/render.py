"""From figures to a PNG, in this process and thread."""

from functools import singledispatch

from bot.core.figures import (
    BoardFigures,
    Figures,
    GlanceFigures,
    ProgressFigures,
    ReportFigures,
    Theme,
    TopicFigures,
)
from bot.pictures.board_card import board_card
from bot.pictures.card import Section, card
from bot.pictures.glance_card import glance_card
from bot.pictures.palette import PALETTES
from bot.pictures.progress_card import progress_card
from bot.pictures.report_card import report_card
from bot.pictures.sheet import Sheet
from bot.pictures.topic_card import topic_card


def render(figures: Figures, theme: Theme) -> bytes:
    """Draw the figures' card as a PNG; the same figures give the same bytes."""
    return draw(figures, theme).png()


def draw(figures: Figures, theme: Theme) -> Sheet:
    """Draw the figures' card on a sheet."""
    return card(_sections(figures), PALETTES[theme])


@singledispatch
def _sections(figures: Figures) -> tuple[Section, ...]:
    raise TypeError(f"no card for {type(figures).__name__}")


_sections.register(ProgressFigures, progress_card)
_sections.register(GlanceFigures, glance_card)
_sections.register(TopicFigures, topic_card)
_sections.register(BoardFigures, board_card)
_sections.register(ReportFigures, report_card)
