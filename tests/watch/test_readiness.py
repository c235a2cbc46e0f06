"""Alive and ready are two things; each part is told with its reason, and its faults once."""

import json
import threading

import pytest

from bot.core.errors import DatabaseLocked
from bot.watch.readiness import PATIENCE_SECONDS, STUCK_SECONDS, Readiness


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def body(readiness: Readiness) -> tuple[int, dict[str, object]]:
    page = readiness.ready()
    assert page.kind == "application/json"
    return page.status.value, json.loads(page.body)


def test_nothing_is_ready_before_it_was_seen_to_be():
    readiness = Readiness({"database": lambda: None, "slack": lambda: "there is no connection"})

    assert readiness.alive().status == 200
    assert body(readiness) == (
        503,
        {
            "ready": False,
            "parts": {
                "database": {"ok": False, "reason": "it is starting"},
                "slack": {"ok": False, "reason": "it is starting"},
                "program": {"ok": True},
            },
        },
    )

    for part in readiness.parts:
        part.look()
    status, told = body(readiness)
    assert (status, told["ready"]) == (503, False)
    assert told["parts"] == {
        "database": {"ok": True},
        "slack": {"ok": False, "reason": "there is no connection"},
        "program": {"ok": True},
    }


def test_a_part_that_fails_and_comes_back_is_told_once_each(caplog: pytest.LogCaptureFixture):
    caplog.set_level("INFO")
    clock, broken = Clock(), [False]

    def database() -> None:
        if broken[0]:
            raise DatabaseLocked("here.db", "held by another")

    readiness = Readiness({"database": database}, clock)
    (part,) = readiness.parts
    for broken[0] in (False, True, True, True, False, False):
        part.look()
        clock.now += 5

    assert [each.getMessage() for each in caplog.records] == [
        "fault: database: held by another",
        "fault over: database works again after 15 s (met 3 times)",
    ]


def test_a_start_that_takes_its_time_is_no_fault(caplog: pytest.LogCaptureFixture):
    seen: list[str | None] = ["it is not loaded yet", "it is not loaded yet", None]
    readiness = Readiness({"model": lambda: seen.pop(0)})
    for _ in range(3):
        readiness.parts[0].look()

    assert body(readiness)[0] == 200
    assert caplog.records == []


def test_a_look_that_hangs_delays_nobody_and_is_told():
    clock, go_on, hangs = Clock(), threading.Event(), threading.Event()

    def database() -> None:
        hangs.set()
        go_on.wait()

    readiness = Readiness({"database": database, "model": lambda: None}, clock)
    readiness.start()
    try:
        assert hangs.wait(10)
        clock.now += PATIENCE_SECONDS + 1
        told = body(readiness)[1]["parts"]
        assert isinstance(told, dict)
        assert told["database"] == {"ok": False, "reason": "no answer for 16 s"}
    finally:
        go_on.set()
        readiness.stop()


def test_a_loop_that_gets_no_turn_is_not_alive():
    clock = Clock()
    readiness = Readiness({}, clock)
    clock.now += STUCK_SECONDS + 1
    assert readiness.alive().status == 503
    assert b"stuck for 61 s" in readiness.alive().body

    readiness.beat()
    assert readiness.alive().status == 200


def test_who_stops_lives_but_takes_nobody_more():
    readiness = Readiness({"model": lambda: None})
    readiness.parts[0].look()
    assert body(readiness)[0] == 200

    readiness.stop()

    status, told = body(readiness)
    assert (status, told["ready"]) == (503, False)
    assert told["parts"] == {
        "model": {"ok": True},
        "program": {"ok": False, "reason": "it is stopping"},
    }
    assert readiness.alive().status == 200
