"""The log: one file in the home folder, rotated; never on the screen that a learner reads."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from bot.settings import Settings

FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
MAX_BYTES = 1_000_000
KEPT_FILES = 3


def start_logging(settings: Settings) -> None:
    """Send the log to the home folder, once; where that cannot be written, keep quiet."""
    root = logging.getLogger()
    root.setLevel(settings.log_level)
    if not any(
        getattr(each, "baseFilename", "") == str(settings.log_file) for each in root.handlers
    ):
        root.addHandler(_handler(settings.log_file))
    # It reports each processor feature that it looks for in vain as if something had failed.
    logging.getLogger("faiss").setLevel(logging.WARNING)


def _handler(path: Path) -> logging.Handler:
    try:
        # Answers are personal data: a new home is its owner's alone.
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(
            path, maxBytes=MAX_BYTES, backupCount=KEPT_FILES, encoding="utf-8", delay=False
        )
    except OSError:
        return logging.NullHandler()
    handler.setFormatter(logging.Formatter(FORMAT))
    return handler
