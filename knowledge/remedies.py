"""Validation errors in the words of someone who writes questions."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ValidationError
from rapidfuzz import process

from knowledge.errors import Fault


def faults_of(error: ValidationError, file: str, model: type[BaseModel]) -> Iterator[Fault]:
    """Yield one fault for each of pydantic's errors, with the field's path and a remedy."""
    for detail in error.errors(include_url=False, include_input=False):
        path = _dotted(detail["loc"])
        context: dict[str, Any] = detail.get("ctx", {})
        problem = detail["msg"].removeprefix("Value error, ")
        yield Fault(file, path, problem, _remedy(detail["type"], path, context, model))


def _dotted(location: tuple[int | str, ...]) -> str:
    """Return `key_points[2].wrong` for ('key_points', 2, 'wrong'), counting from 1."""
    path = ""
    for step in location:
        path += f"[{step + 1}]" if isinstance(step, int) else f".{step}"
    return path.lstrip(".")


_REMEDIES = {
    "missing": "Add the field {name!r}",
    "too_short": "Give at least {min_length}",
    "string_too_short": "Give at least {min_length} characters",
    "too_long": "Give at most {max_length}",
    "string_too_long": "Give at most {max_length} characters",
    "string_pattern_mismatch": "Use lower-case letters, digits and single hyphens",
    "string_type": "Write a text; quote it if it contains ': ' or looks like a number",
    "tuple_type": "Write a list, one '- ' a line",
    "model_type": "Write a block of fields, as CONTRIBUTING.md shows",
    "enum": "Choose one of: {expected}",
}


def _remedy(kind: str, path: str, context: dict[str, Any], model: type[BaseModel]) -> str:
    name = path.rpartition(".")[2]
    if kind == "extra_forbidden":
        close = process.extractOne(name, list(model.model_fields), score_cutoff=70)
        return f"Did you mean {close[0]!r}?" if close else "Remove it"
    template = _REMEDIES.get(kind, "See the question format in CONTRIBUTING.md")
    return template.format(name=name, **context)
