"""Let the threads of one program take turns at the database, first come, first served.

A transaction is alone in the database anyway. SQLite lets whoever waits try again and again, and in
a rush some try in vain until their time is up; here everybody waits in one line instead.
"""

import threading
from collections import deque
from types import TracebackType
from typing import Self

from sqlalchemy.orm import Session, sessionmaker

from bot.core.errors import DatabaseLocked
from bot.storage.unit_of_work import SqlUnitOfWork


class FifoLock:
    """A lock that is handed on in the order in which threads asked for it."""

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._taken = False
        self._line: deque[threading.Event] = deque()

    def take(self, seconds: float) -> bool:
        """Wait in line for so long; return whether it is this thread's turn."""
        with self._mutex:
            if not self._taken:
                self._taken = True
                return True
            mine = threading.Event()
            self._line.append(mine)
        if mine.wait(seconds):
            return True
        with self._mutex:
            if mine.is_set():  # it came in the very last moment
                return True
            self._line.remove(mine)
        return False

    def pass_on(self) -> None:
        """End this thread's turn."""
        with self._mutex:
            if self._line:
                self._line.popleft().set()
            else:
                self._taken = False


class UnitOfWorkInTurn(SqlUnitOfWork):
    """A transaction that begins when those before it in this program have ended."""

    def __init__(
        self, sessions: sessionmaker[Session], turns: FifoLock, place: str, seconds: float
    ) -> None:
        super().__init__(sessions)
        self._turns = turns
        self._place = place
        self._seconds = seconds

    def __enter__(self) -> Self:
        if not self._turns.take(self._seconds):
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
