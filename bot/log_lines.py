"""A record of the log as one line, as text or JSON, without what belongs to people.

Tokens are masked wherever they stand. What an exception says is written only where its kind is
known to say nothing that somebody typed: of all others the kind and the place remain. What
libraries print to find faults shows whole messages, and never gets here.
"""

import json
import logging
import re
from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from itertools import islice
from traceback import walk_tb
from typing import Any, Final

from bot.core.errors import GradingUnavailable, OperatorError, Undeliverable
from grading.errors import (
    GraderBusy,
    GraderUnreachable,
    ModelUnavailable,
    OpinionUnavailable,
)

MASK: Final = "***"

TOKENS: Final = (
    re.compile(r"\bx(?:ox[a-z]|app)-[\w-]+"),  # Slack's
    re.compile(r"\b[\w-]{23,30}\.[\w-]{6,7}\.[\w-]{27,}"),  # Discord's
    re.compile(r"(?<=://hooks\.slack\.com/)\S+|(?<=://hooks\.slack-gov\.com/)\S+"),
    re.compile(r"(?:(?<=/webhooks/)|(?<=/interactions/))\d+/[\w.-]+"),
    re.compile(r"(?<=://)[^\s/@]+(?=@)"),  # user and password of a URL
    re.compile(r"(?i)(?<=bearer )\S+|(?<=basic )[\w+/=]{8,}"),
    re.compile(r"\bsk-[\w-]{16,}"),
)

OURS: Final = frozenset({"benchmarks", "bot", "grading", "knowledge"})

MOST_CHARACTERS: Final = 4000
MOST_FRAMES: Final = 12
MOST_CAUSES: Final = 4


def is_ours(logger: str) -> bool:
    """Tell whether a logger is one of the coach's own."""
    return logger.partition(".")[0] in OURS


class OneLine(logging.Formatter):
    """Write a record as one line of text; `secrets` are masked wherever they stand."""

    def __init__(self, secrets: Collection[str] = ()) -> None:
        super().__init__()
        self._secrets = sorted(secrets, key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line = f"{_moment(record)} {record.levelname} {record.name}: {self.message(record)}"
        errors = " | because of ".join(self.errors(record))
        return _bounded(f"{line} | Traceback {errors}" if errors else line)

    def message(self, record: logging.LogRecord) -> str:
        """Return what the record says, without what exceptions say that may quote somebody."""
        told = record.getMessage()
        if not is_ours(record.name):
            told = told.partition("\n")[0]  # behind it come whole objects
        for error in _chain(record):
            if _words_of(error) is None and str(error):
                told = told.replace(str(error), type(error).__name__)
        return self._plain(told)

    def errors(self, record: logging.LogRecord) -> list[str]:
        """Return the exception and its causes, each with its place, the innermost call first."""
        return [self._plain(_described(error)) for error in islice(_chain(record), MOST_CAUSES)]

    def _plain(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, MASK)
        for token in TOKENS:
            text = token.sub(MASK, text)
        text = " ".join(text.split())
        return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text)


class JsonLine(OneLine):
    """Write a record as one JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; `event` is the same for all records of its kind."""
        template = str(record.msg) if is_ours(record.name) else self.message(record)
        entry: dict[str, Any] = {
            "at": _moment(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": _bounded(self._plain(template)),
            "message": _bounded(self.message(record)),
        }
        errors = self.errors(record)
        if errors:
            entry["traceback"] = errors
        return json.dumps(entry, ensure_ascii=False)


def _moment(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


def _bounded(text: str) -> str:
    return text if len(text) <= MOST_CHARACTERS else f"{text[:MOST_CHARACTERS]}…"


def _chain(record: logging.LogRecord) -> Iterator[BaseException]:
    error = record.exc_info[1] if record.exc_info else None
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _words_of(error: BaseException) -> str | None:
    """Return what an exception says where it quotes nobody, else None."""
    if isinstance(error, OperatorError):
        return error.sentence
    if isinstance(error, Undeliverable | GradingUnavailable):
        return error.reason
    if isinstance(error, GraderBusy | GraderUnreachable | ModelUnavailable | OpinionUnavailable):
        return str(error)
    return error.strerror if isinstance(error, OSError) else None


def _described(error: BaseException) -> str:
    words = _words_of(error)
    told = f"{type(error).__name__}: {words}" if words else type(error).__name__
    frames = [
        f"{frame.f_globals.get('__name__', '?')}:{line} {frame.f_code.co_name}"
        for frame, line in walk_tb(error.__traceback__)
    ]
    return f"{told} at {' < '.join(frames[: -MOST_FRAMES - 1 : -1])}" if frames else told
