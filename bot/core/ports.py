"""What the core needs from outside, as protocols: storage, time, grading and search.

A unit of work is one short transaction: enter it, use its repositories, call `commit()`.
Leaving it without a commit rolls back. Repositories return frozen values, never rows.
"""

from datetime import datetime
from types import TracebackType
from typing import Protocol, Self

from bot.core.attempt import Ask, AskState, Attempt
from bot.core.learner import Learner, PlatformUser
from grading.grade import Grade
from grading.search import Found
from knowledge.question import Question


class Clock(Protocol):
    """The time, so that tests can choose it."""

    def now(self) -> datetime:
        """Return the current time, aware, in UTC."""
        ...


class Learners(Protocol):
    """The people and the accounts that lead to them."""

    def find(self, user: PlatformUser) -> Learner | None:
        """Return the learner behind this account, or None."""
        ...

    def register(self, user: PlatformUser, at: datetime) -> Learner:
        """Return the learner behind this account, created on the first call."""
        ...


class Asks(Protocol):
    """The questions that were put to learners."""

    def add(self, learner_id: int, question_id: str, at: datetime) -> Ask:
        """Record that a question was asked; its state is open."""
        ...

    def latest(self, learner_id: int) -> Ask | None:
        """Return the learner's most recent question, whatever its state."""
        ...

    def asked(self, learner_id: int) -> tuple[str, ...]:
        """Return the ids of all questions the learner was asked, the oldest first."""
        ...

    def update(self, ask_id: int, state: AskState, hints: int) -> None:
        """Set the state and the number of hints given."""
        ...


class Attempts(Protocol):
    """The answers and their grades."""

    def add(self, ask: Ask, answer: str, at: datetime) -> Attempt:
        """Store an answer whose grade is pending, with the hints and the reveal of its ask."""
        ...

    def get(self, attempt_id: int) -> Attempt | None:
        """Return the attempt, or None when it is gone."""
        ...

    def record_grade(self, attempt_id: int, grade: Grade, at: datetime) -> bool:
        """Store the grade unless one is there already; return whether it was stored."""
        ...

    def pending(self) -> tuple[Attempt, ...]:
        """Return every attempt that still waits for its grade, the oldest first."""
        ...

    def of_learner(self, learner_id: int) -> tuple[Attempt, ...]:
        """Return the learner's attempts, the oldest first."""
        ...


class UnitOfWork(Protocol):
    """One transaction over all repositories."""

    learners: Learners
    asks: Asks
    attempts: Attempts

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def commit(self) -> None:
        """Make everything since entering durable."""
        ...


class Grader(Protocol):
    """Whatever turns an answer into a grade."""

    def grade(self, question: Question, answer: str) -> Grade:
        """Return the grade; the same answer always gets the same one."""
        ...


class QuestionFinder(Protocol):
    """Whatever finds questions from a learner's own words."""

    def find(self, words: str, top_k: int = 5) -> tuple[Found, ...]:
        """Return the questions nearest to the words, the best first."""
        ...
