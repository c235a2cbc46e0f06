"""Threads by turns: nobody's line is longer than the number of people before them."""

import threading
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.fair_threads import FairThreads, Owner

SECONDS = 20
ADA, BOB, CY = (Owner("t", name) for name in ("ada", "bob", "cy"))


class Held:
    """Work that begins and goes on when it is let; who began is kept in order."""

    def __init__(self) -> None:
        self.begun: list[Owner] = []
        self.gates: list[threading.Event] = []
        self.changed = threading.Condition()

    def work(self, owner: Owner):
        def do() -> Owner:
            gate = threading.Event()
            with self.changed:
                self.begun.append(owner)
                self.gates.append(gate)
                self.changed.notify_all()
            assert gate.wait(SECONDS)
            return owner

        return do

    def until(self, number: int) -> list[Owner]:
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.begun) >= number, SECONDS)
            return list(self.begun)

    def go(self, number: int) -> None:
        self.gates[number].set()


def test_a_single_answer_is_next_behind_another_persons_sixty():
    held, pool = Held(), FairThreads(1, "fair")
    sixty = [pool.submit(ADA, held.work(ADA)) for _ in range(60)]
    held.until(1)
    one, other = pool.submit(BOB, held.work(BOB)), pool.submit(CY, held.work(CY))
    for number in range(62):
        held.until(number + 1)
        held.go(number)

    assert [each.result(SECONDS) for each in (*sixty, one, other)] == [*[ADA] * 60, BOB, CY]
    assert held.begun[:5] == [ADA, ADA, BOB, CY, ADA]
    pool.shutdown()


def test_one_person_has_one_thread_and_one_community_some():
    held = Held()
    pool = FairThreads(4, "fair", a_person=1, a_community=2)
    hanging = [Owner("hangs", f"person{number}") for number in range(6)]
    done = [pool.submit(owner, held.work(owner)) for owner in [ADA, ADA, *hanging]]
    begun = held.until(3)
    done.append(pool.submit(BOB, held.work(BOB)))

    assert Counter(begun) == {ADA: 1, hanging[0]: 1, hanging[1]: 1}
    assert held.until(4)[3] == BOB
    for number in range(9):
        held.until(number + 1)
        held.go(number)
    assert len([each.result(SECONDS) for each in done]) == 9
    pool.shutdown()


def test_what_fails_and_what_is_cancelled_hold_up_nothing():
    held, pool = Held(), FairThreads(1, "fair")
    first = pool.submit(ADA, held.work(ADA))
    held.until(1)

    def fail() -> None:
        raise KeyError("x")

    failing, gone, last = (pool.submit(ADA, each) for each in (fail, fail, lambda: 7))
    assert gone.cancel()
    held.go(0)

    assert first.result(SECONDS) == ADA
    assert isinstance(failing.exception(SECONDS), KeyError)
    assert last.result(SECONDS) == 7
    pool.shutdown()


def test_shut_down_it_takes_nothing_and_cancels_what_waits():
    held, pool = Held(), FairThreads(1, "fair")
    first, second = (pool.submit(ADA, held.work(ADA)) for _ in range(2))
    held.until(1)
    pool.close()

    assert second.cancelled()
    with pytest.raises(RuntimeError, match="shut down"):
        pool.submit(BOB, held.work(BOB))
    held.go(0)
    assert first.result(SECONDS) == ADA


@given(
    st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz")), max_size=40),
    st.integers(1, 4),
    st.integers(1, 3),
    st.integers(0, 3),
)
@settings(max_examples=40, deadline=None)
def test_all_is_done_once_in_everybodys_order_and_within_the_bounds(owners, threads, each, some):
    pool = FairThreads(threads, "fair", a_person=each, a_community=some)
    lock, now, done = threading.Lock(), Counter(), []

    def work(owner: Owner, number: int):
        def do() -> None:
            with lock:
                now.update([owner, owner.community])
                assert now[owner] <= each
                assert now[owner.community] <= (some or threads)
                done.append((owner, number))
            with lock:
                now.subtract([owner, owner.community])

        return do

    pieces = [(Owner(*owner), number) for number, owner in enumerate(owners)]
    for future in [pool.submit(owner, work(owner, number)) for owner, number in pieces]:
        future.result(SECONDS)
    pool.shutdown()

    assert sorted(done) == sorted(pieces)
    if each == 1:
        for owner, _ in pieces:
            assert [n for who, n in done if who == owner] == [n for w, n in pieces if w == owner]


def test_whoever_comes_at_the_same_moment_has_a_thread_each():
    people = [Owner("t", str(number)) for number in range(16)]
    for _ in range(50):
        pool, together = FairThreads(len(people), "fair"), threading.Barrier(len(people))
        waiting = [pool.submit(each, lambda meet=together: meet.wait(SECONDS)) for each in people]

        assert sorted(each.result(SECONDS) for each in waiting) == list(range(len(people)))
        pool.shutdown()
