"""What is kept for a while and in a bounded number; nothing that must not be lost is here."""

import secrets
from collections import OrderedDict
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Shelf(Generic[K, V]):
    """Values by key; when it is full, what was put there first goes."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._values: OrderedDict[K, V] = OrderedDict()

    def put(self, key: K, value: V) -> None:
        """Keep a value, in place of an earlier one with this key."""
        self._values.pop(key, None)
        self._values[key] = value
        while len(self._values) > self._room:
            self._values.popitem(last=False)

    def get(self, key: K) -> V | None:
        """Return the value, or None when it is gone."""
        return self._values.get(key)

    def take(self, key: K) -> V | None:
        """Return the value and let go of it, or None when it is gone."""
        return self._values.pop(key, None)

    def __len__(self) -> int:
        return len(self._values)


def fresh_key() -> str:
    """Return a key that nobody guesses."""
    return secrets.token_urlsafe(9)
