"""The log: one file in the home folder, rotated; and stderr, where the coach serves many.

Nothing of it is on the screen that a learner reads.
"""

import logging
import sys
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel, SecretStr

from bot.log_limit import BoundedHandler
from bot.log_lines import JsonLine, OneLine, is_ours
from bot.log_targets import LogFile, LogStream
from bot.settings import Settings

MAX_BYTES = 1_000_000
KEPT_FILES = 3

SHORTEST_SECRET = 6
"""A shorter one stands in any sentence by chance."""


def start_logging(settings: Settings, *, serving: bool = False) -> None:
    """Send the log to the home folder, once, and to stderr when `serving`.

    Where the folder cannot be written, keep quiet.
    """
    root = logging.getLogger()
    root.setLevel(settings.log_level)
    kind = JsonLine if settings.log_format == "json" else OneLine
    lines = kind(set(_secrets(settings)))
    targets = [each.target for each in root.handlers if isinstance(each, BoundedHandler)]
    if not any(getattr(each, "baseFilename", "") == str(settings.log_file) for each in targets):
        root.addHandler(_bounded(_file(settings.log_file), lines))
    if serving:
        logging.captureWarnings(capture=True)
        root.addHandler(_bounded(LogStream(sys.stderr), lines))
    # It reports each processor feature that it looks for in vain as if something had failed.
    logging.getLogger("faiss").setLevel(logging.WARNING)


def _bounded(target: logging.Handler, lines: logging.Formatter) -> logging.Handler:
    target.setFormatter(lines)
    handler = BoundedHandler(target)
    handler.addFilter(lambda record: record.levelno > logging.DEBUG or is_ours(record.name))
    return handler


def _file(path: Path) -> logging.Handler:
    try:
        # Answers are personal data: a new home is its owner's alone.
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return LogFile(path, MAX_BYTES, KEPT_FILES)
    except OSError:
        return logging.NullHandler()


def _secrets(chosen: BaseModel) -> Iterator[str]:
    """Yield what no line may hold."""
    for _, value in chosen:
        if isinstance(value, SecretStr):
            parts = value.get_secret_value().split(",")
            yield from (part.strip() for part in parts if len(part.strip()) >= SHORTEST_SECRET)
        elif isinstance(value, BaseModel):
            yield from _secrets(value)
