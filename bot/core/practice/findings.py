"""What a grade found in an answer: wrong, credited, missing, and what cost most. Pure."""

from bot.core.reply import Contrast
from grading.grade import Grade, PointResult, PointStatus
from knowledge.question import PointRole, Question, fold


def claimable(grade: Grade) -> tuple[PointResult, ...]:
    """Return the points of which the author of an answer may say that they made them."""
    short = {PointStatus.MISSED, PointStatus.PARTIAL}
    return tuple(result for result in grade.points if result.status in short)


def hint_of(question: Question, result: PointResult) -> str:
    """Return the hint for a graded point; its text where the question no longer has the point."""
    known = {point.id: point.hint for point in question.key_points}
    return known.get(result.id, result.text)


def wrong_in(grade: Grade) -> list[Contrast]:
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


def is_empty(grade: Grade) -> bool:
    """Whether an answer earned nothing and says nothing wrong."""
    return not grade.score and not wrong_in(grade)


def credited_in(grade: Grade) -> list[PointResult]:
    """Return the points that earned credit, those by the same words together, whole ones first."""
    if is_empty(grade):
        return []
    some = {PointStatus.COVERED, PointStatus.PARTIAL}
    credited = [result for result in grade.points if result.status in some]
    evidence = [result.evidence for result in credited]
    return sorted(
        credited,
        key=lambda each: (evidence.index(each.evidence), each.status is PointStatus.PARTIAL),
    )


def missed_in(question: Question, grade: Grade) -> list[PointResult]:
    """Return the points that were asked for and not made; none once enough of them were."""
    asked = [result for result in grade.points if result.id not in bonus_of(question)]
    made = sum(result.status is PointStatus.COVERED for result in asked)
    if question.enough is not None and made >= question.enough:
        return []
    return [result for result in asked if result.status is PointStatus.MISSED]


def lost_in(question: Question, grade: Grade) -> list[PointResult]:
    """Return what cost something: the weightiest points first, half-made ones last."""
    missed = missed_in(question, grade)
    spoken_of = {PointStatus.CONTRADICTED, PointStatus.PARTIAL}
    lost = [r for r in grade.points if r.status in spoken_of or r in missed]
    return sorted(lost, key=lambda result: (result.status is PointStatus.PARTIAL, -result.weight))


def bonus_of(question: Question) -> set[str]:
    """Return the ids of the points that are more than was asked."""
    return {point.id for point in question.key_points if point.role is PointRole.BONUS}
