"""Statements of key points in other people's words, as values."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from knowledge.question import QuestionId

FOLDER = Path(__file__).parent
CORES = FOLDER / "cores"
"""One file an author, a key point a line."""

RIGHT = ("rebuilt", "mirrored", "casual", "sounds like denial")
WRONG = ("exchanged", "one change", "in other words")
BESIDE = "beside"
"""The kinds of sentences, in the order of a line."""


class Worded(BaseModel):
    """A key point in other words: right, turned round, and beside the point."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: QuestionId
    point: str
    right: Annotated[tuple[str, ...], Field(min_length=1)]
    wrong: Annotated[tuple[str, ...], Field(min_length=1)]
    beside: str


class Rewording(Worded):
    """All that a statement says, as one author words it."""

    right: Annotated[tuple[str, ...], Field(min_length=len(RIGHT), max_length=len(RIGHT))]
    wrong: Annotated[tuple[str, ...], Field(min_length=len(WRONG), max_length=len(WRONG))]


class Core(Worded):
    """What suffices to make a point, in few words: in the field's terms, plain, as in a chat."""

    right: Annotated[tuple[str, ...], Field(min_length=3, max_length=3)]
    wrong: Annotated[tuple[str, ...], Field(min_length=1, max_length=1)]


def load_rewordings(folder: Path = FOLDER) -> tuple[Rewording, ...]:
    """Load every rewording, by author and line.

    Raises:
        ValidationError: a line does not fit.
    """
    return tuple(map(Rewording.model_validate_json, _lines(folder)))


def load_cores(folder: Path = CORES) -> tuple[Core, ...]:
    """Load every core, by author and line.

    Raises:
        ValidationError: a line does not fit.
    """
    return tuple(map(Core.model_validate_json, _lines(folder)))


def _lines(folder: Path) -> Iterator[str]:
    for path in sorted(folder.glob("*.jsonl")):
        yield from path.read_text(encoding="utf-8").splitlines()
