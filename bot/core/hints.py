"""The hint ladder: which help comes next. Pure.

The first hint is a pump: an invitation to say more. Then come the key points by weight, each in
three rungs: its hint, its statement with gaps, its statement (the order of AutoTutor; Graesser et
al. 2005). What was gone through stays so, and a point that the learner has covered since is
passed over.

The number of steps gone down, `Ask.hints`, is all that is remembered. Any number from 0 is a
valid place: a larger one than the ladder has steps is its end.
"""

from dataclasses import dataclass
from enum import StrEnum

from bot.core.attempt import Attempt
from grading.grade import PointStatus
from knowledge.question import KeyPoint, Question


class Rung(StrEnum):
    """How much a hint tells, from an invitation to the point's own statement."""

    PUMP = "pump"
    HINT = "hint"
    PROMPT = "prompt"
    REVEAL = "reveal"


RUNGS_OF_A_POINT = (Rung.HINT, Rung.PROMPT, Rung.REVEAL)


@dataclass(frozen=True)
class Step:
    """One hint: how much it tells, and about which point; a pump leads to the point named."""

    rung: Rung
    point: KeyPoint


@dataclass(frozen=True)
class Hints:
    """The next step, how many steps of the ladder are gone with it, and all missing points.

    `next` is None at the end of the ladder, or when no point is missing.
    """

    next: Step | None
    position: int
    missing: tuple[KeyPoint, ...]


def hints_for(question: Question, last: Attempt | None, given: int) -> Hints:
    """Return the step that comes after the first `given` steps of the ladder.

    Ties in weight keep the question's order, which is the order in which a good answer is told.
    """
    covered: set[str] = set()
    if last is not None and last.grade is not None:
        covered = {p.id for p in last.grade.points if p.status is PointStatus.COVERED}
    order = sorted(question.key_points, key=lambda point: -point.weight)
    missing = tuple(point for point in order if point.id not in covered)
    if not missing:
        return Hints(None, given, missing)
    ladder = [Step(Rung.PUMP, missing[0])]
    ladder += [Step(rung, point) for point in order for rung in RUNGS_OF_A_POINT]
    for position, step in enumerate(ladder[given:], start=given + 1):
        if step.point.id not in covered:
            return Hints(step, position, missing)
    return Hints(None, max(given, len(ladder)), missing)
