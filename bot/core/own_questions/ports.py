"""Ports of a community's own questions."""

from datetime import datetime
from typing import Protocol

from bot.core.own_questions.model import Contribution, OwnState
from knowledge.own import QuestionDraft


class Contributions(Protocol):
    """The questions that communities brought along."""

    def get(self, community_id: int, slug: str) -> Contribution | None:
        """Return the community's question of this name, whatever its state, or None."""
        ...

    def numbered(self, community_id: int, number: int) -> Contribution | None:
        """Return the community's question with this number, or None."""
        ...

    def of_community(self, community_id: int, *states: OwnState) -> tuple[Contribution, ...]:
        """Return the community's questions in these states, the oldest first."""
        ...

    def put(
        self,
        community_id: int,
        draft: QuestionDraft,
        state: OwnState,
        author_id: int | None,
        at: datetime,
    ) -> Contribution:
        """Keep a question, in place of the community's earlier one of the same name.

        What is replaced keeps its number, its author and when it was created.
        """
        ...

    def decide(self, number: int, state: OwnState, at: datetime) -> None:
        """Note what a host decided about a question."""
        ...


class OwnQuestionSource(Protocol):
    """Own questions, read beside any transaction that is under way; for banks."""

    def community_id(self, platform: str, external_id: str) -> int | None:
        """Return the id of the community that a platform names so, or None."""
        ...

    def revision(self, community_id: int) -> int:
        """Return a number that grows with every change of the community's questions."""
        ...

    def questions(self, community_id: int) -> tuple[Contribution, ...]:
        """Return the community's questions that are asked or were, the oldest first."""
        ...
