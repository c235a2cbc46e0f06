"""Ports of memory: what is remembered of how well people recall questions."""

from typing import Protocol

from bot.core.scheduling import Card


class Cards(Protocol):
    """The learners' memory of questions, one card for each question that was reviewed."""

    def get(self, learner_id: int, question_id: str) -> Card | None:
        """Return the learner's card of a question, or None before its first review."""
        ...

    def put(self, learner_id: int, card: Card) -> None:
        """Keep the card in place of an earlier one of the same question."""
        ...

    def of_learner(self, learner_id: int) -> tuple[Card, ...]:
        """Return all cards of the learner, by question."""
        ...
