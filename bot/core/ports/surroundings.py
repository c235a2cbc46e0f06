"""Ports that are not storage: time, grading and search."""

from datetime import datetime
from typing import Protocol

from grading.grade import Grade
from grading.search import Found
from knowledge.question import Question


class Clock(Protocol):
    """The time, so that tests can choose it."""

    def now(self) -> datetime:
        """Return the current time, aware, in UTC."""
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
