"""What can go wrong around a community, its daily question and its boards."""

from dataclasses import dataclass

from bot.core.errors.base import CoachError


class OnlyInCommunity(CoachError):
    """It concerns a community, and was asked in private."""


class HostsOnly(CoachError):
    """It is for those who may manage the community."""


@dataclass(eq=False)
class GroupTooSmall(CoachError):
    """Fewer than `least` people answered, so that figures would be somebody's in particular."""

    least: int


class NoDailyPlan(CoachError):
    """No daily question is set up in this channel."""


class NoSuchPost(CoachError):
    """A daily question is gone, or the question that it asked."""


class NoResultsYet(CoachError):
    """No daily question of this channel has closed so far."""


@dataclass(eq=False)
class UnknownBoard(CoachError):
    """No leaderboard, or part of one, is named so; `words` is what was typed."""

    words: str


@dataclass(eq=False)
class NobodyNamed(CoachError):
    """Not one member of the community has this name but none or `several`."""

    name: str
    several: bool = False


@dataclass(eq=False)
class NoSuchAnswer(CoachError):
    """No answer to a daily question of the community has this number."""

    number: str
