"""The database, the time, and what is kept of people and for how long."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from threading import RLock
from typing import TYPE_CHECKING

from bot.bootstrap.part import part
from bot.clock import StoppedClock, SystemClock
from bot.core.own_questions.ports import OwnQuestionSource
from bot.core.ports import Clock
from bot.core.privacy.cleanup import Housekeeping
from bot.core.privacy.model import Terms
from bot.core.privacy.service import Privacy
from bot.core.streaks.heartbeat import Heartbeat
from bot.core.unit_of_work import UnitOfWork
from bot.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from bot.storage.traces import LocalTraces


@dataclass(frozen=True)
class Storing:
    """The database, the time, and what is kept of people and for how long."""

    settings: Settings
    serving: bool = False
    """Whether many people are served at once; then one thread runs the model for all of them."""
    at: datetime | None = None
    """The moment that it is, for ever; None for the system's time."""
    lock: RLock = field(default_factory=RLock, init=False, repr=False, compare=False)
    """Held while a part is made, so that no thread makes it a second time."""

    @part
    def clock(self) -> Clock:
        """The time."""
        return StoppedClock(self.at) if self.at else SystemClock()

    @part
    def engine(self) -> "Engine":
        """The connections to an up-to-date database.

        Raises:
            StorageError: the database cannot be opened or upgraded.
        """
        from bot.storage.engine import make_engine
        from bot.storage.migrate import upgrade

        upgrade(self.settings.database_url, self.settings.backups)
        return make_engine(self.settings.database_url, self.settings.busy_seconds)

    @part
    def unit_of_work(self) -> Callable[[], UnitOfWork]:
        """What makes a transaction over an up-to-date database.

        Raises:
            StorageError: the database cannot be opened or upgraded.
        """
        from sqlalchemy.orm import sessionmaker

        from bot.storage.engine import place_of
        from bot.storage.turns import Turns, UnitOfWorkInTurn

        engine, seconds = self.engine, self.settings.busy_seconds
        sessions, turns, place = sessionmaker(engine), Turns(), place_of(engine.url)
        return lambda: UnitOfWorkInTurn(sessions, turns, place, seconds)

    @part
    def own_question_source(self) -> OwnQuestionSource:
        """What reads own questions beside any transaction.

        Raises:
            StorageError: the database cannot be opened or upgraded.
        """
        from bot.storage.repositories import SqlOwnQuestionSource

        return SqlOwnQuestionSource(self.engine)

    @part
    def terms(self) -> Terms:
        """How long things are kept."""
        return Terms(self.settings.retention_days)

    @part
    def traces(self) -> "LocalTraces":
        """What lies outside of the tables."""
        from bot.storage.traces import LocalTraces

        settings = self.settings
        return LocalTraces(settings.database_url, settings.history, settings.backups)

    @part
    def privacy(self) -> Privacy:
        """The use cases about what is known of a person."""
        return Privacy(self.unit_of_work, self.clock, self.terms, self.traces)

    @part
    def housekeeping(self) -> Housekeeping:
        """What lets go of what was kept for long enough; run it at the start and once a day."""
        return Housekeeping(self.unit_of_work, self.terms, self.traces)

    @part
    def heartbeat(self) -> Heartbeat:
        """The sign of life of a service, given at its start and once a minute."""
        return Heartbeat(self.unit_of_work, self.clock)
