"""What can go wrong with flags."""

from dataclasses import dataclass

from bot.core.errors.base import CoachError


class FlagRejected(CoachError):
    """A question was not flagged."""


class UnclearFlag(FlagRejected):
    """Neither what is the matter nor a remark was typed."""


@dataclass(eq=False)
class FlagTooLong(FlagRejected):
    """The remark has more characters than are kept."""

    length: int
    most: int


class NothingToFlag(FlagRejected):
    """The learner was not asked anything yet."""


@dataclass(eq=False)
class TooManyFlags(FlagRejected):
    """The learner flagged `most` questions within a day."""

    most: int


@dataclass(eq=False)
class UnknownFlag(CoachError):
    """No open flag of this community has what was typed for a number."""

    words: str
