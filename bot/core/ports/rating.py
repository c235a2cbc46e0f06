"""Ports of ratings: how strong learners are in a topic, how hard questions are."""

from typing import Protocol

from bot.core.rating import Elo


class Elos(Protocol):
    """The ratings of learners by topic, and of questions."""

    def skills(self, learner_id: int) -> dict[str, Elo]:
        """Return the learner's ratings by topic; none for a topic not yet played."""
        ...

    def put_skill(self, learner_id: int, topic: str, elo: Elo) -> None:
        """Keep the learner's rating in a topic in place of an earlier one."""
        ...

    def difficulties(self) -> dict[str, Elo]:
        """Return the ratings of all questions that were played, by id."""
        ...

    def put_difficulty(self, question_id: str, elo: Elo) -> None:
        """Keep the question's rating in place of an earlier one."""
        ...
