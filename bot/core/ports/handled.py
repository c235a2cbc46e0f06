"""The port by which what a platform delivers several times is handled once."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, Protocol


class HandledState(StrEnum):
    """How far the work on an event is."""

    BEGUN = "begun"
    DONE = "done"


class HandledEvent(NamedTuple):
    """What is known of an event; `result` is what came of it, such as the id of a message."""

    state: HandledState
    at: datetime
    result: str = ""


class HandledEvents(Protocol):
    """The events that were handled or are being handled, by a key of the platform's."""

    def get(self, key: str) -> HandledEvent | None:
        """Return what is known of the event, None before it was seen."""
        ...

    def put(self, key: str, state: HandledState, at: datetime, result: str = "") -> None:
        """Keep how far the work is, in place of what was known."""
        ...

    def forget(self, key: str) -> None:
        """Forget the event, so that it is handled when it comes again."""
        ...

    def forget_before(self, at: datetime, *, dry_run: bool = False) -> int:
        """Forget all events from before this moment and return how many they are."""
        ...
