"""Sample answers with fair grades: the in-domain benchmark, one YAML file a topic.

The questions are split into two halves: the grader is calibrated on `fit` and measured on
`held-out`, so that its published figures come from questions it has not seen.
"""

from collections import Counter
from enum import StrEnum
from importlib.resources import files
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from knowledge.bank import QuestionBank
from knowledge.errors import Fault, InvalidBank
from knowledge.question import QuestionId, fold
from knowledge.reading import read_folder

AnswerText = Annotated[str, StringConstraints(min_length=1, max_length=4000)]


class Half(StrEnum):
    """Which half of the benchmark a question belongs to."""

    FIT = "fit"
    HELD_OUT = "held-out"


class AnswerKind(StrEnum):
    """What sort of answer it is, from excellent to malicious."""

    STRONG = "strong"
    STRONG_CHAT = "strong_chat"
    STRONG_PLAIN = "strong_plain"
    GOOD = "good"
    PARTIAL = "partial"
    WEAK = "weak"
    CONFIDENTLY_WRONG = "confidently_wrong"
    NEGATED = "negated"
    KEYWORD_LIST = "keyword_list"
    ECHO = "echo"
    OFF_TOPIC = "off_topic"
    DONT_KNOW = "dont_know"
    INJECTION = "injection"
    OTHER_LANGUAGE = "other_language"


class GradedAnswer(BaseModel):
    """An answer with a fair score, the points it makes and the sentences that are wrong."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: AnswerKind
    answer: AnswerText
    score: Annotated[float, Field(ge=0, le=1)]
    covers: tuple[str, ...]
    partly: tuple[str, ...]
    contradicts: tuple[str, ...]
    wrong: tuple[str, ...]


class GradedQuestion(BaseModel):
    """One question's sample answers."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: QuestionId
    half: Half
    answers: Annotated[tuple[GradedAnswer, ...], Field(min_length=8)]


def load_graded_answers(
    bank: QuestionBank, directory: Path | None = None
) -> tuple[GradedQuestion, ...]:
    """Load every sample answer, checked against the bank's questions and key points.

    Args:
        bank: the questions that the answers belong to.
        directory: a knowledge folder, with or without `graded_answers/`; the one shipped with the
            package by default.

    Raises:
        InvalidBank: at least one fault, in any file; carries all of them.
    """
    root = directory or Path(str(files("knowledge")))
    loaded, faults = read_folder(root, "graded_answers", GradedQuestion)
    seen: set[str] = set()
    for file, entry in loaded:
        faults += _mismatches(entry, file, bank)
        if entry.question in seen:
            faults.append(Fault(file, entry.question, "it stands here twice", "Join the entries"))
        seen.add(entry.question)
    if faults:
        raise InvalidBank(tuple(sorted(faults)))
    return tuple(entry for _, entry in loaded)


def _mismatches(entry: GradedQuestion, file: str, bank: QuestionBank) -> list[Fault]:
    """Report points that the question has not and wrong sentences that the answer has not."""
    if entry.question not in bank:
        return [Fault(file, entry.question, "no such question", "Correct the id")]
    known = {point.id for point in bank.get(entry.question).key_points}
    faults = []
    for answer in entry.answers:
        place = f"{entry.question} ({answer.kind})"
        labelled = Counter((*answer.covers, *answer.partly, *answer.contradicts))
        faults += [
            Fault(file, place, f"no key point {point!r}", "Correct the id")
            for point in labelled.keys() - known
        ]
        faults += [
            Fault(file, place, f"{point!r} is listed twice", "Choose one of the lists")
            for point, times in labelled.items()
            if times > 1
        ]
        faults += [
            Fault(file, place, f"not in the answer: {wrong!r}", "Copy the sentence from it")
            for wrong in answer.wrong
            if fold(wrong) not in fold(answer.answer)
        ]
    return faults
