"""What can go wrong between the coach and the platforms."""

from dataclasses import dataclass

from bot.core.errors.base import CoachError
from knowledge.errors import Fault


class NothingToRun(CoachError):
    """No platform is configured, so there is nobody to serve."""


@dataclass(eq=False)
class PlatformRefused(CoachError):
    """A platform does not let the coach in; `remedy` is a sentence about what to do."""

    platform: str
    reason: str
    remedy: str


@dataclass(eq=False)
class TranslationsRejected(CoachError):
    """Files with translations of commands cannot be used; carries every fault of every file."""

    faults: tuple[Fault, ...]


@dataclass(eq=False)
class Undeliverable(CoachError):
    """A platform did not take a message; nothing changes that while it is `permanent`."""

    reason: str
    permanent: bool = False
