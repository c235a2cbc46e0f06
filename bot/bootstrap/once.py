"""Make something when it is first asked for, and once, whichever threads ask."""

from collections.abc import Callable
from threading import Lock
from typing import TypeVar

T = TypeVar("T")


def once(make: Callable[[], T]) -> Callable[[], T]:
    """Return what makes a value at the first call and returns the same one ever after.

    `functools.cache` has no lock: two threads would open the database twice. What fails is made
    anew at the next call.
    """
    made: list[T] = []
    lock = Lock()

    def get() -> T:
        if not made:
            with lock:
                if not made:
                    made.append(make())
        return made[0]

    return get
