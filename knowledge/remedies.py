"""Validation errors in the words of someone who writes questions."""

from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from rapidfuzz import process

from knowledge.errors import Fault


def faults_of(error: ValidationError, file: str, model: type[BaseModel]) -> Iterator[Fault]:
    """Yield one fault for each of pydantic's errors, with the field's path and a remedy.

    A list that is too short only because some of its entries have faults is not a fault itself.
    """
    details = error.errors(include_url=False, include_input=False)
    places = [detail["loc"] for detail in details]
    for detail in details:
        place = detail["loc"]
        inside = [other for other in places if other != place and other[: len(place)] == place]
        if detail["type"] == "too_short" and inside:
            continue
        own = detail["msg"].removeprefix("Value error, ")
        problem = _PROBLEMS.get(detail["type"], own)
        remedy = _remedy(detail["type"], place, detail.get("ctx", {}), model)
        yield Fault(file, _dotted(place), problem, remedy)


def _dotted(location: tuple[int | str, ...]) -> str:
    """Return `key_points[2].wrong` for ('key_points', 2, 'wrong'), counting from 1."""
    path = ""
    for step in location:
        path += f"[{step + 1}]" if isinstance(step, int) else f".{step}"
    return path.lstrip(".")


_PROBLEMS = {
    "missing": "it is missing",
    "too_short": "there are too few",
    "string_too_short": "it is too short",
    "too_long": "there are too many",
    "string_too_long": "it is too long",
    "string_pattern_mismatch": "it has characters that do not fit there",
    "string_type": "it is no text",
    "tuple_type": "it is no list",
    "model_type": "it is no block of fields",
    "enum": "it is none of the choices",
    "extra_forbidden": "there is no such field",
}
"""What is wrong, where pydantic says it for programmers."""

_REMEDIES = {
    "missing": "Add the field {name!r}",
    "too_short": "Give at least {min_length}",
    "string_too_short": "Give at least {min_length} characters",
    "too_long": "Give at most {max_length}",
    "string_too_long": "Give at most {max_length} characters",
    "string_pattern_mismatch": "Use lower-case letters, digits and single hyphens",
    "string_type": "Write a text; quote it if it contains ': ' or looks like a number",
    "tuple_type": "Write a list, one '- ' a line",
    "model_type": "Write a block of fields, as docs/authoring.md shows",
    "enum": "Choose one of: {expected}",
}


SEE_THE_FORMAT = "See the question format in docs/authoring.md"


def _remedy(
    kind: str, place: tuple[int | str, ...], context: dict[str, Any], model: type[BaseModel]
) -> str:
    name = str(place[-1]) if place else ""
    if kind == "extra_forbidden":
        fields = list(_model_at(place[:-1], model).model_fields)
        close = process.extractOne(name, fields, score_cutoff=70)
        return f"Did you mean {close[0]!r}?" if close else "Remove it"
    template = _REMEDIES.get(kind, SEE_THE_FORMAT)
    return template.format(name=name, **context)


def _model_at(place: tuple[int | str, ...], model: type[BaseModel]) -> type[BaseModel]:
    """Return the model that stands at this place within another one."""
    for step in place:
        if isinstance(step, str) and step in model.model_fields:
            model = _model_in(model.model_fields[step].annotation) or model
    return model


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """Return the model that an annotation such as tuple[KeyPoint, ...] speaks of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for arg in get_args(annotation) if (found := _model_in(arg))), None)
