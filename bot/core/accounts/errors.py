"""What can go wrong with settings and with linking accounts."""

from dataclasses import dataclass
from datetime import datetime

from bot.core.accounts.model import MINUTES_VALID
from bot.core.accounts.settings import EXAMPLES, Setting
from bot.core.command_refs import Moment, ref
from bot.core.errors import CoachError, SettingRejected, UsageError
from bot.core.words.phrases import listed, shortened


class LinkFailed(CoachError):
    """Two accounts were not linked; both are as before."""


class UnknownCode(LinkFailed):
    """Nobody has this code: mistyped, used or expired."""

    @property
    def sentence(self) -> str:
        return (
            f"That code isn't valid. A code works once and for {MINUTES_VALID} minutes: get a new "
            f"one with {ref('link')} on your other account, and copy all of it."
        )


class LinkToSelf(LinkFailed):
    """The code was made by this very learner."""

    sentence = "These accounts are linked already, so nothing was changed."


@dataclass(eq=False)
class TooManyTries(LinkFailed):
    """Too many wrong codes; the next may be tried at `again_at`."""

    again_at: datetime

    @property
    def sentence(self) -> str:
        again = Moment(self.again_at, f"{self.again_at:%H:%M} UTC")
        return f"Too many wrong codes. Try again after {again}, with a new code."


def unknown_setting(words: str) -> UsageError:
    """Refuse what names no setting."""
    return UsageError(
        words,
        f"I know no setting {shortened(words)!r}, and nothing was changed. Type "
        f"{listed(EXAMPLES, 'or')}; {ref('settings')} alone shows what is set.",
    )


@dataclass(eq=False)
class UnclearValue(SettingRejected):
    """The value in `words` cannot be read."""

    setting: Setting
    words: str

    @property
    def sentence(self) -> str:
        what = f"I cannot read {shortened(self.words)!r}" if self.words else "A value is missing"
        return f"{what}, and nothing was changed. Type {self.setting.how_to_set}."
