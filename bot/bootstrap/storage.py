"""The database, and what lies beside it."""

import logging
import signal
from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from bot.bootstrap.once import once
from bot.core.appeals.ports import DecidedAppeals
from bot.core.drift.ports import AnswersInTime
from bot.core.errors import DatabaseReadOnly, StorageError
from bot.core.insights.ports import Cohorts
from bot.core.own_questions.ports import OwnQuestionSource
from bot.core.ports import Clock
from bot.core.privacy.cleanup import Housekeeping
from bot.core.privacy.model import Terms
from bot.core.unit_of_work import UnitOfWork
from bot.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from bot.storage.local_files import LocalFiles
    from bot.storage.scheduled import ScheduledBackups


class Kind(Enum):
    """What a transaction is for."""

    ALONE = "alone"
    STORING = "storing"
    GRADING = "grading"


MISSING = (
    "the database lacks everything stored from %s to %s: its -wal file was deleted before it was "
    "written back, or an older copy was put in place; if there is a later copy, restore it now"
)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Storage:
    """The database, opened and brought up to date when it is first used; each raises StorageError.

    Attributes:
        engine: returns the connections to an up-to-date database.
        unit_of_work: begins a transaction; threads take turns.
        storing: begins one that goes before those, to store what is to be acknowledged.
        grading: begins one that stores a grade; on a server it and the one before keep nobody
            waiting but who is about the same learner or question.
        own_questions: returns what reads own questions beside any transaction.
        cohorts: returns what reads the answers of many beside any transaction.
        decided_appeals: returns what reads decisions about answers beside any transaction.
        answers_in_time: returns what reads answers by their time beside any transaction.
        local_files: returns what lies outside of the tables.
    """

    engine: "Callable[[], Engine]"
    unit_of_work: Callable[[], UnitOfWork]
    storing: Callable[[], UnitOfWork]
    grading: Callable[[], UnitOfWork]
    own_questions: Callable[[], OwnQuestionSource]
    cohorts: Callable[[], Cohorts]
    decided_appeals: Callable[[], DecidedAppeals]
    answers_in_time: Callable[[], AnswersInTime]
    local_files: "Callable[[], LocalFiles]"


def storage_of(settings: Settings, local: Collection[str] = ()) -> Storage:
    """Return the storage that the settings name; it is not opened yet.

    `local` are the platforms on which people type at this machine.
    """

    @once
    def engine() -> "Engine":
        from bot.storage.engine import make_engine
        from bot.storage.ledger import ensure_key
        from bot.storage.migrate import upgrade

        upgrade(settings.database_url, settings.backups)
        opened = make_engine(settings.database_url, settings.busy_seconds)
        ensure_key(opened)
        return opened

    @once
    def transactions() -> Callable[[Kind], UnitOfWork]:
        from sqlalchemy.orm import sessionmaker

        from bot.storage.engine import place_of
        from bot.storage.locks import ALONGSIDE
        from bot.storage.turns import Turns, UnitOfWorkInTurn

        alone = sessionmaker(engine())
        alongside = sessionmaker(engine().execution_options(**{ALONGSIDE: True}))
        among = Turns(), place_of(engine().url), settings.busy_seconds

        def begin(kind: Kind) -> UnitOfWork:
            sessions = alone if kind is Kind.ALONE else alongside
            return UnitOfWorkInTurn(sessions, *among, urgent=kind is Kind.STORING)

        return begin

    def beginning(kind: Kind) -> Callable[[], UnitOfWork]:
        return lambda: transactions()(kind)

    @once
    def own_questions() -> OwnQuestionSource:
        from bot.storage.repositories import SqlOwnQuestionSource

        return SqlOwnQuestionSource(engine())

    @once
    def cohorts() -> Cohorts:
        from bot.storage.repositories import SqlCohorts

        return SqlCohorts(engine())

    @once
    def decided_appeals() -> DecidedAppeals:
        from bot.storage.repositories import SqlDecidedAppeals

        return SqlDecidedAppeals(engine())

    @once
    def answers_in_time() -> AnswersInTime:
        from bot.storage.repositories.answers_in_time import SqlAnswersInTime

        return SqlAnswersInTime(engine())

    @once
    def local_files() -> "LocalFiles":
        from bot.storage.ledger import Ledger
        from bot.storage.local_files import LocalFiles

        noted = Ledger(settings.ledger, engine).write_down
        return LocalFiles(settings.database_url, settings.history, settings.backups, local, noted)

    beside = own_questions, cohorts, decided_appeals, answers_in_time
    return Storage(
        engine,
        beginning(Kind.ALONE),
        beginning(Kind.STORING),
        beginning(Kind.GRADING),
        *beside,
        local_files,
    )


def housekeeping_of(settings: Settings, storage: Storage) -> Housekeeping:
    """Return what lets go of what was kept for long enough; run it at the start and once a day."""
    terms = Terms(settings.retention_days)
    return Housekeeping(storage.unit_of_work, terms, storage.local_files())


def backups_of(settings: Settings, clock: Clock) -> "ScheduledBackups":
    """Return what copies the database at the times that the settings name."""
    from bot.storage.scheduled import ScheduledBackups

    often = settings.backup_hours, settings.backups_kept
    return ScheduledBackups(settings.database_url, settings.backups, *often, clock)


class Upkeep:
    """What looks after the database file while people are served."""

    def __init__(self, settings: Settings, storage: Storage) -> None:
        from bot.storage.last_seen import LastSeen
        from bot.storage.ledger import Ledger

        self._settings = settings
        self._storage = storage
        self._last_seen = LastSeen(settings.last_seen, storage.engine)
        self._ledger = Ledger(settings.ledger, storage.engine)

    def begin(self) -> None:
        """Open the database, and say so when something that was stored is missing from it.

        Raises:
            StorageError: it cannot be used.
        """
        self._storage.engine()
        missing = self._last_seen.missing()
        if missing is not None:
            log.error(MISSING, missing.since.isoformat(), missing.until.isoformat())

    def beat(self, beat: Callable[[], object]) -> None:
        """Write the log back, give a sign of life, and note it beside the database.

        Who was deleted is noted there too: by another program it was noted beside that one alone.
        Where the file can no longer be written, have the program end as if it was told to: it can
        do nothing for anybody, and a new one says what is the matter.
        """
        from bot.storage.last_seen import write_log_back

        try:
            # In this order a log that is deleted takes at least the last sign of life with it.
            write_log_back(self._storage.engine())
            beat()
            self._last_seen.note()
            self._ledger.write_down()
        except DatabaseReadOnly as problem:
            log.critical("the coach ends: %s (%s)", problem.sentence, problem.reason)
            signal.raise_signal(signal.SIGTERM)

    def end(self) -> bool:
        """Write the log back whole, so that the file alone is the database; return whether it is.

        Where it is not, even closing the file may end the program by a signal.
        """
        from bot.storage.last_seen import write_log_back

        try:
            write_log_back(self._storage.engine(), wholly=True)
        except StorageError as problem:
            log.warning("the log of the database was not written back: %s", problem.reason)
            return not isinstance(problem, DatabaseReadOnly)
        return True
