"""What can go wrong with questions, answers, grades and reviews."""

from bot.core.errors.base import AnswerRejected, CoachError


class NoOpenQuestion(CoachError):
    """There is no question to answer, to hint at, to reveal or to skip."""


class EmptyAnswer(AnswerRejected):
    """Nothing readable is in the answer."""


class AnswerTooLong(AnswerRejected):
    """The answer has more characters than are graded."""
