import threading
import time

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import sessionmaker

from bot.core.errors import DatabaseLocked
from bot.storage.fifo_lock import FifoLock, UnitOfWorkInTurn
from tests.builders import NOON, a_user


def test_turns_are_taken_in_the_order_of_coming() -> None:
    turns, came = FifoLock(), []
    assert turns.take(0)

    def wait(number: int) -> None:
        assert turns.take(10)
        came.append(number)
        turns.pass_on()

    waiting = []
    for number in range(8):
        waiting.append(threading.Thread(target=wait, args=(number,)))
        waiting[-1].start()
        while len(turns._line) <= number:
            time.sleep(0.001)
    turns.pass_on()
    for each in waiting:
        each.join()
    assert came == list(range(8))
    assert turns.take(0)


def test_who_gives_up_leaves_the_line() -> None:
    turns = FifoLock()
    assert turns.take(0)
    assert not turns.take(0.01)
    turns.pass_on()
    assert turns.take(0)
    turns.pass_on()


def test_transactions_of_many_threads_all_get_through(engine: Engine) -> None:
    turns, sessions = FifoLock(), sessionmaker(engine)

    def register(number: int) -> None:
        with UnitOfWorkInTurn(sessions, turns, "coach.sqlite3", 30) as uow:
            uow.learners.register(a_user(str(number)), NOON)
            uow.commit()

    threads = [threading.Thread(target=register, args=(number,)) for number in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with UnitOfWorkInTurn(sessions, turns, "coach.sqlite3", 30) as uow:
        assert uow.learners.get(40) is not None


def test_a_turn_ends_with_its_transaction_whatever_happens(engine: Engine) -> None:
    turns, sessions = FifoLock(), sessionmaker(engine)
    with pytest.raises(ZeroDivisionError), UnitOfWorkInTurn(sessions, turns, "x", 0):
        _ = 1 / 0
    with UnitOfWorkInTurn(sessions, turns, "x", 0), pytest.raises(DatabaseLocked):
        UnitOfWorkInTurn(sessions, turns, "x", 0.01).__enter__()
    assert turns.take(0)
