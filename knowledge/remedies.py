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


def _remedy(kind: str, path: str, context: dict[str, Any], model: type[BaseModel]) -> str:
    name = path.rpartition(".")[2]
    match kind:
        case "missing":
            return f"Add the field {name!r}"
        case "extra_forbidden":
            close = process.extractOne(name, list(model.model_fields), score_cutoff=70)
            return f"Did you mean {close[0]!r}?" if close else "Remove it"
        case "too_short" | "string_too_short":
            return f"Give at least {context.get('min_length')}"
        case "too_long" | "string_too_long":
            return f"Give at most {context.get('max_length')}"
        case "string_pattern_mismatch":
            return "Use lower-case letters, digits and single hyphens"
        case "string_type":
            return "Write a text; quote it if it contains ': ' or looks like a number"
        case "tuple_type" | "model_type" | "model_attributes_type":
            return "Write a list, one '- ' a line, or a block of fields, as CONTRIBUTING.md shows"
        case _:
            return "See the question format in CONTRIBUTING.md"
