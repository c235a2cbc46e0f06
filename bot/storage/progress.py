"""How far something is that takes its time."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

Bar = Callable[[int], AbstractContextManager[Callable[[int], None]]]
"""Shows how far it is: given how much there is to do, it is told how much more is done."""


@contextmanager
def no_bar(_total: int) -> Iterator[Callable[[int], None]]:
    """Show nothing."""
    yield lambda _more: None
