"""CSV → the fields of questions, one question a row, as spreadsheets write it.

Columns are `prompt`, `topic`, `id`, `difficulty`, `kind`, `tags`, `aliases`, `phrasings`,
`reference_short`, `reference_full`, `explanation`, `author`, and for each key point `point_1` with,
where wanted, `point_1_role`, `point_1_weight`, `point_1_paraphrases`, `point_1_plain`,
`point_1_wrong` and `point_1_hint`. Several texts in one cell are separated by ` | `. The first line
tells what separates the cells.
"""

import csv
import io
import re
from typing import Any

from knowledge.errors import Fault, InvalidBank

_LISTS = frozenset({"tags", "aliases", "phrasings", "paraphrases", "plain", "wrong"})
FIELDS = {
    "prompt": "prompt",
    "topic": "topic",
    "id": "id",
    "difficulty": "difficulty",
    "kind": "kind",
    "tags": "tags",
    "aliases": "aliases",
    "phrasings": "phrasings",
    "reference_short": "reference_answers.short",
    "reference_full": "reference_answers.full",
    "explanation": "explanation",
    "author": "author",
}
POINT = re.compile(r"^point_([1-9])(?:_(role|weight|paraphrases|plain|wrong|hint))?$")

MOST_COLUMNS = 80
"""Seven points with all their columns and the rest are 60."""

Row = tuple[str, dict[str, Any], dict[str, str]]
"""How faults call the place, the fields, and the columns by the path of their field."""


def read_table(name: str, text: str) -> list[Row]:
    """Return the rows of a CSV text as fields; empty cells are absent, empty rows too.

    Raises:
        InvalidBank: it is no table, or its columns are not known; carries every fault.
    """
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        remedy = "Save it as CSV again; a quote inside a cell is written twice"
        raise InvalidBank((Fault(name, "", f"it is no CSV: {error}", remedy),)) from error
    if not rows:
        return []
    header = [cell.strip().casefold().replace(" ", "_") for cell in rows[0][1]]
    faults = _faults_of_header(name, header)
    for line, row in rows[1:]:
        if any(cell.strip() for cell in row[len(header) :]):
            problem = f"it has {len(row)} cells, and the first line {len(header)}"
            remedy = "Put a text that holds the separator between double quotes"
            faults.append(Fault(f"{name}, line {line}", "", problem, remedy))
    if faults:
        raise InvalidBank(tuple(faults))
    filled = ((line, row) for line, row in rows[1:] if any(cell.strip() for cell in row))
    return [_row(f"{name}, line {line}", header, row) for line, row in filled]


def _delimiter(text: str) -> str:
    """Return what separates the first line's cells; the names of columns hold neither."""
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def _faults_of_header(name: str, header: list[str]) -> list[Fault]:
    if len(header) > MOST_COLUMNS:
        return [Fault(name, "", f"it has {len(header)} columns", f"Use at most {MOST_COLUMNS}")]
    faults = [
        Fault(name, column[:60], "no such column", "See /questions template csv for the columns")
        for column in header
        if column and column not in FIELDS and not POINT.match(column)
    ]
    faults += [
        Fault(name, column[:60], "this column stands there twice", "Remove or rename one of them")
        for column in dict.fromkeys(header)
        if column and header.count(column) > 1
    ]
    if "prompt" not in header:
        faults.append(Fault(name, "prompt", "this column is missing", "Name the columns first"))
    return faults


def _row(place: str, header: list[str], row: list[str]) -> Row:
    fields: dict[str, Any] = {}
    answers: dict[str, str] = {}
    points: dict[int, dict[str, Any]] = {}
    columns: dict[str, str] = dict(zip(FIELDS.values(), FIELDS, strict=True))
    for column, raw in zip(header, row, strict=False):
        cell = raw.strip()
        if not column or not cell:
            continue
        found = POINT.match(column)
        if found:
            field = found[2] or "statement"
            points.setdefault(int(found[1]), {})[field] = _value(field, cell)
        elif column.startswith("reference_"):
            answers[column.removeprefix("reference_")] = cell
        else:
            fields[column] = _value(column, cell)
    for place_in_list, number in enumerate(sorted(points), 1):
        path = f"key_points[{place_in_list}]"
        columns |= {path: f"point_{number}", f"{path}.statement": f"point_{number}"}
        columns |= {f"{path}.{each}": f"point_{number}_{each}" for each in _POINT_FIELDS}
    written = [points[number] for number in sorted(points)]
    if written:
        fields["key_points"] = written
    if answers:
        fields["reference_answers"] = answers
    return place, fields, columns


def _value(field: str, cell: str) -> Any:
    """Return a cell as its field wants it; what is no number stays a text, to be told as such."""
    if field in _LISTS:
        return [part.strip() for part in cell.split("|") if part.strip()]
    if field == "weight":
        return cell.replace(",", ".")
    return cell


_POINT_FIELDS = ("role", "weight", "paraphrases", "plain", "wrong", "hint")
