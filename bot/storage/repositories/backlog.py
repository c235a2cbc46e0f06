"""What is open in the database, read beside any transaction."""

from datetime import date

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from bot.core.measuring import Backlog
from bot.storage.engine import utc
from bot.storage.orm import AttemptRow, DailyPostRow
from bot.storage.reading import READING


class SqlBacklog:
    """Answers that wait for a grade, and recent days of channels."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine.execution_options(**{READING: True})

    def since(self, day: date) -> Backlog:
        """Return what waits now, and how many days of channels from this one on have each state.

        Raises:
            StorageError: the database does not answer.
        """
        waiting = select(func.count(), func.min(AttemptRow.submitted_at)).where(
            AttemptRow.graded_at.is_(None)
        )
        states = (
            select(DailyPostRow.state, func.count())
            .where(DailyPostRow.day >= day)
            .group_by(DailyPostRow.state)
        )
        with Session(self._engine) as session:
            count, oldest = session.execute(waiting).one()
            posts = {row[0]: row[1] for row in session.execute(states)}
        return Backlog(count, utc(oldest) if oldest else None, posts)
