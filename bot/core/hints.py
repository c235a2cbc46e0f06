"""Which key points still deserve a hint. Pure."""

from bot.core.attempt import Attempt
from grading.grade import PointStatus
from knowledge.question import KeyPoint, Question


def missing_points(question: Question, last: Attempt | None) -> tuple[KeyPoint, ...]:
    """Return the points not yet covered by the last answer, the weightiest first.

    All of them before the first answer; ties keep the question's order, which is the order in
    which a good answer is told.
    """
    covered: set[str] = set()
    if last is not None and last.grade is not None:
        covered = {p.id for p in last.grade.points if p.status is PointStatus.COVERED}
    missing = [point for point in question.key_points if point.id not in covered]
    return tuple(sorted(missing, key=lambda point: -point.weight))
