"""Ports of flags: what learners say about questions."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from bot.core.flags.model import FlagKind, QuestionFlag


class Flags(Protocol):
    """The flags on questions."""

    def put(
        self,
        learner_id: int,
        question_id: str,
        kind: FlagKind,
        words: str,
        at: datetime,
        community_id: int | None = None,
    ) -> QuestionFlag:
        """Keep a flag; an open one of this learner on this question is changed instead."""
        ...

    def get(self, flag_id: int) -> QuestionFlag | None:
        """Return the flag, or None when it is gone."""
        ...

    def open_one(self, learner_id: int, question_id: str) -> QuestionFlag | None:
        """Return the learner's open flag on a question, or None."""
        ...

    def count(self, learner_id: int, since: datetime) -> int:
        """Return how many flags of the learner were made after a moment."""
        ...

    def open_in(
        self, community_id: int | None, most: int, after_id: int = 0
    ) -> tuple[QuestionFlag, ...]:
        """Return the open flags of a community, or of private practice, the oldest first.

        Those with a number greater than `after_id`.
        """
        ...

    def by_question(self) -> Mapping[str, int]:
        """Return how many flags are open on each question that has any."""
        ...

    def handle(self, flag_id: int, by_learner_id: int | None, at: datetime) -> None:
        """Close a flag; None is whoever runs the coach."""
        ...
