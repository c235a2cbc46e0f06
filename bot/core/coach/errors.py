"""What can go wrong when somebody asks for their feedback."""

from bot.core.errors import CoachError


class NoFeedback(CoachError):
    """There is no graded answer of the learner, or none with this number."""

    sentence = "There is no graded answer of yours to show here. Type /ask for a question."
