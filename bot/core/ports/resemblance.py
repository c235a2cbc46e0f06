"""The port through which a sentence is compared with what a question knows as wrong."""

from typing import Protocol

from knowledge.question import Question


class Resemblance(Protocol):
    """Whatever can tell that a sentence sounds like a wrong statement."""

    def wrong_like(self, question: Question, point_id: str, text: str) -> str | None:
        """Return the wrong statement that a text is nearer to than to the point, or None.

        Raises:
            ModelUnavailable: it takes the model, and that cannot be loaded.
            GraderBusy: too many others are being graded.
        """
        ...
