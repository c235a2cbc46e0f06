"""Human-graded answers as files hold them: one JSON object a line, gzip-compressed or not."""

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import (
    AliasChoices,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from grading.errors import InvalidRow

Text = Annotated[str, StringConstraints(max_length=20_000)]


class RowPoint(BaseModel):
    """A row's key point: a plain text, or an object with `statement` (or `text`) and `weight`."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    statement: Annotated[Text, Field(validation_alias=AliasChoices("statement", "text"))] = ""
    weight: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 1.0

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: object) -> object:
        return {"statement": value} if isinstance(value, str) else value


class Row(BaseModel):
    """One human-graded answer; fields beside these are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    question_id: str
    question: Annotated[Text, Field(min_length=1)]
    reference_answers: tuple[Text, ...] = ()
    key_points: tuple[RowPoint, ...] = ()
    student_answer: Text
    score: Annotated[float, Field(ge=0, le=1)]
    split: str = ""
    label: str = ""
    kind: str = ""


def read_rows(path: Path) -> Iterator[Row]:
    """Yield the rows of a JSON-lines file, gzip-compressed if it ends in .gz.

    Raises:
        InvalidRow: a line is no JSON or lacks a field; names the line.
        OSError: the file cannot be read.
    """
    read = gzip.open if path.suffix == ".gz" else open
    line = 0
    try:
        with read(path, "rt", encoding="utf-8") as file:
            for line, text in enumerate(file, start=1):
                if text.strip():
                    yield _row(text, line)
    except (UnicodeDecodeError, EOFError, zlib.error) as error:
        raise InvalidRow(line + 1, f"the file is damaged or not UTF-8 text: {error}") from error


def _row(text: str, line: int) -> Row:
    try:
        return Row.model_validate(json.loads(text))
    except json.JSONDecodeError as error:
        raise InvalidRow(line, f"not JSON: {error.msg}") from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(str(step) for step in first["loc"])
        raise InvalidRow(line, f"field {field!r}: {first['msg']}") from error
