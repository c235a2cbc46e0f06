"""What to ask next. Pure: the candidates and the learner's attempts go in, a question comes out.

Unanswered questions come first: those never asked, easier ones before harder ones, then those that
were skipped, the longest ago first. Then come the answered ones, the weakest first, the longest ago
among equals. The question asked last is not repeated while there is another.
"""

from collections.abc import Iterable, Sequence

from bot.core.attempt import Attempt
from bot.core.progress import latest_grades
from knowledge.question import Question


def next_question(
    candidates: Sequence[Question], attempts: Iterable[Attempt], asked: Sequence[str] = ()
) -> Question:
    """Return the candidate to ask next.

    Args:
        candidates: at least one question.
        attempts: the learner's attempts, the oldest first.
        asked: the ids of all questions the learner was asked, the oldest first.
    """
    attempts = tuple(attempts)
    answered_at = {attempt.question_id: rank for rank, attempt in enumerate(attempts)}
    asked_at = {question_id: rank for rank, question_id in enumerate(asked)}
    grades = latest_grades(attempts)
    last = asked[-1] if asked else None

    def order(question: Question) -> tuple[bool, bool, float, float]:
        if question.id in answered_at:
            score = grades[question.id].score if question.id in grades else 0.0
            return (question.id == last, True, score, answered_at[question.id])
        since = asked_at.get(question.id, -1)
        return (question.id == last, False, since, question.difficulty)

    return min(candidates, key=order)
