"""What an answer did with the key points: what earned credit, what is missing, what is wrong."""

from bot.core.reply import Block, Contrast, Heading, Point
from grading.grade import Grade, PointResult, PointStatus
from knowledge.question import Question, fold


def points(question: Question, grade: Grade) -> list[Block]:
    """Show every point once; what is missing, as hints only.

    Nothing is listed for an answer that earned nothing and says nothing wrong: every point would
    be missing.
    """
    wrong = _wrong(grade)
    if not grade.score and not wrong:
        return []
    earned = [
        _earned(question, result)
        for result in grade.points
        if result.status in {PointStatus.COVERED, PointStatus.PARTIAL}
    ]
    missing = [
        Point(result.status, hint_of(question, result))
        for result in grade.points
        if result.status is PointStatus.MISSED
    ]
    return [
        *_under("What earned credit", earned),
        *_under("What is missing", missing),
        *_under("What is wrong", wrong),
    ]


def hint_of(question: Question, result: PointResult) -> str:
    """Return the hint for a graded point; its text where the question no longer has the point."""
    known = {point.id: point.hint for point in question.key_points}
    return known.get(result.id, result.text)


def _under(heading: str, blocks: list[Point] | list[Contrast]) -> list[Block]:
    return [Heading(heading), *blocks] if blocks else []


def _earned(question: Question, result: PointResult) -> Point:
    note = None
    if result.status is PointStatus.PARTIAL:
        note = f"Be more precise. {hint_of(question, result)}"
    return Point(result.status, result.text, result.evidence, note)


def _wrong(grade: Grade) -> list[Contrast]:
    """Lay each wrong sentence beside the points that it contradicts and what explains the mistake.

    A misconception joins the points that its sentence contradicts; one that contradicts no point
    stands alone, with its correction for the truth.
    """
    contrasts: list[Contrast] = []
    for result in grade.points:
        if result.status is PointStatus.CONTRADICTED:
            _lay(contrasts, Contrast(result.evidence, (result.text,)))
    for hit in grade.misconceptions:
        joined = any(_same(hit.evidence, contrast.wrote) for contrast in contrasts)
        truths, reasons = ((), (hit.correction,)) if joined else ((hit.correction,), ())
        _lay(contrasts, Contrast(hit.evidence, truths, reasons))
    return contrasts


def _lay(contrasts: list[Contrast], new: Contrast) -> None:
    """Add a contrast, to the one about the same sentence if there is one; say nothing twice."""
    for place, old in enumerate(contrasts):
        if _same(old.wrote, new.wrote):
            wrote = max(old.wrote or "", new.wrote or "", key=len)
            said = {fold(text) for text in (*old.truths, *old.reasons)}
            truths = tuple(text for text in new.truths if fold(text) not in said)
            reasons = tuple(text for text in new.reasons if fold(text) not in said)
            contrasts[place] = Contrast(wrote, old.truths + truths, old.reasons + reasons)
            return
    contrasts.append(new)


def _same(one: str | None, other: str | None) -> bool:
    """Whether two pieces of evidence are one sentence, or one is a clause of the other."""
    if not one or not other:
        return False
    return one in other or other in one
