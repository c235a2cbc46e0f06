"""From decided appeals to marked answers, from which the grader learns; whose they are is lost.

A host's decision is about one point of an answer, so nothing is said of its other points.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final

from bot.core.appeals.model import Decided
from bot.core.privacy.masking import masked, mentions
from grading.grade import PointStatus
from knowledge.bank import QuestionBank
from knowledge.question import Question, fold

COVERED: Final = "c"

_UPHELD: Final = {
    PointStatus.CONTRADICTED: "x",
    PointStatus.PARTIAL: "p",
    PointStatus.MISSED: "-",
    None: "-",
}
"""What a point is marked as when the appeal was declined: as the grader had judged it. One that is
covered by now is left out, since the host spoke of another grade."""


@dataclass(frozen=True)
class MarkedAnswer:
    """An answer with the mark of each point that was decided: covered, partial, opposite, absent.

    Marks are `c`, `p`, `x` and `-`.
    """

    question: str
    answer: str
    marks: Mapping[str, str]


def marked_answers(decided: Iterable[Decided], bank: QuestionBank) -> tuple[MarkedAnswer, ...]:
    """Return the answers that were decided about, by question and text, each of them once.

    Left out is what the bank does not know, such as own questions of a community, and a point of
    which the same answer was judged in two ways.
    """
    texts: dict[tuple[str, str], str] = {}
    marks: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for one in decided:
        mark = COVERED if one.accepted else _UPHELD.get(one.status)
        if mark is None or not _knows(bank, one):
            continue
        text = masked(one.answer, _telling(one.names, bank.get(one.question_id)))
        key = one.question_id, fold(text)
        texts[key] = min(text, texts.get(key, text))
        marks[key][one.point_id].add(mark)
    agreed = {
        key: {point: min(found) for point, found in sorted(points.items()) if len(found) == 1}
        for key, points in marks.items()
    }
    return tuple(
        MarkedAnswer(question=key[0], answer=texts[key], marks=agreed[key])
        for key in sorted(agreed)
        if agreed[key]
    )


def _knows(bank: QuestionBank, one: Decided) -> bool:
    if one.question_id not in bank:
        return False
    return one.point_id in {point.id for point in bank.get(one.question_id).key_points}


def _telling(names: Iterable[str], question: Question) -> tuple[str, ...]:
    """Return the names that the question does not say itself: who is called Max has no pooling."""
    points = (point.right for point in question.key_points)
    said = " ".join((question.prompt, *question.reference_answers.texts, *chain(*points)))
    return tuple(name for name in names if not mentions(said, name))
