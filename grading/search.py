"""Find questions from a learner's words."""
from dataclasses import dataclass


@dataclass(frozen=True)
class Found:
    """A question found by words, with how near it is: 1 for its own name, else a cosine."""

    question_id: str
    score: float
    matched: str
