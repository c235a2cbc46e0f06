"""Ports of reviews: memory cards, and who had a reminder when."""

from collections.abc import Collection
from datetime import date
from typing import Protocol

from bot.core.accounts.model import Learner
from bot.core.reviews.model import Card


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


class Reminders(Protocol):
    """The reminders of learners."""

    def wanted(self, platforms: Collection[str]) -> tuple[Learner, ...]:
        """Return the learners who want reminders and have an account on one of the platforms."""
        ...

    def latest(self, learner_id: int) -> date | None:
        """Return the local day for which it was last decided whether to remind the learner."""
        ...

    def note(self, learner_id: int, day: date) -> None:
        """Note the day, in place of any earlier one."""
        ...
