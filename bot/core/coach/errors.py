"""What can go wrong when somebody asks for their feedback."""

from bot.core.command_refs import ref
from bot.core.errors import CoachError


class NoFeedback(CoachError):
    """There is no graded answer of the learner, or none with this number."""

    sentence = f"There is no graded answer of yours to show here. Type {ref('ask')} for a question."
