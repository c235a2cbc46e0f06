"""Why figures of a group are not told."""

from dataclasses import dataclass

from bot.core.errors.base import CoachError


@dataclass(eq=False)
class GroupTooSmall(CoachError):
    """Fewer than `least` people answered, so that figures would be somebody's in particular."""

    least: int
