"""A bound for the log: what one place in the code says too often of one error is counted.

Whoever can make the coach say something, as by requests that nobody signed, could otherwise fill
the log and hide all else in it.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from bot.log_lines import is_ours

MOST_LINES: Final = 20
"""So many lines of one place are written in a window: a fault and its first repetitions."""

WINDOW_SECONDS: Final = 60.0

Site = tuple[str, int, str]
"""A file, a line in it, and the kind of error that it tells of, where it tells of one."""


@dataclass
class _Window:
    began: float
    record: logging.LogRecord
    lines: int = 0
    left_out: int = 0


@dataclass
class Limiter:
    """Bound the lines of each place in the code, and of each kind of error that it tells of.

    Its times are in seconds, of whichever clock.
    """

    most: int = MOST_LINES
    seconds: float = WINDOW_SECONDS
    _windows: dict[Site, _Window] = field(default_factory=dict)

    def admits(self, record: logging.LogRecord, now: float) -> bool:
        """Tell whether a record is to be written, and count it where it is not."""
        kind = record.exc_info[0] if record.exc_info else None
        site = record.pathname, record.lineno, kind.__name__ if kind else ""
        window = self._windows.get(site)
        if window is None:
            window = self._windows[site] = _Window(now, record)
        if window.lines < self.most:
            window.lines += 1
            return True
        window.left_out += 1
        return False

    def ended(self, now: float) -> list[logging.LogRecord]:
        """End the windows whose time is over; return a line for each that left something out."""
        over = [s for s, window in self._windows.items() if now - window.began >= self.seconds]
        return [self._told(window) for window in map(self._windows.pop, over) if window.left_out]

    def _told(self, window: _Window) -> logging.LogRecord:
        like = window.record
        what = str(like.msg) if is_ours(like.name) else f"{like.name}, line {like.lineno}"
        return logging.LogRecord(
            like.name,
            like.levelno,
            like.pathname,
            like.lineno,
            "%d more lines like this one were left out in %.0f s: %s",
            (window.left_out, self.seconds, what),
            None,
        )


class BoundedHandler(logging.Handler):
    """Hand records on to another handler within bounds, and tell what was left out."""

    def __init__(
        self,
        target: logging.Handler,
        limiter: Limiter | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self.target = target
        self._limiter = limiter or Limiter()
        self._clock = clock
        self._timer: threading.Timer | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Write the record, or count it."""
        self.tell()
        if self._limiter.admits(record, self._clock()):
            self.target.handle(record)
        elif self._timer is None:
            self._timer = threading.Timer(WINDOW_SECONDS, self._at_the_end)
            self._timer.daemon = True
            self._timer.start()

    def tell(self) -> None:
        """Write how much was left out in windows that are over."""
        for record in self._limiter.ended(self._clock()):
            self.target.handle(record)

    def _at_the_end(self) -> None:
        with self.lock:  # type: ignore[union-attr]  # every handler has one
            self._timer = None
            self.tell()

    def flush(self) -> None:
        """Write through what the other handler holds."""
        self.target.flush()

    def close(self) -> None:
        """Close the other handler too."""
        if self._timer is not None:
            self._timer.cancel()
        self.target.close()
        super().close()
