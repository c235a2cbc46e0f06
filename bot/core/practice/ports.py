"""Ports of practice: asks and answers, and how strong learners and questions are."""

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from bot.core.practice.model import Ask, AskedAt, AskState, Attempt, HeldText, Purpose
from bot.core.practice.ratings import Elo
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

    def waiting(self, learner_id: int) -> int:
        """Return how many answers of the learner still wait for their grade."""
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

    def newest_graded(self, learner_id: int) -> Iterator[Attempt]:
        """Yield the learner's graded answers, the newest first; read as far as they are looked at.

        Look at them within the transaction. Those of an interview under way are left out.
        """
        ...

    def last_graded(
        self, learner_id: int, question_id: str, before_id: int | None = None
    ) -> Attempt | None:
        """Return the latest graded answer to a question, before another one if named, or None.

        Those of an interview under way are left out.
        """
        ...

    def owing(self, learner_id: int) -> frozenset[str]:
        """Return the questions to which the learner gave an answer that waits for its grade."""
        ...

    def answered(self, learner_id: int) -> frozenset[str]:
        """Return the questions to which the learner ever gave an answer."""
        ...


class OwnViewsKept(Protocol):
    """The points that learners say they made, beside what the grade says."""

    def turn(self, attempt: Attempt, point_id: str, at: datetime) -> bool:
        """Keep that the learner made a point, or forget that; return whether it is kept now."""
        ...


class HeldTexts(Protocol):
    """What may be an answer, until its author has said so."""

    def add(self, ask: Ask, text: str, at: datetime) -> HeldText:
        """Hold a text; what has been held for more than a day goes."""
        ...

    def take(self, held_id: int, learner_id: int) -> HeldText | None:
        """Return a text of the learner's and hold it no longer; None where it is not held."""
        ...


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
