"""Minimal pairs: two answers to a question of which one is clearly better, one YAML file a topic.

Fair scores say how good an answer is; a pair says only which of two is better, about which people
hardly disagree. The two share subject and words, so that likeness to the reference cannot tell
them apart.
"""

from enum import StrEnum
from importlib.resources import files
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from knowledge.bank import QuestionBank
from knowledge.errors import Fault, InvalidBank
from knowledge.graded import AnswerText
from knowledge.question import QuestionId, fold
from knowledge.reading import read_folder


class PairKind(StrEnum):
    """What makes the worse answer worse.

    Its statements are negated; two things have changed places; half of the content is missing and
    filler stands for it; details are wrong; it sounds right but rests on a wrong idea; it lists
    terms where the better one explains in everyday words.
    """

    NEGATED = "negated"
    SWAPPED = "swapped"
    HALF_MISSING = "half_missing"
    WRONG_DETAIL = "wrong_detail"
    SUBTLY_WRONG = "subtly_wrong"
    PLAIN_AGAINST_KEYWORDS = "plain_against_keywords"


class MinimalPair(BaseModel):
    """Two answers to one question, the better and the worse."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: QuestionId
    kind: PairKind
    better: AnswerText
    worse: AnswerText


def load_minimal_pairs(
    bank: QuestionBank, directory: Path | None = None
) -> tuple[MinimalPair, ...]:
    """Load every minimal pair, checked against the bank's questions and each other.

    Args:
        bank: the questions that the pairs belong to.
        directory: a knowledge folder, with or without `minimal_pairs/`; the one shipped with the
            package by default.

    Raises:
        InvalidBank: at least one fault, in any file; carries all of them.
    """
    root = directory or Path(str(files("knowledge")))
    loaded, faults = read_folder(root, "minimal_pairs", MinimalPair)
    seen: set[str] = set()
    for file, pair in loaded:
        place = f"{pair.question} ({pair.kind})"
        if pair.question not in bank:
            faults.append(Fault(file, place, "no such question", "Correct the id"))
        for text in (pair.better, pair.worse):
            if fold(text) in seen:
                problem = f"this text stands here twice: {_start_of(text)!r}"
                faults.append(Fault(file, place, problem, "Write another one, or remove the pair"))
            seen.add(fold(text))
    if faults:
        raise InvalidBank(tuple(sorted(faults)))
    return tuple(pair for _, pair in loaded)


def _start_of(text: str) -> str:
    words = text.split()[:8]
    return " ".join(words) + " …"
