"""A round serves communities side by side, waits for nobody who hangs, and does nothing twice."""

import logging
import threading

import pytest

from bot.core.rounds import Rounds, Turn


class Killed(BaseException):
    """The end of a program."""


def test_what_hangs_delays_no_other_and_is_left_alone_by_the_next_round():
    rounds, released, done = Rounds[str]("tests", patience=1), threading.Event(), []

    def hang() -> str:
        assert released.wait(60)
        return "late"

    def act(name: str) -> Turn[str]:
        return Turn(name, name, lambda: done.append(name) or name)

    slow = [Turn(number, "dead", hang) for number in range(40)]
    assert rounds.run([*slow, act("a"), act("b")]) == ["a", "b"]
    assert rounds.is_under_way(0)
    assert not rounds.is_under_way("a")
    assert rounds.run([*slow, act("a")]) == ["a"]
    assert done == ["a", "b", "a"]
    released.set()


def test_what_fails_is_logged_and_stops_nothing_else(caplog: pytest.LogCaptureFixture):
    def fail() -> str:
        raise RuntimeError("drum")

    rounds = Rounds[str]("tests")
    with caplog.at_level(logging.ERROR):
        assert rounds.run([Turn(7, "one", fail), Turn(8, "one", lambda: "done")]) == ["done"]
    assert "tests: 7 failed" in caplog.text


def test_what_ends_a_program_is_raised_when_the_others_are_through():
    done = []

    def end() -> None:
        raise Killed

    rounds = Rounds[None]("tests")
    with pytest.raises(Killed):
        rounds.run([Turn(1, "one", end), Turn(2, "two", lambda: done.append(2))])
    assert done == [2]
