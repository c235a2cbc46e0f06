"""A file of somebody's → drafts: every question in it, with what is missing marked.

The ending of the file's name tells its form. A Markdown file with front matter is one question in
the format of this repository; any other Markdown is notes. What a file has that a question has not
is named in the remarks, and nothing of it is lost without a word.
"""

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any, Final

from knowledge.authoring.anki import MAX_PACKAGE_BYTES, Note, read_package
from knowledge.authoring.draft import UNSORTED, Draft
from knowledge.authoring.guesses import free, kind_of, point_of, slug_for, slug_like
from knowledge.authoring.notes import Asked, plain, questions_in
from knowledge.errors import Fault, InvalidBank
from knowledge.own import LEAST_POINTS, MOST_POINTS, sentences
from knowledge.question import Question, QuestionKind, Topic, fold
from knowledge.table import FIELDS, POINT
from knowledge.uploads import entries_of, text_of_upload

PACKAGES: Final = frozenset({".apkg", ".colpkg"})
NOTES: Final = frozenset({".md", ".markdown", ".txt"})
TABLES: Final = frozenset({".csv", ".yaml", ".yml"})

SAYS_THE_SAME: Final[Mapping[str, str]] = {
    "question": "prompt",
    "front": "prompt",
    "answer": "reference_full",
    "back": "reference_full",
    "category": "topic",
    "area": "topic",
    "section": "topic",
    "level": "difficulty",
    "deck": "topic",
    "type": "kind",
    "notes": "explanation",
}
"""What others call a column or a field."""

DIFFICULTIES: Final[Mapping[str, int]] = {
    **dict.fromkeys(("beginner", "basic"), 1),
    **dict.fromkeys(("easy", "junior"), 2),
    **dict.fromkeys(("medium", "intermediate"), 3),
    **dict.fromkeys(("hard", "advanced", "senior"), 4),
    "expert": 5,
}
"""What others say for a difficulty."""

SHORTEST_REFERENCE: Final = 40
"""A shorter answer is kept as a note: it is none that could be graded against."""

TopicOf = Callable[[str], str | None]
"""Guesses the id of the topic that a text belongs to, None where it cannot."""

PROBLEM: Final = "How would you solve this: "
"""Before an exercise, which asks nothing by itself."""

_FIELDS = frozenset(Question.model_fields) - {"id", "explanation"}
_KNOWN = _FIELDS | {"id", "topic", "explanation"}


@dataclass(frozen=True)
class Imported:
    """What a file gave: drafts in its order, and remarks on what was left out or changed."""

    drafts: tuple[Draft, ...]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Found:
    """A question in a file, with the words that may name its topic, the nearest first."""

    fields: dict[str, Any]
    labels: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    explanation: str = ""
    slug: str = ""


def read_questions(
    path: Path, topics: Sequence[Topic], topic_of: TopicOf, topic: str = ""
) -> Imported:
    """Return a draft for each question in a file.

    Args:
        path: the file.
        topics: those that a question may have.
        topic_of: guesses a topic by meaning, where no name of one is at hand.
        topic: the topic of all, if it is known.

    Raises:
        InvalidBank: the file cannot be read, or no question is in it.
    """
    read, remarks = _found_in(path)
    found = [each for each in read if str(each.fields.get("prompt") or "").strip()]
    if len(found) < len(read):
        remarks.append(f"Left out, because they ask nothing: {len(read) - len(found)}")
    if not found:
        remedy = "A question is a line of a list, or a heading, that ends in '?'"
        raise InvalidBank((Fault(path.name, "", "no question is in it", remedy),))
    names = {fold(name): t.id for t in topics for name in (t.id, t.title, *t.aliases)}
    drafts, prompts, slugs = [], set[str](), set[str]()
    for each in found:
        prompt = fold(str(each.fields.get("prompt", "")))
        if prompt in prompts:
            remarks.append(f"It asks twice: {each.fields['prompt']}")
            continue
        prompts.add(prompt)
        place = topic or _named(each.labels, names) or topic_of(_about(each)) or UNSORTED
        slug = free(each.slug or slug_for(str(each.fields.get("prompt", ""))), slugs)
        notes = (f"imported from {path.name}", *each.notes)
        if place == UNSORTED:
            notes = (*notes, "no topic was found: move the file into the folder of one")
        drafts.append(Draft(place, slug, each.fields, each.explanation, notes))
    return Imported(tuple(drafts), tuple(dict.fromkeys(remarks)))


def _about(found: _Found) -> str:
    return str(found.fields.get("prompt", ""))


def _named(labels: Iterable[str], names: Mapping[str, str]) -> str | None:
    return next((names[fold(label)] for label in labels if fold(label) in names), None)


def _found_in(path: Path) -> tuple[list[_Found], list[str]]:
    """Return the questions of a file and the remarks on it, by what its name ends in."""
    ending = path.suffix.lower()
    if ending not in {*PACKAGES, *NOTES, *TABLES}:
        remedy = "Bring one that ends in .md, .txt, .csv, .yaml, .apkg or .colpkg"
        raise InvalidBank((Fault(path.name, "", "its name tells no format", remedy),))
    data = _bytes(path, MAX_PACKAGE_BYTES)
    if ending in PACKAGES:
        return [_of_card(note) for note in read_package(path.name, data) if note.front], []
    text = text_of_upload(path.name, data)
    if ending in NOTES and not text.startswith("---\n"):
        return [_of_notes(asked) for asked in questions_in(text)], []
    remarks: list[str] = []
    if ending == ".csv":
        text = _renamed(text, remarks)
    entries = entries_of(path.name, text)
    return [_of_fields(each.fields, each.place, remarks) for each in entries], remarks


