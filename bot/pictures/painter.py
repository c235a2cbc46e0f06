"""Painter: figures in, picture out; drawn once, by one worker, in bounded time."""

import hashlib
import threading
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from cachetools import LRUCache

from bot.core.errors import PainterBusy, PictureUnavailable
from bot.core.figures import Figures, Picture, ProgressFigures, Theme
from bot.core.words.alt_text import alt_text
from bot.pictures.wire import encode, kind_of
from bot.pictures.worker import RenderFailed, Worker


@dataclass(frozen=True)
class PainterLimits:
    """How long, how many, how much."""

    seconds: float = 10.0
    """For one picture; one takes about 0.15 s, so longer than this it hangs."""

    waiting: int = 32
    """Orders under way or in line; at 0.15 s each, the last of them waits five seconds."""

    wait_seconds: float = 15.0
    """In line; platforms give up on an answer at about this age."""

    cache_bytes: int = 16 * 1024 * 1024
    """About 250 progress cards."""


class Painter:
    """Turns figures into pictures for any number of threads."""

    def __init__(self, worker: Worker, limits: PainterLimits | None = None) -> None:
        self._worker = worker
        self._limits = limits or PainterLimits()
        self._cache: LRUCache[bytes, Picture] = LRUCache(
            self._limits.cache_bytes, lambda picture: len(picture.png)
        )
        self._cache_lock = threading.Lock()
        self._turn = threading.Lock()
        self._places = threading.BoundedSemaphore(self._limits.waiting)

    def paint(self, figures: Figures, theme: Theme = Theme.DARK) -> Picture:
        """Return the picture of these figures, from the cache if it was drawn before.

        Raises:
            PainterBusy: too many others wait for theirs.
            PictureUnavailable: it could not be drawn; the figures can still be told in words.
        """
        order = encode(figures, theme)
        key = hashlib.sha256(order).digest()
        known = self._known(key)
        if known is not None:
            return known
        if not self._places.acquire(blocking=False):
            raise PainterBusy(f"{self._limits.waiting} pictures wait")
        try:
            return self._in_turn(key, order, figures, theme)
        finally:
            self._places.release()

    def warm_up(self) -> None:
        """Start the worker and draw an empty card, so that the first learner does not wait.

        Raises:
            PictureUnavailable: drawing does not work here.
        """
        self.paint(ProgressFigures(date(2000, 1, 1), 0))

    def close(self) -> None:
        """End the worker, after the picture that is being drawn."""
        with self._turn:
            self._worker.stop()

    def _in_turn(self, key: bytes, order: bytes, figures: Figures, theme: Theme) -> Picture:
        if not self._turn.acquire(timeout=self._limits.wait_seconds):
            raise PainterBusy("the pictures before yours take too long")
        try:
            known = self._known(key)  # drawn for somebody else while this order waited
            return known if known is not None else self._draw(key, order, figures, theme)
        finally:
            self._turn.release()

    def _draw(self, key: bytes, order: bytes, figures: Figures, theme: Theme) -> Picture:
        try:
            png = self._worker.render(order, self._limits.seconds)
        except RenderFailed as error:
            raise PictureUnavailable(str(error)) from error
        picture = Picture(png, alt_text(figures), f"{kind_of(figures)}-{theme}.png")
        with self._cache_lock, suppress(ValueError):  # one that is too large is not kept
            self._cache[key] = picture
        return picture

    def _known(self, key: bytes) -> Picture | None:
        with self._cache_lock:
            return self._cache.get(key)
