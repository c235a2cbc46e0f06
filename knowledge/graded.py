"""Sample answers with fair grades: the in-domain benchmark, one YAML file a topic.

The questions are split into two halves: the grader is calibrated on `fit` and measured on
`held-out`, so that its published figures come from questions it has not seen.
"""

from enum import StrEnum
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from knowledge.bank import QuestionBank
from knowledge.errors import Fault, InvalidBank
from knowledge.question import QuestionId, fold
from knowledge.remedies import faults_of


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
    answer: Annotated[str, StringConstraints(min_length=1, max_length=4000)]
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


def load_graded_answers(bank: QuestionBank) -> tuple[GradedQuestion, ...]:
    """Load every sample answer, checked against the bank's questions and key points.

    Raises:
        InvalidBank: at least one fault, in any file; carries all of them.
    """
    loaded: list[GradedQuestion] = []
    faults: list[Fault] = []
    for path in sorted((Path(str(files("knowledge"))) / "graded_answers").glob("*.yaml")):
        file = f"graded_answers/{path.name}"
        try:
            entries = yaml.safe_load(path.read_text(encoding="utf-8"))
            questions = TypeAdapter(tuple[GradedQuestion, ...]).validate_python(entries)
        except yaml.YAMLError as error:
            faults.append(Fault(file, "", str(error).splitlines()[0], "Correct the YAML"))
        except ValidationError as error:
            faults.extend(faults_of(error, file, GradedQuestion))
        else:
            loaded += questions
            faults += [fault for entry in questions for fault in _mismatches(entry, file, bank)]
    if faults:
        raise InvalidBank(tuple(sorted(faults)))
    return tuple(loaded)


def _mismatches(entry: GradedQuestion, file: str, bank: QuestionBank) -> list[Fault]:
    """Report points that the question has not and wrong sentences that the answer has not."""
    if entry.question not in bank:
        return [Fault(file, entry.question, "no such question", "Correct the id")]
    known = {point.id for point in bank.get(entry.question).key_points}
    faults = []
    for answer in entry.answers:
        place = f"{entry.question} ({answer.kind})"
        faults += [
            Fault(file, place, f"no key point {point!r}", "Correct the id")
            for point in {*answer.covers, *answer.partly, *answer.contradicts} - known
        ]
        faults += [
            Fault(file, place, f"not in the answer: {wrong!r}", "Copy the sentence from it")
            for wrong in answer.wrong
            if fold(wrong) not in fold(answer.answer)
        ]
    return faults
