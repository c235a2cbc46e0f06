"""What of the feedback fits a phone: mistakes in few words, and a line for each point made."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from bot.core.practice.point_names import beginning, short_name
from bot.core.reply import Block, Contrast, Credit, Paragraph
from bot.core.safe_text import one_line
from bot.core.words.phrases import counted, listed
from grading.grade import PointResult, PointStatus
from grading.text import content_stems
from knowledge.question import Question

LINE = 52
"""Characters of a name and what is quoted beside it: a line of a phone, or two at most."""

FEWEST = 24
"""Characters that are quoted at least, even beside the longest name."""

SENTENCE = 80
"""Characters that are quoted of a wrong sentence."""

MOST_WRONG = 2
"""Wrong sentences that a screen has room for; the others are counted."""

SAME_WORDS = "(same words)"


def mistakes(contrasts: Sequence[Contrast]) -> list[Block]:
    """Return each wrong sentence with the first of what is true instead."""
    shown: list[Block] = [_mistake(contrast) for contrast in contrasts[:MOST_WRONG]]
    more = len(contrasts) - MOST_WRONG
    if more > 0:
        shown.append(Paragraph(f"{counted(more, 'more mistake')} under Details.", quiet=True))
    return shown


def made(question: Question, results: Iterable[PointResult]) -> list[Block]:
    """Return a line for each point: its name, and the learner's words that matter for it.

    A sentence that serves several points, one after another, is quoted once. Doubts are told below
    the lines.
    """
    shown: list[Block] = []
    doubtful: list[str] = []
    before = None
    for result in results:
        texts = _texts(question, result)
        name = short_name(result.id, texts)
        if result.evidence and result.evidence == before:
            shown.append(Credit(result.status, name, remark=SAME_WORDS))
        else:
            sought = _stems(texts) - _stems([question.prompt])
            words = excerpt(result.evidence or "", sought, max(FEWEST, LINE - len(name)))
            shown.append(Credit(result.status, name, words))
        before = result.evidence
        if result.unsure and result.status is not PointStatus.COVERED:
            doubtful.append(f"“{name}”")
    return [*shown, *_doubts(doubtful)]


def excerpt(said: str, sought: AbstractSet[str], most: int) -> str:
    """Return at most so many characters of a sentence: those with most of the sought stems.

    What is left out before and after leaves "…". Where nothing tells, it is the beginning.
    """
    said = one_line(said)
    if len(said) <= most:
        return said
    starts = [0, *(place + 1 for place, char in enumerate(said) if char == " ")]
    found = [_from(said, start, most) for start in starts]
    return max(found, key=lambda part: len(sought & set(content_stems(part))))


def _from(said: str, start: int, most: int) -> str:
    lead = "…" if start else ""
    return lead + beginning(said[start:], most - len(lead))


def _doubts(names: Sequence[str]) -> list[Block]:
    if not names:
        return []
    this = "this" if len(names) == 1 else "these"
    told = f"{listed(tuple(names))}: do you mean {this}, or the opposite?"
    return [Paragraph(told, quiet=True)]


def _mistake(contrast: Contrast) -> Contrast:
    truths = contrast.truths[:1]
    wrote = contrast.wrote and excerpt(contrast.wrote, _stems(contrast.truths), SENTENCE)
    return Contrast(wrote, truths, () if truths else contrast.reasons[:1])


def _texts(question: Question, result: PointResult) -> tuple[str, ...]:
    """Return what a graded point says, as it was graded first."""
    known = {point.id: point.right for point in question.key_points}
    return result.text, *known.get(result.id, ())


def _stems(texts: Iterable[str]) -> set[str]:
    return {stem for text in texts for stem in content_stems(text)}
