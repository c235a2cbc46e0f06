"""What can go wrong with the rules of a community."""

from dataclasses import dataclass

from bot.core.errors.base import CoachError


@dataclass(eq=False)
class UnclearRule(CoachError):
    """The words name no rule of a community, or no value of it; `words` is what was typed."""

    words: str
