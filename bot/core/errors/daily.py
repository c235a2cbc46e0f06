"""What can go wrong around a daily question."""

from dataclasses import dataclass

from bot.core.errors.base import CoachError, SettingRejected


@dataclass(eq=False)
class UnknownPlanChoice(SettingRejected):
    """Nothing about a daily question is named so; `words` is what was typed."""

    words: str


@dataclass(eq=False)
class UnclearPlanChoice(SettingRejected):
    """The value in `words` cannot be read; `choice` is what it is about."""

    choice: str
    words: str


class NoPrivateDiscussions(SettingRejected):
    """A discussion for those who have answered was chosen where the platform has no such thing."""


class NothingFits(SettingRejected):
    """No question is of the topics and levels that a host chose."""


class NoDailyPlan(CoachError):
    """No daily question is set up in this channel."""


class NoSuchPost(CoachError):
    """A daily question is gone, or the question that it asked."""


class NoResultsYet(CoachError):
    """No daily question of this channel has closed so far."""
