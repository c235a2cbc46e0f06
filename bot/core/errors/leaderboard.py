"""What can go wrong with leaderboards."""

from dataclasses import dataclass

from bot.core.errors.base import CoachError


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


@dataclass(eq=False)
class UnknownVisibility(CoachError):
    """No choice of what others see is named so; `words` is what was typed."""

    words: str
