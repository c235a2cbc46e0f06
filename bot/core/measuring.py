"""What is counted for operators while people are served: numbers, never words or ids."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from grading.grade import Grade

PRIVATE = "private"
"""Stands for the platform where somebody answers in no community."""


class Trouble(StrEnum):
    """How a platform failed to do what it was asked."""

    RATE_LIMITED = "rate_limited"
    REFUSED = "refused"
    SERVER_ERROR = "server_error"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True)
class Backlog:
    """What is open: answers that wait for a grade, since when, and recent days by their state."""

    waiting: int = 0
    oldest: datetime | None = None
    posts: Mapping[str, int] = field(default_factory=dict)


class Meter(Protocol):
    """Whatever keeps count; each call takes microseconds, from any thread."""

    def answer_taken(self, platform: str) -> None:
        """Count a text that was taken as an answer, also where its author is asked about it."""
        ...

    def graded(self, platform: str, grade: Grade, seconds: float) -> None:
        """Count a grade, so long after its answer was taken."""
        ...

    def acknowledged(self, platform: str, seconds: float) -> None:
        """Note how long a platform waited until it heard that something was taken."""
        ...

    def troubled(self, platform: str, trouble: Trouble) -> None:
        """Count a request to a platform that failed."""
        ...

    def backlog(self, found: Backlog, now: datetime) -> None:
        """Note what is open now."""
        ...

    def drifted(self, what: str, psi: float, p: float) -> None:
        """Note how far something moved in the last month, and how likely that is by chance."""
        ...


class Unmeasured:
    """Count nothing: nobody asks."""

    def answer_taken(self, platform: str) -> None:
        """Do nothing."""

    def graded(self, platform: str, grade: Grade, seconds: float) -> None:
        """Do nothing."""

    def acknowledged(self, platform: str, seconds: float) -> None:
        """Do nothing."""

    def troubled(self, platform: str, trouble: Trouble) -> None:
        """Do nothing."""

    def backlog(self, found: Backlog, now: datetime) -> None:
        """Do nothing."""

    def drifted(self, what: str, psi: float, p: float) -> None:
        """Do nothing."""
