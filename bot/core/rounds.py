"""Rounds of work for many communities: side by side, and nobody waits for one that hangs.

What is under way from an earlier round is left alone by the next ones.
"""

import logging
from collections.abc import Callable, Hashable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, wait
from functools import partial
from typing import Final, Generic, NamedTuple, TypeVar

from bot.core.fair_threads import FairThreads, Owner

AT_ONCE: Final = 16
"""Pieces of work done side by side."""

A_COMMUNITY: Final = 3
"""Of these, so many of one community: one at its limit, or out of reach, holds up no other."""

PATIENCE: Final = 5.0
"""Seconds without anything being done after which a round ends; what is under way goes on."""

log = logging.getLogger(__name__)

T = TypeVar("T")


class Turn(NamedTuple, Generic[T]):
    """Something to do in a round: by what it is known, for which community, and how."""

    key: Hashable
    community: str
    do: Callable[[], T]


class Rounds(Generic[T]):
    """Do what is due, each thing once at a time."""

    def __init__(self, name: str, patience: float = PATIENCE) -> None:
        """Make the threads.

        Args:
            name: what they are called, and what is done, in the log.
            patience: seconds for which a round waits for what hangs.
        """
        self._name = name
        self._patience = patience
        self._threads = FairThreads(AT_ONCE, name, a_community=A_COMMUNITY)
        self._under_way: dict[Hashable, Future[T | None]] = {}

    def is_under_way(self, key: Hashable) -> bool:
        """Whether an earlier round has begun something that is not done yet."""
        begun = self._under_way.get(key)
        return begun is not None and not begun.done()

    def run(self, turns: Iterable[Turn[T]]) -> list[T]:
        """Do what is due and not under way; return what came of all that was done in time.

        What fails is logged and stops nothing else; only what ends a program is raised, when the
        others are through.
        """
        self._under_way = {key: each for key, each in self._under_way.items() if not each.done()}
        begun = {
            turn.key: self._threads.submit(Owner(turn.community), partial(self._do, turn))
            for turn in turns
            if turn.key not in self._under_way
        }
        self._under_way |= begun
        left = set(begun.values())
        while left:
            done, left = wait(left, self._patience, return_when=FIRST_COMPLETED)
            if not done:
                log.warning("%s: %d are still under way; the others go on", self._name, len(left))
                break
        results = [each.result() for each in begun.values() if each.done()]
        return [each for each in results if each is not None]

    def _do(self, turn: Turn[T]) -> T | None:
        try:
            return turn.do()
        except Exception:
            log.exception("%s: %s failed", self._name, turn.key)
            return None
