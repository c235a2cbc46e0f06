"""One transaction over all repositories."""

from types import TracebackType
from typing import Self

from sqlalchemy.orm import Session, sessionmaker

from bot.core.ports import Asks, Attempts, Learners
from bot.storage.repositories import SqlAsks, SqlAttempts, SqlLearners


class SqlUnitOfWork:
    """A transaction in an SQL database; leaving it without `commit()` undoes it.

    Make one for each use: it belongs to one thread, and it is not entered inside another one,
    because the inner would wait for the outer to end.
    """

    learners: Learners
    asks: Asks
    attempts: Attempts

    def __init__(self, sessions: sessionmaker[Session]) -> None:
        self._sessions = sessions

    def __enter__(self) -> Self:
        self._session = self._sessions()
        self.learners = SqlLearners(self._session)
        self.asks = SqlAsks(self._session)
        self.attempts = SqlAttempts(self._session)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._session.close()

    def commit(self) -> None:
        """Make everything since entering durable."""
        self._session.commit()
