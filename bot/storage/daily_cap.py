"""What was spent on second opinions, a row a day: a small file that outlives the process.

It is not in the database, for `coach grade` opens none. Several programs may share the file.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bot.core.ports import Clock
from grading.errors import OpinionUnavailable
from grading.grade import OpinionOutcome

WAIT_SECONDS = 5.0
"""For another program; each holds the file for milliseconds."""

_TABLE = "CREATE TABLE IF NOT EXISTS spent (day TEXT PRIMARY KEY, calls INTEGER, tokens INTEGER)"
_BEGIN = "INSERT OR IGNORE INTO spent VALUES (?, 0, 0)"
_TAKE = """UPDATE spent SET calls = calls + 1, tokens = tokens + :tokens
WHERE day = :day AND calls < :most_calls AND tokens + :tokens <= :most_tokens"""
_GIVE_BACK = "UPDATE spent SET tokens = tokens - ? WHERE day = ?"


class DailyCap:
    """Let so many calls and tokens be spent a day, which begins at midnight in UTC."""

    def __init__(self, file: Path, calls: int, tokens: int, clock: Clock) -> None:
        self._file = file
        self._calls = calls
        self._tokens = tokens
        self._clock = clock

    def take(self, tokens: int) -> str | None:
        """Take a call and so many tokens; return the day, None when that is more than is left.

        Raises:
            OpinionUnavailable: the file cannot be read or written.
        """
        day = self._clock.now().date().isoformat()
        most = {"most_calls": self._calls, "most_tokens": self._tokens}
        with self._open() as spent:
            spent.execute(_BEGIN, (day,))
            taken = spent.execute(_TAKE, {"day": day, "tokens": tokens, **most})
            return day if taken.rowcount else None

    def give_back(self, day: str, tokens: int) -> None:
        """Put back what was taken on a day and not used; the call stays counted.

        Raises:
            OpinionUnavailable: the file cannot be read or written.
        """
        with self._open() as spent:
            spent.execute(_GIVE_BACK, (tokens, day))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            connect = sqlite3.connect(self._file, timeout=WAIT_SECONDS, isolation_level="IMMEDIATE")
            with closing(connect) as spent, spent:
                spent.execute(_TABLE)
                yield spent
        except (OSError, sqlite3.Error) as problem:
            reason = f"{self._file} cannot be used ({type(problem).__name__})"
            raise OpinionUnavailable(OpinionOutcome.FAILED, reason) from problem
