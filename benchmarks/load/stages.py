"""What every emulated platform offers to those who measure: people, and how long they wait."""

import asyncio
from collections.abc import Callable
from typing import Protocol

PATIENCE = 600.0
"""Seconds after which something is taken for missing."""

LOOK_EVERY = 0.005


class Waiting(Protocol):
    """An answer that was sent: seconds until it was acknowledged and until its grade was shown."""

    @property
    def acknowledged(self) -> float | None:
        """None as long as it is not."""
        ...

    @property
    def graded(self) -> float | None:
        """None as long as it is not."""
        ...


class Stage(Protocol):
    """An emulated platform with communities, each with channels and people."""

    @property
    def name(self) -> str:
        """The platform's, as in the database."""
        ...

    @property
    def settings(self) -> tuple[dict[str, str], ...]:
        """What leads each program to it."""
        ...

    async def start(self) -> None:
        """Listen."""
        ...

    async def stop(self) -> None:
        """Close everything."""
        ...

    def community(self) -> str:
        """A new one, with the coach in it."""
        ...

    def channel(self, community: str) -> str:
        """A new one."""
        ...

    def person(self, community: str) -> str:
        """Somebody new."""
        ...

    def is_served(self) -> bool:
        """Whether every program has come."""
        ...

    async def join(self) -> None:
        """Let the communities take the coach in, where it has to serve first."""
        ...

    def is_posted(self, channel: str) -> bool:
        """Whether the question of the day stands in a channel."""
        ...

    async def open(self, person: str, channel: str) -> float:
        """Let somebody open the window for an answer to the question of the day."""
        ...

    async def send(self, person: str, channel: str, text: str) -> Waiting:
        """Let somebody send an answer by such a window, which they had open."""
        ...

    async def help(self, person: str, channel: str) -> float:
        """Let somebody ask for help; return the seconds until they read it."""
        ...

    async def complete(self, person: str, channel: str) -> float:
        """Let somebody type the name of a question; return the seconds until some are offered."""
        ...

    async def practise(self, person: str, channel: str, text: str) -> float:
        """Let somebody be asked, answer and look at their progress; return the acknowledgement."""
        ...

    def limit(self, community: str, channels: list[str], seconds: float) -> None:
        """Answer whatever is posted there with 429 from now on."""
        ...

    def free(self) -> None:
        """Limit nobody any more."""
        ...

    def posted_at(self, channel: str) -> float | None:
        """When the first message was posted in a channel, by `time.time()`."""
        ...


async def until(
    condition: Callable[[], bool],
    seconds: float = PATIENCE,
    every: float = LOOK_EVERY,
    check: Callable[[], None] = lambda: None,
) -> bool:
    """Wait for something to become true; return whether it did. `check` may raise meanwhile."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    while not condition():
        if loop.time() > end:
            return False
        check()
        await asyncio.sleep(every)
    return True