def _bytes(path: Path, most: int) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except OSError as error:
        remedy = "Check that the file is there and may be read"
        problem = error.strerror or "it cannot be read"
        raise InvalidBank((Fault(path.name, "", problem, remedy),)) from error


def _of_notes(asked: Asked) -> _Found:
    prompt = f"{PROBLEM}{asked.prompt}" if asked.problem else asked.prompt
    fields: dict[str, Any] = {"prompt": prompt, "kind": kind_of(prompt).value}
    if asked.problem:
        fields["kind"] = QuestionKind.DESIGN.value
    context = tuple(f"above it: {line}" for line in asked.section.lines)
    more, notes = _answered("\n".join(asked.answer))
    slug = slug_for(asked.prompt)
    labels = tuple(reversed(asked.section.headings))
    return _Found(fields | more, labels, (*notes, *context), slug=slug)


def _of_card(note: Note) -> _Found:
    prompt = f"Complete this: {note.front}" if note.gaps else note.front
    prompt = " ".join(prompt.split())
    more, notes = _answered(note.back)
    fields = {"prompt": prompt, "kind": kind_of(prompt).value}
    return _Found(fields | more, note.labels, notes, slug=slug_for(note.front))


def _answered(answer: str) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return the fields that an answer fills, and notes with an answer too short for any."""
    text = " ".join(filter(None, map(plain, answer.splitlines())))
    if not text:
        return {}, ()
    if len(text) < SHORTEST_REFERENCE:
        return {}, (f"answer: {text}",)
    fields: dict[str, Any] = {"reference_answers": {"full": text}}
    lines = sentences(answer)
    if LEAST_POINTS <= len(lines) <= MOST_POINTS:
        fields["key_points"] = _with_ids([point_of(plain(line)) for line in lines])
    return fields, ()


def _of_fields(written: Any, place: str, remarks: list[str]) -> _Found:
    """Return a question in a table or a YAML file; what is no field is named and left out."""
    if isinstance(written, str):
        written = {"prompt": written}
    if not isinstance(written, dict):
        remedy = "Write a block of fields: prompt, topic, key_points"
        raise InvalidBank((Fault(place, "", "it is no block of fields", remedy),))
    written = _called_as_here(written)
    unknown = [name for name in written if name not in _KNOWN]
    remarks += [f"Left out, because no question has a field of this name: {n}" for n in unknown]
    fields = {name: value for name, value in written.items() if name in _FIELDS}
    points = fields.get("key_points")
    if isinstance(points, list):
        fields["key_points"] = _with_ids([_point(each) for each in points])
    answers = fields.get("reference_answers")
    if isinstance(answers, str):
        fields["reference_answers"] = {"full": answers}
    elif isinstance(answers, dict) and not points:
        more, _ = _answered(str(answers.get("full") or answers.get("short") or ""))
        fields |= {name: value for name, value in more.items() if name == "key_points"}
    if "kind" not in fields:
        fields["kind"] = kind_of(str(fields.get("prompt", ""))).value
    name = PurePath(str(written.get("id") or "")).name
    return _Found(
        {**fields, **_number(fields)},
        (str(written.get("topic") or ""),),
        explanation=str(written.get("explanation") or "").strip(),
        slug=name if slug_like(name) else slug_for(name) if name else "",
    )


def _called_as_here(written: Mapping[Any, Any]) -> dict[str, Any]:
    """Return the fields by the names that they have here, as far as these are not taken."""
    found = {str(name): value for name, value in written.items()}
    for name in [each for each in found if each not in _KNOWN]:
        known = SAYS_THE_SAME.get(name.strip().casefold(), "")
        known = "reference_answers" if known == "reference_full" else known
        if known and known not in found:
            found[known] = found.pop(name)
    return found


def _number(fields: dict[str, Any]) -> dict[str, Any]:
    """Return the difficulty as a number, where others have it as a digit or a word."""
    given = str(fields.get("difficulty", "")).strip().casefold()
    if given.isdecimal() and len(given) == 1:
        return {"difficulty": int(given)}
    return {"difficulty": DIFFICULTIES[given]} if given in DIFFICULTIES else {}


def _point(written: Any) -> Any:
    if isinstance(written, str):
        return point_of(written)
    if isinstance(written, dict) and "statement" in written:
        return {**point_of(str(written["statement"])), **written}
    return written


def _with_ids(points: list[Any]) -> list[Any]:
    """Return the points, each with an id of its own."""
    taken: set[str] = set()
    return [
        {**each, "id": free(str(each["id"]), taken)} if isinstance(each, dict) and "id" in each
        else each
        for each in points
    ]  # fmt: skip


def _renamed(text: str, remarks: list[str]) -> str:
    """Return a table with its columns called as here, without those that mean nothing here."""
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        return text  # the reader of tables says where it is none
    header = [cell.strip().casefold().replace(" ", "_") for cell in rows[0]] if rows else []
    header = [name if name in FIELDS else SAYS_THE_SAME.get(name, name) for name in header]
    kept = [place for place, name in enumerate(header) if name in FIELDS or POINT.match(name)]
    dropped = [name for place, name in enumerate(header) if name and place not in kept]
    remarks += [f"Left out, because no question has such a column: {name}" for name in dropped]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow([header[place] for place in kept])
    writer.writerows([row[place] for place in kept if place < len(row)] for row in rows[1:])
    return out.getvalue()
