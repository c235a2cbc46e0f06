"""What to ask next. Pure: the candidates and the learner's attempts go in, a question comes out.

Unseen questions come first, easier ones before harder ones; then the weakest of those answered,
the longest-ago first among equals. The question asked last is not repeated while there is another.
"""

from collections.abc import Iterable, Sequence

from bot.core.attempt import Attempt
from bot.core.progress import latest_grades
from knowledge.question import Question


def next_question(
    candidates: Sequence[Question], attempts: Iterable[Attempt], last_asked: str | None = None
) -> Question:
    """Return the candidate to ask next.

    Args:
        candidates: at least one question.
        attempts: the learner's attempts, the oldest first.
        last_asked: the id of the question that was asked last.
    """
    attempts = tuple(attempts)
    answered_at = {attempt.question_id: rank for rank, attempt in enumerate(attempts)}
    grades = latest_grades(attempts)

    def order(question: Question) -> tuple[bool, bool, float, int]:
        seen = question.id in answered_at
        score = grades[question.id].score if question.id in grades else 0.0
        rank = score if seen else float(question.difficulty)
        return (question.id == last_asked, seen, rank, answered_at.get(question.id, 0))

    return min(candidates, key=order)
