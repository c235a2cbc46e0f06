import signal
import sqlite3
import threading
from pathlib import Path

import pytest

from tests.builders import NOON, a_user
from tests.storage import workers
from tests.storage.conftest import MakeUnitOfWork


def test_leaving_without_a_commit_undoes_everything(unit_of_work: MakeUnitOfWork) -> None:
    with unit_of_work() as uow:
        uow.learners.register(a_user(), NOON)
    with unit_of_work() as uow:
        assert uow.learners.find(a_user()) is None


def test_an_error_undoes_everything(unit_of_work: MakeUnitOfWork) -> None:
    def fail() -> None:
        with unit_of_work() as uow:
            uow.learners.register(a_user(), NOON)
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    with unit_of_work() as uow:
        assert uow.learners.find(a_user()) is None


def test_a_transaction_holds_the_write_lock_from_its_first_read(
    database: Path, unit_of_work: MakeUnitOfWork
) -> None:
    with unit_of_work() as uow:
        uow.learners.find(a_user())
        other = sqlite3.connect(database, timeout=0)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.close()


def test_threads_write_at_once_and_lose_nothing(database: Path) -> None:
    names = ["one", "two", "three", "four"]
    threads = [
        threading.Thread(target=workers.answer_many, args=(database, name, 10)) for name in names
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers_by_name(database) == dict.fromkeys(names, 10)


def test_processes_write_at_once_and_lose_nothing(database: Path) -> None:
    names = ["one", "two"]
    processes = [workers.start(workers.answer_many, database, name, 20) for name in names]
    assert workers.exit_codes(processes) == [0, 0]
    assert answers_by_name(database) == dict.fromkeys(names, 20)


def test_processes_that_register_one_user_at_once_make_one_learner(database: Path) -> None:
    processes = [workers.start(workers.register, database, "same") for _ in range(2)]
    assert workers.exit_codes(processes) == [0, 0]
    connection = sqlite3.connect(database)
    counts = "SELECT (SELECT count(*) FROM learners), (SELECT count(*) FROM identities)"
    assert connection.execute(counts).fetchone() == (1, 1)
    connection.close()


def test_a_committed_answer_survives_kill_9(database: Path, unit_of_work: MakeUnitOfWork) -> None:
    process = workers.start(workers.answer_and_die, database)
    assert workers.exit_codes([process]) == [-signal.SIGKILL]
    with unit_of_work() as uow:
        (attempt,) = uow.attempts.pending()
    assert attempt.answer == "saved"


def answers_by_name(database: Path) -> dict[str, int]:
    connection = sqlite3.connect(database)
    query = "SELECT substr(answer, 1, instr(answer, ' ') - 1), count(*) FROM attempts GROUP BY 1"
    found = dict(connection.execute(query).fetchall())
    connection.close()
    return found
