"""What keeps a draft from being a question, in the words of somebody who writes one.

Faults are what the format refuses. Beside them stands what it lets pass and a good question has:
enough wordings for the grader to tell right from wrong, and a second source.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from pydantic import ValidationError

from knowledge.errors import Fault
from knowledge.question import PointRole, Question
from knowledge.remedies import SEE_THE_FORMAT, faults_of

WANTED: Final = {"paraphrases": 3, "plain": 2, "wrong": 3, "sources": 2}
"""So many a good question has; fewer are let pass in questions that were written before."""

LEAST_ESSENTIAL: Final = 3
MOST_ESSENTIAL: Final = 5
MOST_BONUS: Final = 2
"""Points that the prompt asks for, and points that are more than was asked."""

WHAT: Final = {
    "prompt": "the question as an interviewer asks it",
    "kind": "concept, comparison, design or behavioural",
    "difficulty": "1 for a first interview, up to 5 for a specialist's",
    "aliases": "names by which people look for it",
    "reference_answers": "a short and a full model answer",
    "short": "what to say in half a minute",
    "full": "what to say in two minutes",
    "key_points": "three to five things that a good answer says, and up to two more as a bonus",
    "id": "a short name in lower case with hyphens, such as early-proxy",
    "role": "essential if the prompt asks for it, bonus if it is more than was asked",
    "weight": "its share of the score, from 0.5 to 5",
    "statement": "one claim, in a whole sentence",
    "paraphrases": "the claim in other terms of the field",
    "plain": "the claim in everyday words",
    "wrong": "versions that are not true, as a convinced learner would say them",
    "hint": "a question that leads to the point without telling it",
    "follow_ups": "what an interviewer asks next",
    "sources": "where a reader can check it: kind, title, by, year",
    "author": "who wrote it",
}
"""What each field is for, as whoever fills it needs to know."""


def gaps_in(fields: Mapping[str, Any], question_id: str, explanation: str) -> tuple[Fault, ...]:
    """Return everything between these fields and a good question."""
    file = f"{question_id}.md"
    faults: list[Fault] = []
    try:
        Question.model_validate({**fields, "id": question_id, "explanation": explanation})
    except ValidationError as error:
        faults = [_told(fault) for fault in faults_of(error, file, Question)]
    known = {fault.field for fault in faults}
    return (*faults, *(gap for gap in _shortfalls(fields, file) if gap.field not in known))


def _told(fault: Fault) -> Fault:
    """Return the fault with what belongs there, where nothing is there."""
    name = re.sub(r"\[\d+\]$", "", fault.field).rpartition(".")[2]
    if name in WHAT and fault.remedy.startswith("Add the field"):
        return Fault(fault.file, fault.field, "it is missing", WHAT[name])
    if name in WHAT and fault.remedy == SEE_THE_FORMAT:
        return Fault(fault.file, fault.field, fault.problem, WHAT[name])
    return fault


def _shortfalls(fields: Mapping[str, Any], file: str) -> Iterator[Fault]:
    yield from _too_few(fields, "sources", "", file)
    points = _dicts(fields.get("key_points"))
    for place, point in enumerate(points, 1):
        for name in ("paraphrases", "plain", "wrong"):
            yield from _too_few(point, name, f"key_points[{place}].", file)
    bonus = sum(point.get("role") == PointRole.BONUS for point in points)
    essential = len(points) - bonus
    if points and not LEAST_ESSENTIAL <= essential <= MOST_ESSENTIAL:
        problem = f"{essential} points are essential"
        remedy = f"have {LEAST_ESSENTIAL} to {MOST_ESSENTIAL} that the prompt asks for"
        yield Fault(file, "key_points", problem, remedy)
    if bonus > MOST_BONUS:
        problem = f"{bonus} points are a bonus"
        yield Fault(file, "key_points", problem, f"have {MOST_BONUS} at most")


def _too_few(fields: Mapping[str, Any], name: str, path: str, file: str) -> Iterator[Fault]:
    found = fields.get(name)
    have = len(found) if isinstance(found, Sequence) and not isinstance(found, str) else 0
    if have < WANTED[name]:
        problem = f"it has {have} of {WANTED[name]}"
        yield Fault(file, f"{path}{name}", problem, f"{WANTED[name] - have} more: {WHAT[name]}")


def _dicts(found: Any) -> list[Mapping[str, Any]]:
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []
