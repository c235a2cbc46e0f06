"""Accepted sentences → question files, by an edit that leaves every other character as it is."""

import difflib
from collections.abc import Iterable
from typing import NamedTuple

import yaml

from knowledge.errors import Fault, InvalidBank
from knowledge.loader import parse_question
from knowledge.reading import composed

FENCE = "---"


class _Place(NamedTuple):
    """Where lines are to be inserted: before this line of the file, so many spaces in."""

    line: int
    indent: int
    begins: bool


def with_accepted(text: str, question_id: str, wordings: Iterable[tuple[str, str]]) -> str:
    """Return a question file's text with more accepted wordings, each a point's id and a sentence.

    Raises:
        InvalidBank: the file has faults, or has them with these wordings, or its key points are
            written in braces.
    """
    parse_question(text, question_id)
    for point_id, wording in wordings:
        text = _with_one(text, question_id, point_id, wording)
    parse_question(text, question_id)
    return text


def diff(file: str, before: str, after: str) -> str:
    """Return the change as a unified diff that `git apply` and `patch -p1` understand."""
    lines = difflib.unified_diff(
        before.splitlines(keepends=True),
        after.splitlines(keepends=True),
        fromfile=f"a/{file}",
        tofile=f"b/{file}",
    )
    return "".join(lines)


def _with_one(text: str, question_id: str, point_id: str, wording: str) -> str:
    lines = text.splitlines(keepends=True)
    place = _place(lines, question_id, point_id)
    new = [f"{' ' * (place.indent + 2)}- {_quoted(wording)}\n"]
    if place.begins:
        new.insert(0, f"{' ' * place.indent}accepted:\n")
    return "".join([*lines[: place.line], *new, *lines[place.line :]])


def _place(lines: list[str], question_id: str, point_id: str) -> _Place:
    """Find where the accepted wordings of a point end, or where they are to begin."""
    start = next(number for number, line in enumerate(lines) if line.strip() == FENCE) + 1
    length = next(n for n, line in enumerate(lines[start:]) if line.strip() == FENCE)
    root = composed("".join(lines[start : start + length]))
    point = _point(root, point_id)
    if point is None or point.flow_style:
        raise _unclear(question_id, f"the key point {point_id!r} is not there or in braces")
    keys = {key.value: (key, value) for key, value in point.value}
    indent = point.value[0][0].start_mark.column
    if "accepted" not in keys:
        # Before the second field, whatever it is: the first one shares its line with the dash.
        follower = keys["hint"][0] if point.value[0][0].value != "hint" else point.value[1][0]
        return _Place(start + follower.start_mark.line, indent, begins=True)
    _, listed = keys["accepted"]
    if listed.flow_style or not listed.value:
        raise _unclear(question_id, f"`accepted` of {point_id!r} is written in brackets")
    end = listed.value[-1].end_mark
    indent = listed.start_mark.column - 2
    return _Place(start + end.line + (end.column > 0), indent, begins=False)


def _point(root: yaml.Node | None, point_id: str) -> yaml.MappingNode | None:
    fields = root.value if isinstance(root, yaml.MappingNode) else []
    for key, value in fields:
        if key.value != "key_points":
            continue
        for point in value.value:
            if any(name.value == "id" and node.value == point_id for name, node in point.value):
                return point if isinstance(point, yaml.MappingNode) else None
    return None


def _quoted(wording: str) -> str:
    """Return the sentence as one YAML scalar on one line."""
    dumped: str = yaml.safe_dump(wording, default_style='"', allow_unicode=True, width=float("inf"))
    return dumped.strip()


def _unclear(question_id: str, problem: str) -> InvalidBank:
    remedy = "Write it as a list with one item a line"
    return InvalidBank((Fault(f"questions/{question_id}.md", "key_points", problem, remedy),))
