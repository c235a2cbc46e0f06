"""`coach`, but for a clock that a file sets and a tokenizer that chokes on one word.

Started by tests in place of `python -m bot`; everything else is the program itself.
"""

import os
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot import clock
from bot.__main__ import main
from grading import encoder
from grading.shipped import shipped_tokenizer

POISON = "brobdingnagian"
"""An answer with this word cannot be read."""

AHEAD = "HOURS_AHEAD"
"""Names the file with the hours by which the clock is ahead; without it the clock is right."""


class Choking:
    """A tokenizer that raises where the word stands."""

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer

    def encode_batch(self, texts: Sequence[str]) -> Any:
        if any(POISON in text for text in texts):
            raise OverflowError("no such piece")
        return self._tokenizer.encode_batch(texts)


def now(_: clock.SystemClock) -> datetime:
    """Return the time in UTC, as far ahead as the file says."""
    hours = 0.0
    with suppress(OSError, KeyError, ValueError):
        hours = float(Path(os.environ[AHEAD]).read_text("utf-8"))
    return datetime.now(UTC) + timedelta(hours=hours)


if __name__ == "__main__":
    vars(encoder)["shipped_tokenizer"] = lambda: Choking(shipped_tokenizer())
    setattr(clock.SystemClock, "now", now)  # noqa: B010 a method may not be assigned to
    main()
