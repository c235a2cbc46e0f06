"""What can go wrong when somebody asks for a review."""

from bot.core.errors import UsageError
from bot.core.words.phrases import shortened


def unknown_review(words: str) -> UsageError:
    """Refuse what names no kind of review."""
    return UsageError(
        words,
        f"I do not know what to review about {shortened(words)!r}. /review brings what is "
        "due, /review ahead practises what is not due yet, and /ask takes a topic.",
    )
