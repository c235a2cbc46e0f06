"""What `coach doctor` finds: one line a thing, each with what to do about it. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.core.ports import Address
from bot.core.words.captions import duration

CLOCKS_AGREE = timedelta(seconds=30)
"""A difference that nobody notices: a daily question may be as late as that."""

CLOCK_REFUSED = timedelta(minutes=5)
"""Slack's signatures hold for so long: what comes with another clock is refused."""


class Mark(StrEnum):
    """How bad something is: only a problem keeps the coach from working as it should."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True)
class Finding:
    """What was found of one thing; the remedy is one sentence, empty where all is well."""

    subject: str
    mark: Mark
    found: str
    remedy: str = ""


def fine(subject: str, found: str) -> Finding:
    """Return that something is as it should be."""
    return Finding(subject, Mark.OK, found)


def warning(subject: str, found: str, remedy: str) -> Finding:
    """Return what will do, but should be looked at."""
    return Finding(subject, Mark.WARNING, found, remedy)


def problem(subject: str, found: str, remedy: str) -> Finding:
    """Return what has to be mended."""
    return Finding(subject, Mark.PROBLEM, found, remedy)


@dataclass(frozen=True)
class Look:
    """A look at one thing.

    Attributes:
        subject: the thing, in a few words.
        run: finds out, and changes nothing.
        seconds: so long it may take.
    """

    subject: str
    run: Callable[[], Iterable[Finding]]
    seconds: float


@dataclass(frozen=True)
class StudyChannel:
    """A channel with a daily question that is not paused."""

    address: Address
    name: str
    private: bool
    """Whether its discussion is only for those who have answered."""


@dataclass(frozen=True)
class Waiting:
    """How many rows wait for something, and since when the oldest does."""

    count: int
    since: datetime | None


@dataclass(frozen=True)
class Standing:
    """What the database says about those who are served."""

    channels: tuple[StudyChannel, ...]
    ungraded: Waiting
    unsent: Waiting


def clock_finding(ours: datetime, theirs: datetime, whose: str) -> Finding:
    """Compare the clock of this machine with a platform's."""
    apart = abs(ours - theirs)
    subject = f"clock beside {whose}"
    seconds = round(apart.total_seconds())
    if apart <= CLOCKS_AGREE:
        return fine(subject, f"{duration(seconds)} apart")
    told = f"{duration(seconds)} {'ahead of' if ours > theirs else 'behind'} {whose}'s"
    remedy = "Set the clock of this machine, and let it keep time by NTP."
    return (problem if apart > CLOCK_REFUSED else warning)(subject, told, remedy)
