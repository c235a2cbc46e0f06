"""Which hint comes next. Pure.

Hints go through the key points by weight. What was hinted stays hinted, and a point that the
learner has covered since needs no hint any more.
"""

from dataclasses import dataclass

from bot.core.attempt import Attempt
from grading.grade import PointStatus
from knowledge.question import KeyPoint, Question


@dataclass(frozen=True)
class Hints:
    """What is left to say: the next point, how far down the order it is, and all that are missing.

    `next` is None when every missing point has been hinted at.
    """

    next: KeyPoint | None
    position: int
    missing: tuple[KeyPoint, ...]


def hints_for(question: Question, last: Attempt | None, given: int) -> Hints:
    """Return what to hint after the first `given` points of the order were gone through.

    Ties in weight keep the question's order, which is the order in which a good answer is told.
    """
    covered: set[str] = set()
    if last is not None and last.grade is not None:
        covered = {p.id for p in last.grade.points if p.status is PointStatus.COVERED}
    order = sorted(question.key_points, key=lambda point: -point.weight)
    missing = tuple(point for point in order if point.id not in covered)
    for position, point in enumerate(order[given:], start=given + 1):
        if point.id not in covered:
            return Hints(point, position, missing)
    return Hints(None, len(order), missing)
