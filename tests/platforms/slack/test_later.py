"""Work behind acknowledgements: people take turns, and a workspace that hangs delays no other."""

import threading

import pytest

from bot.core.fair_threads import Owner
from bot.platforms.slack.later import QUICK_EACH, SLOW_EACH, SLOW_THREADS, Event, Later

SECONDS = 20


class NoDeliveries:
    """Deliveries that nobody asks about."""

    def __init__(self) -> None:
        self.finished: list[str] = []

    def finish(self, key: str) -> None:
        self.finished.append(key)


@pytest.fixture
def later():
    later = Later(NoDeliveries())  # type: ignore[arg-type]  # it only finishes
    yield later
    later.close(SECONDS)


def test_sixty_answers_of_one_person_leave_the_next_place_to_another(later: Later):
    gate, order = threading.Event(), []

    def grade(name: str):
        def step() -> None:
            assert gate.wait(SECONDS)
            order.append(name)

        return step

    ada, bob = Owner("T1", "ada"), Owner("T1", "bob")
    for _ in range(60):
        later.slow(Event(None, ada), grade("ada"))
    later.slow(Event(None, bob), grade("bob"))
    gate.set()

    assert later.drain(SECONDS)
    assert order.index("bob") <= 2
    assert order.count("ada") == 60


@pytest.mark.parametrize(("lane", "most"), [("quick", QUICK_EACH), ("slow", SLOW_EACH)])
def test_a_workspace_that_hangs_holds_up_no_other(later: Later, lane: str, most: int):
    gate, served = threading.Event(), threading.Semaphore(0)
    hanging = 0
    lock = threading.Lock()

    def hang() -> None:
        nonlocal hanging
        with lock:
            hanging += 1
        assert gate.wait(SECONDS)

    submit = getattr(later, lane)
    for number in range(100):
        submit(Event(None, Owner("HANGS", f"person{number}")), hang)
    for number in range(50):
        submit(Event(None, Owner(f"T{number % 19}", f"person{number}")), served.release)

    assert all(served.acquire(timeout=SECONDS) for _ in range(50))
    assert hanging <= most
    gate.set()


def test_a_cluster_is_given_as_many_answers_as_it_has_work_for_and_half_for_one_workspace():
    later = Later(NoDeliveries(), 4 * SLOW_THREADS)  # type: ignore[arg-type]  # it only finishes
    together = threading.Barrier(4 * SLOW_THREADS)

    def grade() -> None:
        together.wait(SECONDS)

    for number in range(4 * SLOW_THREADS):
        later.slow(Event(None, Owner(f"T{number % 2}", f"person{number}")), grade)

    assert later.drain(SECONDS)
    assert not together.broken
    later.close(SECONDS)


def test_what_shows_a_grade_leaves_the_threads_that_grade(later: Later):
    gate, graded = threading.Event(), threading.Semaphore(0)

    def show() -> None:
        assert gate.wait(SECONDS)

    def grade():
        graded.release()
        return show

    for number in range(5 * SLOW_THREADS):
        later.slow(Event(None, Owner(f"T{number % 5}", f"person{number}")), grade)

    assert all(graded.acquire(timeout=SECONDS) for _ in range(5 * SLOW_THREADS))
    gate.set()
    assert later.drain(SECONDS)
