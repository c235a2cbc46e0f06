"""Let the threads of one program take turns at the database: in two lines, the urgent one first.

A transaction is alone in the database anyway. SQLite lets whoever waits try again and again, and in
a rush some try in vain until their time is up; here everybody waits in line instead. Whoever stores
an answer that a platform has to acknowledge within seconds is urgent; grading is not.
"""

import threading
from collections import deque
from types import TracebackType
from typing import Self

from sqlalchemy.orm import Session, sessionmaker

from bot.core.errors import DatabaseLocked
from bot.storage.unit_of_work import SqlUnitOfWork

MOST_IN_A_ROW = 8
"""Urgent turns in a row while others wait. Then one of these has its turn, so that in a rush grades
still come; an urgent one waits the few milliseconds of one more transaction."""


class Turns:
    """A lock that is handed on in the order of coming, to the urgent first."""

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._taken = False
        self._urgent: deque[threading.Event] = deque()
        self._others: deque[threading.Event] = deque()
        self._in_a_row = 0

    def line_up(self, *, urgent: bool = False) -> threading.Event:
        """Stand in line without waiting; what is returned is set when the turn has come."""
        turn = threading.Event()
        with self._mutex:
            (self._urgent if urgent else self._others).append(turn)
            if not self._taken:
                self._hand_on()
        return turn

    def take(self, seconds: float, *, urgent: bool = False) -> bool:
        """Wait in line for so long; return whether it is this thread's turn."""
        turn = self.line_up(urgent=urgent)
        if turn.wait(seconds):
            return True
        with self._mutex:
            if turn.is_set():  # it came in the very last moment
                return True
            (self._urgent if urgent else self._others).remove(turn)
        return False

    def pass_on(self) -> None:
        """End this thread's turn."""
        with self._mutex:
            self._hand_on()

    def _hand_on(self) -> None:
        others_wait = bool(self._others)
        first = bool(self._urgent) and not (others_wait and self._in_a_row >= MOST_IN_A_ROW)
        line = self._urgent if first else self._others
        self._in_a_row = self._in_a_row + 1 if first and others_wait else 0
        self._taken = bool(line)
        if line:
            line.popleft().set()


class UnitOfWorkInTurn(SqlUnitOfWork):
    """A transaction that begins when those before it in this program have ended."""

    def __init__(
        self,
        sessions: sessionmaker[Session],
        turns: Turns,
        place: str,
        seconds: float,
        *,
        urgent: bool = False,
    ) -> None:
        super().__init__(sessions)
        self._turns = turns
        self._place = place
        self._seconds = seconds
        self._urgent = urgent

    def __enter__(self) -> Self:
        if not self._turns.take(self._seconds, urgent=self._urgent):
            raise DatabaseLocked(self._place, "too many wait for it")
        return super().__enter__()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            super().__exit__(kind, error, trace)
        finally:
            self._turns.pass_on()
