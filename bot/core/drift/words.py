"""Messages about drift; none is about anybody in particular."""

from bot.core.drift.model import (
    LEAST_ANSWERS,
    LEAST_PEOPLE,
    DriftReport,
    Side,
    alarming,
)
from bot.core.reply import Heading, Items, Paragraph, Reply
from grading.drift import Shift, Verdict

SIZES = {
    Verdict.STEADY: "no change that chance wouldn't explain",
    Verdict.SLIGHT: "a change, but a small one",
    Verdict.MODERATE: "a clear change",
    Verdict.LARGE: "a large change",
}

SHOWN = 0.001
"""A p-value below it is not written out."""

LOOK = (
    "Worth a look: new people, other questions or another way of asking can all be behind it. This "
    "says that something moved, not why."
)


def changes(report: DriftReport) -> Reply:
    """Show what came of a comparison."""
    told = Items(lines(report)), Paragraph(aside(report), quiet=True)
    return Reply((Heading("Have answers changed?"), *told))


def lines(report: DriftReport) -> tuple[str, ...]:
    """Return what came of a comparison, a line a thing."""
    sides = f"{_told(report.now)} beside {_told(report.before)}"
    if not report.enough:
        return (sides, "Too few to say anything: " + _needed())
    answers = "How answers are put: not compared, too few of their texts are still kept"
    if report.answers is not None:
        answers = f"How answers are put: {_moved(report.answers)}"
    scores = report.scores
    told = (sides, f"Scores: {_moved(scores)}" if scores else "", answers)
    return tuple(filter(None, told))


def aside(report: DriftReport) -> str:
    """Return how that is to be read."""
    if not report.enough:
        return "Everybody's first answers count, and at most ten of one person."
    told = [
        f"{len(report.shifts)} tests, adjusted together by Holm's method, at a level of 5 %.",
    ]
    if not report.same_grader:
        told.append("The grader has changed in between, so scores may differ for that alone.")
    if any(map(alarming, report.shifts)):
        told.append(LOOK)
    return " ".join(told)


def _needed() -> str:
    return f"it takes {LEAST_ANSWERS} answers by {LEAST_PEOPLE} people on each side"


def _told(side: Side) -> str:
    when = str(side.first) if side.first == side.last else f"{side.first} to {side.last}"
    if side.people < LEAST_PEOPLE:
        return f"{when} (fewer than {LEAST_PEOPLE} people)"
    return f"{when} ({side.answers} answers by {side.people} people)"


def _moved(shift: Shift) -> str:
    chance = f"p {shift.adjusted:.3f}" if shift.adjusted >= SHOWN else f"p below {SHOWN}"
    return f"{SIZES[shift.verdict]} (PSI {shift.psi:.2f}, KS {shift.ks:.2f}, {chance})"
