"""The rungs of the hint ladder, and its end."""

from bot.core.command_refs import ref
from bot.core.practice.hints import Hints, Rung, Step, cloze
from bot.core.reply import Action, Block, Heading, Items, Paragraph, Reply
from grading.text import content_stems
from knowledge.question import KeyPoint, Question


def hint(question: Question, hints: Hints) -> Reply:
    """Give the next hint, or say that there are no more."""
    if not hints.missing:
        return Reply(
            (Paragraph(f"You have made every point. {ref('reveal')} shows the reference answer."),),
            (Action.REVEAL, Action.ASK),
            question.id,
        )
    if hints.next is None:
        return Reply(
            (
                Paragraph("Those were all the hints. Still missing:"),
                Items(tuple(point.hint for point in hints.missing)),
                Paragraph(
                    f"Answer again in full, or {ref('reveal')} shows the reference.", quiet=True
                ),
            ),
            (Action.ANSWER, Action.REVEAL),
            question.id,
        )
    return Reply(
        _blocks(question, hints.next, hints.missing),
        (Action.ANSWER, Action.HINT, Action.REVEAL),
        question.id,
    )


def _blocks(question: Question, step: Step, missing: tuple[KeyPoint, ...]) -> tuple[Block, ...]:
    point = step.point
    place = f"Missing point {missing.index(point) + 1} of {len(missing)}"
    match step.rung:
        case Rung.PUMP:
            return (
                Heading("Say more"),
                Paragraph(_invitation(question, missing)),
                _aside(
                    f"Answer in full, or {ref('hint')} again for a hint on the weightiest point."
                ),
            )
        case Rung.HINT:
            return (
                Heading(f"{place}: a hint"),
                Paragraph(point.hint),
                _aside(f"Answer in full, or {ref('hint')} again for the point with gaps."),
            )
        case Rung.PROMPT:
            return (
                Heading(f"{place}: fill the gaps"),
                Paragraph(cloze(question, point)),
                _aside(f"Answer in full, or {ref('hint')} again for the whole sentence."),
            )
        case Rung.REVEAL:
            return (
                Heading(f"{place}: what to say"),
                Paragraph(point.statement),
                _aside(f"Answer in full and in your own words, or {ref('hint')} again to go on."),
            )


def _aside(text: str) -> Paragraph:
    return Paragraph(text, quiet=True)


def _invitation(question: Question, missing: tuple[KeyPoint, ...]) -> str:
    """Return the pump: how much is missing, and an area to think of where a hint names one."""
    every = len(question.key_points)
    if len(missing) == every:
        opening = f"What do you know about this? All {every} points are still missing."
    else:
        verb = "is" if len(missing) == 1 else "are"
        opening = f"What else belongs here? {len(missing)} of {every} points {verb} still missing."
    area = _area(question, missing)
    return f"{opening} One area to think of: {area}." if area else opening


def _area(question: Question, missing: tuple[KeyPoint, ...]) -> str | None:
    """Return a tag that a missing point's hint names, so that it tells no more than the hint.

    Tags that the question itself names lead nowhere.
    """
    asked = set(content_stems(question.prompt))
    for point in missing:
        hinted = set(content_stems(point.hint))
        for tag in question.tags:
            stems = set(content_stems(tag))
            if stems and stems <= hinted and not stems <= asked:
                return tag
    return None
