"""What other processes do to a database in these tests; `start` runs one of the functions."""

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from pathlib import Path

from sqlalchemy.orm import sessionmaker

from bot.core.errors import DatabaseReadOnly
from bot.storage.engine import make_engine
from bot.storage.migrate import backup, upgrade
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.builders import NOON, a_user

NOBODY = 65534


def start(work: Callable[..., None], *arguments: object) -> BaseProcess:
    process = multiprocessing.get_context("spawn").Process(target=work, args=arguments)
    process.start()
    return process


def exit_codes(processes: list[BaseProcess]) -> list[int | None]:
    for process in processes:
        process.join(timeout=60)
    return [process.exitcode for process in processes]


@contextmanager
def opened(database: Path | str) -> Iterator[Callable[[], SqlUnitOfWork]]:
    engine = make_engine(database, busy_seconds=30)
    yield lambda: SqlUnitOfWork(sessionmaker(engine))
    engine.dispose()


def answer_many(database: Path | str, name: str, count: int) -> None:
    with opened(database) as unit_of_work:
        for number in range(count):
            with unit_of_work() as uow:
                learner = uow.learners.register(a_user(name), NOON)
                ask = uow.asks.latest(learner.id) or uow.asks.add(learner.id, "a/b", NOON)
                uow.attempts.add(ask, f"{name} {number}", NOON)
                uow.commit()


def register(database: Path | str, name: str) -> None:
    with opened(database) as unit_of_work, unit_of_work() as uow:
        uow.learners.register(a_user(name), NOON)
        uow.commit()


def answer_and_die(database: Path | str) -> None:
    with opened(database) as unit_of_work, unit_of_work() as uow:
        learner = uow.learners.register(a_user(), NOON)
        uow.attempts.add(uow.asks.add(learner.id, "a/b", NOON), "saved", NOON)
        uow.commit()
        uow.attempts.add(uow.asks.add(learner.id, "a/b", NOON), "never committed", NOON)
        os.kill(os.getpid(), signal.SIGKILL)


def upgrade_once(database: Path | str, backups: Path, scripts: Path) -> None:
    upgrade(database, backups, scripts=scripts)


def expect_read_only(database: Path) -> None:
    """Exit with 0 when a user who is not root gets DatabaseReadOnly from every use."""
    if os.geteuid() == 0:
        os.setuid(NOBODY)
    for use in (lambda: register(database, "Ada"), lambda: backup(database, database / "copy")):
        try:
            use()
        except DatabaseReadOnly:
            continue
        sys.exit("This was allowed")
