"""Whether a question that somebody brings along is there already, by name or by meaning."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from bot.core.own_questions.model import Contribution
from bot.core.ports import QuestionFinder
from bot.core.questions.search import found_by
from knowledge.bank import QuestionBank
from knowledge.errors import Fault
from knowledge.own import OwnQuestion, QuestionDraft
from knowledge.question import Question, fold

ALIKE_FROM = 0.8
"""From this similarity on, two questions are taken for the same. No two shipped questions reach it
(the nearest pairs, such as concept drift and data drift against concept drift, have 0.80 at most,
0.797 to be exact), and of 40 other wordings of shipped questions 28 do."""

LOOKED_AT = 3
"""Neighbours looked at, of which one may be the question itself."""


class Alike(NamedTuple):
    """What somebody brings along, and the question that it resembles with the similarity."""

    question: OwnQuestion
    other: Question
    score: float


def alike(
    questions: Sequence[OwnQuestion],
    bank: QuestionBank,
    present: Sequence[OwnQuestion],
    finder_among: Callable[[Sequence[Question]], QuestionFinder],
) -> tuple[Alike, ...]:
    """Return each question that resembles one which is there or comes along, with the nearest.

    Its own earlier version does not count.

    Raises:
        GradingUnavailable: the model is needed, and it cannot be loaded or is busy.
    """
    own = {each.id: each for each in (*present, *questions)}
    finder = finder_among(tuple(own.values()))
    found: list[Alike] = []
    for question in questions:
        hits = [
            hit
            for hit in found_by(finder, question.prompt, LOOKED_AT)
            if hit.score >= ALIKE_FROM and hit.question_id != question.id
        ]
        if hits:
            nearest = hits[0].question_id
            other = own[nearest] if nearest in own else bank.get(nearest)
            found.append(Alike(question, other, hits[0].score))
    return tuple(found)


def clashes(
    filename: str,
    drafts: Sequence[QuestionDraft],
    bank: QuestionBank,
    present: Sequence[Contribution],
) -> list[Fault]:
    """Return a fault for each name of a draft that leads to another question already.

    The question itself may stand there already: that is told by `alike`.
    """
    faults: list[Fault] = []
    owners: dict[str, str] = {}
    renewed = {draft.slug for draft in drafts}
    for each in present:
        if each.slug not in renewed:
            owners |= dict.fromkeys(_names(each.draft), each.slug)
    for draft in drafts:
        for name in _names(draft):
            shipped = bank.named(name)
            owner = shipped.id if shipped else owners.setdefault(name, draft.slug)
            if owner != draft.slug:
                place = "id" if name in {draft.slug, draft.slug.replace("-", " ")} else "aliases"
                problem, remedy = f"{name!r} already names {owner}", "Choose another name"
                faults.append(Fault(filename, f"{draft.slug}: {place}", problem, remedy))
    return faults


def _names(draft: QuestionDraft) -> list[str]:
    names = (draft.slug, draft.slug.replace("-", " "), *draft.aliases)
    return list(dict.fromkeys(map(fold, names)))
