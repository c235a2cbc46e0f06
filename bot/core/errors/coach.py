"""What can go wrong when somebody asks for their feedback."""

from bot.core.errors.base import CoachError


class NoFeedback(CoachError):
    """There is no graded answer of the learner, or none with this number."""
