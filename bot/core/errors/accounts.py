"""What can go wrong with settings and with linking accounts."""

from dataclasses import dataclass
from datetime import datetime

from bot.core.errors.base import CoachError, SettingRejected


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


@dataclass(eq=False)
class UnknownSetting(SettingRejected):
    """No setting is named so; `words` is what was typed."""

    words: str


@dataclass(eq=False)
class UnclearValue(SettingRejected):
    """The value in `words` cannot be read; `setting` is the name of the field."""

    setting: str
    words: str
