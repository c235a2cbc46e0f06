"""Figures as bytes for the process that draws them, and as the key under which a picture is kept.

JSON, not pickle: what arrives is checked like everything that comes from elsewhere.
"""

import json
from dataclasses import asdict
from datetime import date
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter

from bot.core.figures import (
    BoardFigures,
    Figures,
    GlanceFigures,
    ProgressFigures,
    ReportFigures,
    Theme,
    TopicFigures,
)

KINDS: dict[str, Any] = {
    "progress": ProgressFigures,
    "glance": GlanceFigures,
    "topic": TopicFigures,
    "leaderboard": BoardFigures,
    "interview": ReportFigures,
}


def kind_of(figures: Figures) -> str:
    """Return the name of the card that shows these figures."""
    return next(name for name, kind in KINDS.items() if isinstance(figures, kind))


def encode(figures: Figures, theme: Theme) -> bytes:
    """Return the order to draw a card; equal figures give equal bytes."""
    order = {"card": kind_of(figures), "theme": theme, "figures": asdict(figures)}
    return json.dumps(order, ensure_ascii=False, default=_iso).encode("utf-8", "replace")


def decode(order: bytes) -> tuple[Figures, Theme]:
    """Return the figures and the theme of an order.

    Raises:
        ValueError: it is none.
    """
    parts = json.loads(order)
    figures: Figures = _reader(parts["card"]).validate_python(parts["figures"])
    return figures, Theme(parts["theme"])


@lru_cache(len(KINDS))
def _reader(card: str) -> TypeAdapter[Any]:
    return TypeAdapter(KINDS[card])


def _iso(value: date) -> str:
    return value.isoformat()
