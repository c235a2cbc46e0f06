"""What can go wrong when somebody asks for the days of a streak."""

from dataclasses import dataclass

from bot.core.errors.base import CoachError


@dataclass(eq=False)
class UnclearDays(CoachError):
    """It is not said which days of a streak to list; `words` is what was typed."""

    words: str
