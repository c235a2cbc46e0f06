"""Ports of appeals: claims, accepted wordings, what is graded again, what sounds wrong."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.core.appeals.model import AcceptedWording, Appeal, AppealState, Decided
from knowledge.question import Question


class Appeals(Protocol):
    """The appeals of learners."""

    def add(
        self,
        learner_id: int,
        attempt_id: int,
        community_id: int,
        question_id: str,
        point_id: str,
        sentence: str,
        at: datetime,
    ) -> Appeal:
        """Keep a new appeal; its state is open."""
        ...

    def get(self, appeal_id: int) -> Appeal | None:
        """Return the appeal, or None when it is gone."""
        ...

    def standing(self, attempt_id: int, point_id: str) -> Appeal | None:
        """Return the appeal about a point of an attempt that was not withdrawn, or None."""
        ...

    def open_of(self, learner_id: int) -> tuple[Appeal, ...]:
        """Return the learner's open appeals, the oldest first."""
        ...

    def open_in(self, community_id: int, most: int, after_id: int = 0) -> tuple[Appeal, ...]:
        """Return the open appeals of a community with a greater number, the oldest first."""
        ...

    def decide(
        self,
        appeal_id: int,
        state: AppealState,
        at: datetime,
        by_learner_id: int | None = None,
        reason: str = "",
    ) -> bool:
        """End an open appeal; return False when it was not open."""
        ...

    def has_other_staff(self, community_id: int, learner_id: int) -> bool:
        """Whether somebody else is known to belong to the community's staff."""
        ...


class DecidedAppeals(Protocol):
    """What hosts decided about answers of everybody, read beside any transaction."""

    def since(self, moment: datetime | None = None) -> tuple[Decided, ...]:
        """Return what was decided from this moment on, or ever, the oldest appeal first.

        Only of present members who are not hidden in their community, while the coach is there and
        the answer's text is kept.
        """
        ...


class AcceptedWordings(Protocol):
    """What communities accept as wordings of key points."""

    def add(
        self,
        community_id: int,
        question_id: str,
        point_id: str,
        text: str,
        at: datetime,
        appeal_id: int | None = None,
    ) -> AcceptedWording:
        """Keep a wording; the same one of the same point is kept once."""
        ...

    def of_question(self, community_id: int, question_id: str) -> tuple[AcceptedWording, ...]:
        """Return what a community accepts for a question, the oldest first."""
        ...

    def every(self, community_id: int | None = None) -> tuple[AcceptedWording, ...]:
        """Return what communities accept, or one of them, by question and age."""
        ...

    def community_names(self) -> Mapping[int, str]:
        """Return the names of the communities that accept anything, by id."""
        ...


@dataclass(frozen=True)
class Regrade:
    """Answers in a community to a question that are to be graded again.

    Those up to `last_attempt_id` are done.
    """

    id: int
    community_id: int
    question_id: str
    last_attempt_id: int = 0


class Regrades(Protocol):
    """What is still to be graded again."""

    def add(self, community_id: int, question_id: str, at: datetime) -> Regrade:
        """Order that all answers in a community to a question are graded again."""
        ...

    def get(self, regrade_id: int) -> Regrade | None:
        """Return the order as it stands, or None when it is done or its community has gone."""
        ...

    def pending(self) -> tuple[Regrade, ...]:
        """Return all orders, the oldest first."""
        ...

    def advance(self, regrade: Regrade, attempt_id: int) -> bool:
        """Note that an attempt is done; return False when the order no longer stands as given."""
        ...

    def finish(self, regrade: Regrade) -> None:
        """Remove an order, unless it no longer stands as given."""
        ...


Resembled = Callable[[Question, str, str], str | None]
"""Returns the wrong statement that a sentence is nearer to than to a point of a question, or None.

Called with the question, the point's id and the sentence. Raises ModelUnavailable where the model
cannot be loaded, GraderBusy where too many others are being graded.
"""
