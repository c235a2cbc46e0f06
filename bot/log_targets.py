"""Where lines of the log go; that one cannot be written is told once, on the other target.

By default Python prints a traceback for each such line, with whatever the exception quotes.
"""

import logging
import sys
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

from bot.core.faults import Faults
from bot.private_files import make_private


class _Telling(logging.Handler):
    """What both targets have in common; `what` is the target's name in the log."""

    what: str

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._faults, self._failed = Faults(), False

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line, and tell where lines can be written again."""
        self._failed = False
        super().emit(record)
        if not self._failed:
            self._faults.over(self.what)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: ARG002, N802 logging's names
        """Tell that lines cannot be written, where this is the first of them."""
        self._failed = True
        problem = sys.exc_info()[1]
        reason = problem.strerror if isinstance(problem, OSError) else None
        self._faults.met(self.what, reason or type(problem).__name__)


class LogFile(_Telling, RotatingFileHandler):
    """Write to a file, and begin another one where it is large."""

    what = "the log file"

    def __init__(self, path: Path, most_bytes: int, kept: int) -> None:
        super().__init__(path, maxBytes=most_bytes, backupCount=kept, encoding="utf-8")

    def _open(self) -> TextIOWrapper:
        make_private(Path(self.baseFilename))
        return super()._open()


class LogStream(_Telling, logging.StreamHandler):  # type: ignore[type-arg]  # takes none when run
    """Write to stderr."""

    what = "the log on stderr"
