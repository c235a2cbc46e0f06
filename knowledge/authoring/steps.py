"""The steps through a draft: what to write next, checked as it is typed. Pure.

A step is one value: a field, or one more item of a list. Which steps are open follows from a draft
alone, so that whoever stops goes on where they were, and so does who imported it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from knowledge.authoring import checks
from knowledge.authoring.draft import Draft
from knowledge.authoring.gaps import LEAST_ESSENTIAL, MOST_BONUS, MOST_ESSENTIAL, WANTED, WHAT
from knowledge.authoring.guesses import free, slug_for
from knowledge.bank import QuestionBank
from knowledge.question import PointRole, QuestionKind, fold

MOST_POINTS: Final = MOST_ESSENTIAL + MOST_BONUS
NAMES: Final = {
    "paraphrases": "in other words",
    "plain": "in plain words",
    "wrong": "wrong version",
}
WANTED_HERE: Final = {**WANTED, "aliases": 2, "follow_ups": 2}
"""How many items of a list are asked for before the next step."""


@dataclass(frozen=True)
class Step:
    """One value to be written.

    Attributes:
        key: its place in the draft, the same for all items of a list.
        label: what it is, with how many there are to be.
        help: what belongs there.
        check: returns what is wrong with a text, empty for nothing.
        put: returns the draft with a text that was checked.
    """

    key: str
    label: str
    help: str
    check: Callable[[str], str]
    put: Callable[[Draft, str], Draft]


def open_steps(draft: Draft, bank: QuestionBank) -> Iterator[Step]:
    """Yield what is still to be written, in the order in which it is easiest to write."""
    yield from _head(draft, bank)
    points = _points(draft)
    for place, point in enumerate(points):
        yield from _of_point(draft, place, point)
    if len(points) < MOST_POINTS:
        yield _one_more_point(draft, len(points))
    yield from _items(draft, "follow_ups", "Follow-up", _text("statement"), lambda t: {"ask": t})
    yield from _items(draft, "sources", "Source", checks.source, checks.source_of)
    if not draft.fields.get("author"):
        yield _field("author", "Author", _text("term"), str.strip)


def _head(draft: Draft, bank: QuestionBank) -> Iterator[Step]:
    fields = draft.fields
    if not fields.get("prompt"):
        yield _field("prompt", "Question", lambda t: checks.prompt(t, bank), str.strip)
    if "kind" not in fields:
        kinds = tuple(each.value for each in QuestionKind)
        yield _field("kind", "Kind", checks.kind, lambda t: checks.one_of(t, *kinds))
    if "difficulty" not in fields:
        yield _field("difficulty", "Difficulty", checks.difficulty, int)
    yield from _items(
        draft, "aliases", "Name people look for", lambda t: checks.alias(t, bank), str.strip
    )
    answers = fields.get("reference_answers") or {}
    for name, label in (("short", "Short answer"), ("full", "Full answer")):
        if not answers.get(name):
            yield _answer(name, label)


def _field(name: str, label: str, check: Callable[[str], str], read: Callable[[str], Any]) -> Step:
    return Step(name, label, WHAT[name], check, lambda draft, t: draft.having(**{name: read(t)}))


def _text(kind: str) -> Callable[[str], str]:
    return lambda text: checks.length_of(kind, text)


def _answer(name: str, label: str) -> Step:
    def put(draft: Draft, text: str) -> Draft:
        answers = draft.fields.get("reference_answers") or {}
        return draft.having(reference_answers={**answers, name: text.strip()})

    return Step(f"reference_answers.{name}", label, WHAT[name], _text("passage"), put)


def _items(
    draft: Draft,
    name: str,
    label: str,
    check: Callable[[str], str],
    read: Callable[[str], Any],
) -> Iterator[Step]:
    """Yield a step for one more item of a list, while there are fewer than wanted."""
    have, want = len(draft.fields.get(name) or ()), WANTED_HERE[name]

    def put(draft: Draft, text: str) -> Draft:
        return draft.having(**{name: [*(draft.fields.get(name) or ()), read(text)]})

    if have < want:
        yield Step(name, f"{label} {have + 1} of {want}", WHAT[name], check, put)


def _points(draft: Draft) -> list[dict[str, Any]]:
    return [each for each in draft.fields.get("key_points") or () if isinstance(each, dict)]


def _of_point(draft: Draft, place: int, point: dict[str, Any]) -> Iterator[Step]:
    """Yield what a key point still needs."""
    roles = tuple(each.value for each in PointRole)

    def step(name: str, label: str, check: Callable[[str], str], put: Callable[[str], Any]) -> Step:
        def changed(draft: Draft, text: str) -> Draft:
            points = _points(draft)
            points[place] = {**points[place], name: put(text)}
            return draft.having(key_points=points)

        told = f"Point {place + 1} · {label}"
        return Step(f"key_points[{place + 1}].{name}", told, WHAT[name], check, changed)

    if "role" not in point:
        named = f"{' or '.join(roles)}"
        yield step(
            "role",
            "role",
            lambda t: "" if checks.one_of(t, *roles) else named,
            lambda t: checks.one_of(t, *roles),
        )
    for name, label in NAMES.items():
        have = list(point.get(name) or ())
        if len(have) < WANTED_HERE[name]:
            yield step(
                name,
                f"{label} {len(have) + 1} of {WANTED_HERE[name]}",
                lambda t: checks.sentence(t, _sentences(draft)),
                lambda t, have=have: [*have, t.strip()],  # type: ignore[misc]
            )
    if not point.get("hint"):
        yield step("hint", "hint", _text("statement"), str.strip)
    if "weight" not in point:
        yield step("weight", "weight", checks.weight, checks.number)


def _one_more_point(draft: Draft, have: int) -> Step:
    def put(draft: Draft, text: str) -> Draft:
        points = _points(draft)
        name = free(slug_for(text), {str(point.get("id")) for point in points})
        return draft.having(key_points=[*points, {"id": name, "statement": text.strip()}])

    label = f"Key point {have + 1}" + ("" if have < LEAST_ESSENTIAL else ", if there is one more")
    key = f"key_points[{have + 1}]"
    return Step(key, label, WHAT["statement"], lambda t: checks.sentence(t, _sentences(draft)), put)


def _sentences(draft: Draft) -> dict[str, str]:
    """Return every sentence of the key points, folded, with where it stands."""
    found: dict[str, str] = {}
    for place, point in enumerate(_points(draft), 1):
        found[fold(str(point.get("statement", "")))] = f"as the statement of point {place}"
        for name, label in NAMES.items():
            found |= {fold(str(t)): f"{label} of point {place}" for t in point.get(name) or ()}
    return found
