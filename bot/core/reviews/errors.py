"""What can go wrong when somebody asks for a review."""

from dataclasses import dataclass

from bot.core.errors import CoachError
from bot.core.words.phrases import shortened


@dataclass(eq=False)
class UnknownReview(CoachError):
    """There is no review of this kind; `words` is what was typed."""

    words: str

    @property
    def sentence(self) -> str:
        return (
            f"I do not know what to review about {shortened(self.words)!r}. /review brings what is "
            "due, /review ahead practises what is not due yet, and /ask takes a topic."
        )
