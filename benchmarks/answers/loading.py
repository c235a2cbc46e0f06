"""The benchmark's files as values."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal, TypeVar

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from knowledge.question import QuestionId

FOLDER = Path(__file__).parent

LEARN = ("shy-junior", "terse-staff", "chat-typist", "career-changer", "colleague", "mentor")
"""Authors whose answers may teach and decide."""

TAUGHT = ("terse-staff", "shy-junior")
FITTED = ("chat-typist", "career-changer", "colleague")
"""Of those, whose answers teach the entailment network, and whose fit what rests on it: on what it
has seen, a network is surer than it will ever be of a stranger."""

END = ("second-language", "academic", "confident-talker", "practitioner")
"""Authors whose answers are looked at when everything is chosen, and then only counted."""

NEW = ("stranger",)
"""Whose answers are to 40 questions of the bank that no other answer here is about, for the end."""

LATER = ("logistics-engineer", "hospital-scientist")
"""Two more for the end: to 28 of the first 33 questions, and to 20 of the later ones."""

Mark = Literal["c", "p", "x", "-"]
"""What a reader says of a point: covered, partial, contradicted, absent."""

Share = Annotated[float, Field(ge=0, le=1)]
Entry = TypeVar("Entry", bound="_Entry")


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    author: str
    question: QuestionId
    kind: str


class Reading(BaseModel):
    """What one reader made of an answer: a score, and a mark for each key point by its id."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    score: Share
    points: dict[str, Mark]


class Answer(_Entry):
    """One author's answer, the author's own score of it, and what readers made of it."""

    answer: str
    intended: Share | None = None
    readers: Annotated[tuple[Reading, ...], Field(min_length=1)]

    @property
    def score(self) -> float:
        """Return the readers' mean score, in 0..1."""
        return float(np.mean([one.score for one in self.readers]))

    def share(self, point: str, worth: Callable[[Mark], float]) -> float | None:
        """Return the readers' mean worth of a point's mark; None where nobody marked it."""
        marks = [worth(one.points[point]) for one in self.readers if point in one.points]
        return float(np.mean(marks)) if marks else None


class Pair(_Entry):
    """Two answers that look alike, of which any expert would score one clearly higher."""

    better: str
    worse: str


def load_answers(authors: tuple[str, ...], folder: Path = FOLDER) -> list[Answer]:
    """Load the answers of these authors, in the order of the files.

    Raises:
        ValidationError: a line does not fit.
    """
    names = ("answers.jsonl", "new_questions.jsonl", "later.jsonl")
    return [one for name in names for one in _read(folder / name, Answer, authors)]


def load_pairs(authors: tuple[str, ...], folder: Path = FOLDER) -> list[Pair]:
    """Load the minimal pairs of these authors, in the order of the file.

    Raises:
        ValidationError: a line does not fit.
    """
    return _read(folder / "pairs.jsonl", Pair, authors)


def covered(mark: Mark) -> float:
    """Return how much of a point was said, in 0..1."""
    return {"c": 1.0, "p": 0.5}.get(mark, 0.0)


def opposed(mark: Mark) -> float:
    """Return 1 where the opposite of a point was said, else 0."""
    return float(mark == "x")


def _read(path: Path, entry: type[Entry], authors: tuple[str, ...]) -> list[Entry]:
    lines = path.read_text(encoding="utf-8").splitlines()
    found = [entry.model_validate_json(line) for line in lines]
    return [one for one in found if one.author in authors]
