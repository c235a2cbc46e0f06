"""Ports of practice: what people were asked, what they answered and how it was graded."""

from datetime import datetime
from typing import Protocol

from bot.core.attempt import Ask, AskedAt, AskState, Attempt, Purpose
from grading.grade import Grade


class Asks(Protocol):
    """The questions that were put to learners."""

    def add(  # noqa: PLR0913 an argument for each column, all but three by name
        self,
        learner_id: int,
        question_id: str,
        at: datetime,
        *,
        purpose: Purpose = Purpose.PRACTICE,
        community_id: int | None = None,
        channel_id: int | None = None,
        interview_id: int | None = None,
        post_id: int | None = None,
    ) -> Ask:
        """Record that a question was asked; its state is open."""
        ...

    def get(self, ask_id: int) -> Ask | None:
        """Return the ask, or None when it is gone."""
        ...

    def latest(self, learner_id: int) -> Ask | None:
        """Return the learner's most recent question, whatever its state."""
        ...

    def asked(self, learner_id: int) -> tuple[AskedAt, ...]:
        """Return all that the learner was asked, in short, the oldest first."""
        ...

    def of_interview(self, interview_id: int) -> tuple[Ask, ...]:
        """Return the questions of a mock interview that were asked, the oldest first."""
        ...

    def of_post(self, post_id: int, learner_id: int) -> Ask | None:
        """Return the learner's latest ask of a daily question, or None."""
        ...

    def looked_up(self, attempt: Attempt, since: datetime) -> bool:
        """Return whether the learner, asked the same at another time since then, was shown all.

        Only what they were asked before the answer counts.
        """
        ...

    def update(self, ask_id: int, state: AskState, hints: int) -> None:
        """Set the state and the number of hints given."""
        ...


class Attempts(Protocol):
    """The answers and their grades."""

    def add(self, ask: Ask, answer: str, at: datetime) -> Attempt:
        """Store an answer whose grade is pending, with the hints, reveal and place of its ask.

        It is the `first` when it is not assisted and the learner never answered this question.
        """
        ...

    def get(self, attempt_id: int) -> Attempt | None:
        """Return the attempt, or None when it is gone."""
        ...

    def record_grade(self, attempt_id: int, grade: Grade, at: datetime) -> Attempt | None:
        """Store the grade and return the attempt; None when it had a grade already or is gone."""
        ...

    def replace_grade(self, attempt_id: int, grade: Grade, at: datetime) -> Attempt | None:
        """Store a grade in place of the one there is, and return the attempt; None without one."""
        ...

    def graded_at_question(
        self, community_id: int, question_id: str, after_id: int, most: int
    ) -> tuple[Attempt, ...]:
        """Return the next graded answers in a community to a question, as far as they have text."""
        ...

    def pending(self) -> tuple[Attempt, ...]:
        """Return every attempt that still waits for its grade, the oldest first."""
        ...

    def graded(self, ask_id: int) -> int:
        """Return how many unassisted answers to the ask have a grade."""
        ...

    def of_ask(self, ask_id: int) -> tuple[Attempt, ...]:
        """Return the answers to an ask, the oldest first."""
        ...

    def of_post(self, post_id: int, learner_id: int | None = None) -> tuple[Attempt, ...]:
        """Return the answers to a daily question, of one learner or of all, the oldest first."""
        ...

    def of_learner(self, learner_id: int) -> tuple[Attempt, ...]:
        """Return the learner's attempts, the oldest first."""
        ...
