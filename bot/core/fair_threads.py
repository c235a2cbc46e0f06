"""Threads that are shared fairly: people take turns, and what each sent is done in its order.

A pool that is first come first served belongs to whoever sends most. Here the line has a place for
each person and not for each piece of work, and nobody, and no community, has more than some of the
threads: while one person's sixty answers wait, another's single one is next but for what is being
done; and a community for which every call hangs holds up no other.
"""

import threading
from collections import Counter, OrderedDict, deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, NamedTuple, TypeVar

T = TypeVar("T")


class Owner(NamedTuple):
    """For whom something is done; what is empty may have as many threads as there are."""

    community: str = ""
    person: str = ""


class _Work(NamedTuple):
    do: Callable[[], Any]
    done: "Future[Any]"


class FairThreads:
    """Do work in threads, by turns of its owners."""

    def __init__(self, threads: int, name: str, *, a_person: int = 1, a_community: int = 0) -> None:
        """Make the pool.

        Args:
            threads: pieces of work done at a time.
            name: what the threads are called.
            a_person: of these, how many for one person.
            a_community: how many for all of a community; 0 for as many as there are.
        """
        self._pool = ThreadPoolExecutor(threads, name)
        self._most = a_person, a_community or threads
        self._line: OrderedDict[Owner, deque[_Work]] = OrderedDict()
        self._at_work: Counter[Owner] = Counter()
        self._communities: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._closed = False

    def submit(self, owner: Owner, do: Callable[[], T]) -> "Future[T]":
        """Let something be done when its turn comes.

        Raises:
            RuntimeError: the threads were shut down.
        """
        work = _Work(do, Future())
        with self._lock:
            if self._closed:
                raise RuntimeError("these threads were shut down")
            self._line.setdefault(owner, deque()).append(work)
            self._pool.submit(self._work)
        return work.done

    def shutdown(self) -> None:
        """Take nothing more, cancel what waits, and wait for what is being done."""
        self.close()
        self._pool.shutdown(wait=True)

    def close(self) -> None:
        """Take nothing more and cancel what waits; what is being done goes on."""
        with self._lock:
            self._closed = True
            waiting = [work for line in self._line.values() for work in line]
            self._line.clear()
        for work in waiting:
            work.done.cancel()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _work(self) -> None:
        """Do what is next, as long as something may be done."""
        taken = self._taken()
        while taken is not None:
            owner, work = taken
            _do(work)
            with self._lock:
                self._ended(owner)
            taken = self._taken()

    def _taken(self) -> tuple[Owner, _Work] | None:
        """Take what is next from the line; no other thread finds it there meanwhile."""
        with self._lock:
            owner = self._next()
            return None if owner is None else (owner, self._begun(owner))

    def _next(self) -> Owner | None:
        """Return whose turn it is; whoever has all the threads they may have is passed over."""
        person, community = self._most
        return next(
            (
                owner
                for owner in self._line
                if (not owner.person or self._at_work[owner] < person)
                and (not owner.community or self._communities[owner.community] < community)
            ),
            None,
        )

    def _begun(self, owner: Owner) -> _Work:
        line = self._line.pop(owner)
        work = line.popleft()
        if line:
            self._line[owner] = line  # behind everybody else
        self._at_work[owner] += 1
        self._communities[owner.community] += 1
        return work

    def _ended(self, owner: Owner) -> None:
        self._at_work[owner] -= 1
        if not self._at_work[owner]:
            del self._at_work[owner]
        self._communities[owner.community] -= 1
        if not self._communities[owner.community]:
            del self._communities[owner.community]
        if self._line and not self._closed:
            self._pool.submit(self._work)  # another thread may have found nothing that may be done


def _do(work: _Work) -> None:
    if not work.done.set_running_or_notify_cancel():
        return
    try:
        result = work.do()
    except BaseException as problem:  # noqa: BLE001 raised again where the result is asked for
        work.done.set_exception(problem)
    else:
        work.done.set_result(result)
