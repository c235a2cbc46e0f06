import threading
from string import ascii_uppercase

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import sessionmaker

from bot.core.errors import DatabaseLocked
from bot.storage.turns import MOST_IN_A_ROW, Turns, UnitOfWorkInTurn
from tests.builders import NOON, a_user


def passed(turns: Turns, waiting: dict[str, threading.Event], number: int) -> str:
    """Let so many have their turns one after the other; return their letters in that order."""
    came = ""
    for _ in range(number):
        turns.pass_on()
        (letter,) = (name for name, turn in waiting.items() if turn.is_set())
        del waiting[letter]
        came += letter
    return came


def test_turns_are_taken_in_the_order_of_coming() -> None:
    turns = Turns()
    assert turns.take(0)
    waiting = {name: turns.line_up() for name in "abcdefgh"}
    assert passed(turns, waiting, 8) == "abcdefgh"
    turns.pass_on()
    assert turns.take(0)


def test_the_urgent_go_before_those_who_came_earlier() -> None:
    turns = Turns()
    assert turns.take(0)
    waiting = {name: turns.line_up(urgent=name.isupper()) for name in "aBcD"}
    assert passed(turns, waiting, 4) == "BDac"


def test_the_others_have_a_turn_after_some_urgent_ones() -> None:
    turns, urgent = Turns(), ascii_uppercase[: 2 * MOST_IN_A_ROW]
    assert turns.take(0)
    waiting = {name: turns.line_up(urgent=name in urgent) for name in "abc" + urgent}
    first, second = urgent[:MOST_IN_A_ROW], urgent[MOST_IN_A_ROW:]
    assert passed(turns, waiting, len(waiting)) == f"{first}a{second}bc"


def test_urgent_turns_count_only_while_others_wait() -> None:
    turns, urgent = Turns(), ascii_uppercase[:MOST_IN_A_ROW]
    assert turns.take(0)
    waiting = {name: turns.line_up(urgent=True) for name in urgent}
    assert passed(turns, waiting, MOST_IN_A_ROW) == urgent
    waiting = {name: turns.line_up(urgent=name == "Z") for name in "aZ"}
    assert passed(turns, waiting, 2) == "Za"


def test_who_gives_up_leaves_the_line() -> None:
    turns = Turns()
    assert turns.take(0)
    assert not turns.take(0)
    assert not turns.take(0, urgent=True)
    turns.pass_on()
    assert turns.take(0)
    turns.pass_on()


def test_transactions_of_many_threads_all_get_through(engine: Engine) -> None:
    turns, sessions = Turns(), sessionmaker(engine)

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
    turns, sessions = Turns(), sessionmaker(engine)
    with pytest.raises(ZeroDivisionError), UnitOfWorkInTurn(sessions, turns, "x", 0):
        _ = 1 / 0
    with UnitOfWorkInTurn(sessions, turns, "x", 0), pytest.raises(DatabaseLocked):
        UnitOfWorkInTurn(sessions, turns, "x", 0).__enter__()
    assert turns.take(0)
