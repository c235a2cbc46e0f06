"""What can go wrong when somebody asks for a review."""

from dataclasses import dataclass

from bot.core.errors.base import CoachError


@dataclass(eq=False)
class UnknownReview(CoachError):
    """There is no review of this kind; `words` is what was typed."""

    words: str
