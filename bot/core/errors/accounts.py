"""What can go wrong with accounts and what is stored of a person."""

from dataclasses import dataclass
from datetime import datetime

from bot.core.errors.base import CoachError


class NotConfirmed(CoachError):
    """Nothing was deleted: this is not the code of the last ten minutes."""


@dataclass(eq=False)
class FileNotWritten(CoachError):
    """What was asked for could not be written to this file; any other name may do."""

    path: str
    reason: str


class LinkFailed(CoachError):
    """Two accounts were not linked; both are as before."""


class UnknownCode(LinkFailed):
    """Nobody has this code: mistyped, used or expired."""


class LinkToSelf(LinkFailed):
    """The code was made by this very learner."""


@dataclass(eq=False)
class TooManyTries(LinkFailed):
    """Too many wrong codes; the next may be tried at `again_at`."""

    again_at: datetime
