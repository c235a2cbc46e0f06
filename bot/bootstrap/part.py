"""A part of an object, made when it is first asked for, and once."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, Generic, Protocol, Self, TypeVar, overload

T = TypeVar("T")


class Locked(Protocol):
    """An object with parts, and a lock that the thread holding it may take again."""

    @property
    def lock(self) -> AbstractContextManager[Any]:
        """Held while a part is made; making one may ask for others."""
        ...


class part(Generic[T]):  # noqa: N801 a decorator, named like property
    """Make a part once, whichever threads ask for it first.

    `functools.cached_property` has no lock from Python 3.12 on: two threads would make two models,
    or two pools of connections. What fails is made anew when it is next asked for.
    """

    def __init__(self, make: Callable[[Any], T]) -> None:
        self._make = make
        self._name = make.__name__
        self.__doc__ = make.__doc__

    @overload
    def __get__(self, owner: None, kind: type) -> Self: ...

    @overload
    def __get__(self, owner: Locked, kind: type) -> T: ...

    def __get__(self, owner: Locked | None, kind: type) -> Self | T:
        if owner is None:
            return self
        made = vars(owner)
        if self._name not in made:
            with owner.lock:
                if self._name not in made:
                    made[self._name] = self._make(owner)
        return made[self._name]  # type: ignore[no-any-return]  # what was made above
