"""A file that a person sends → drafts of questions, with every fault of all of them at once.

The file is bounded before it is parsed and read by what its name ends in: `.md` holds one question,
`.yaml` one or a list of them, `.csv` one a row. Its name goes into the faults as it is; whoever
shows them makes it safe.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import PurePath
from typing import Any, NamedTuple

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler
from pydantic import ValidationError

from knowledge.errors import Fault, InvalidBank
from knowledge.own import QuestionDraft, slug_of
from knowledge.question import Topic, fold
from knowledge.reading import parsed, yaml_fault
from knowledge.remedies import faults_of
from knowledge.table import read_table

TEMPLATES = {"md": "question.md", "yaml": "questions.yaml", "csv": "questions.csv"}
"""An example file of each format, in the folder `templates`."""

MAX_UPLOAD_BYTES = 200_000
"""Two hundred questions of statements alone, or ten as full as the shipped ones."""

MAX_QUESTIONS = 200
"""Questions of one file."""

MOST_FAULTS = 100
"""More faults in one question than this say that it is something else."""

_KINDS = {".md": "md", ".markdown": "md", ".yaml": "yaml", ".yml": "yaml", ".csv": "csv"}


class Entry(NamedTuple):
    """The fields of one question as they were written, and how faults call its place.

    `columns` names what a column was called for a path of a field, where there are columns.
    """

    place: str
    fields: Any
    columns: dict[str, str] = {}  # noqa: RUF012 never written to


def read_upload(name: str, data: bytes, topics: Sequence[Topic]) -> tuple[QuestionDraft, ...]:
    """Return the questions in a file.

    Args:
        name: the file's name; its ending tells the format, for `.md` also the question's id.
        data: the whole file.
        topics: those that a question may have, by id, title or alias.

    Raises:
        InvalidBank: at least one fault; carries all of them.
    """
    entries = entries_of(name, text_of_upload(name, data))
    if not entries:
        raise InvalidBank((Fault(name, "", "no question is in it", "Write one at least"),))
    if len(entries) > MAX_QUESTIONS:
        problem = f"it has {len(entries)} questions"
        raise InvalidBank((Fault(name, "", problem, f"Send at most {MAX_QUESTIONS} at once"),))
    faults: list[Fault] = []
    drafts: list[QuestionDraft] = []
    for entry in entries:
        draft = _draft(entry, topics, faults)
        if draft is not None:
            faults += _repeated(draft, drafts, entry.place)
            drafts.append(draft)
    if faults:
        raise InvalidBank(tuple(faults))
    return tuple(drafts)


def read_lines(text: str, topics: Sequence[Topic]) -> QuestionDraft:
    """Return the question in a few lines: `topic: question`, then a key point a line.

    A `|` ends a line too. The lines may be marked as those of a list.

    Raises:
        InvalidBank: the lines have faults; carries all of them.
    """
    lines = [line.strip().lstrip("-*•").strip() for line in re.split(r"[\n|]", text)]
    first, *points = [line for line in lines if line] or [""]
    topic, colon, prompt = first.partition(":")
    fields = {"prompt": prompt if colon else first, "key_points": points}
    if colon:
        fields["topic"] = topic.strip()
    faults: list[Fault] = []
    draft = _draft(Entry("your question", fields), topics, faults)
    if draft is None:
        raise InvalidBank(tuple(faults))
    return draft


def template(kind: str) -> tuple[str, str]:
    """Return the name and the text of an example file that can be uploaded as it is.

    Raises:
        KeyError: there is no such format among TEMPLATES.
    """
    name = TEMPLATES[kind]
    return name, (files("knowledge") / "templates" / name).read_text(encoding="utf-8")


def written(drafts: Sequence[QuestionDraft]) -> str:
    """Return the questions as a YAML file, to be changed and sent again."""
    fields = [
        {"id": draft.slug, **draft.model_dump(mode="json", exclude_defaults=True)}
        for draft in drafts
    ]
    return yaml.safe_dump(fields, sort_keys=False, allow_unicode=True, width=100)


def entries_of(name: str, text: str) -> list[Entry]:
    """Return the fields of each question in a file, as they were written.

    Raises:
        InvalidBank: the name tells no format, or the text is not in it.
    """
    kind = _KINDS.get(PurePath(name).suffix.lower())
    match kind:
        case "md":
            return [_markdown(name, text)]
        case "yaml":
            return _listed(name, _yaml(name, text))
        case "csv":
            return [Entry(*row) for row in read_table(name, text)]
    remedy = "Send a file that ends in .md, .yaml or .csv; /questions template shows each"
    raise InvalidBank((Fault(name, "", "its name tells no format", remedy),))


def text_of_upload(name: str, data: bytes) -> str:
    """Return a file's text, its lines ending as everywhere here.

    Raises:
        InvalidBank: it is too large or no UTF-8.
    """
    if len(data) > MAX_UPLOAD_BYTES:
        problem = f"it is larger than {MAX_UPLOAD_BYTES // 1000} kB"
        raise InvalidBank((Fault(name, "", problem, "Split or shorten it"),))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problem = f"byte {error.start + 1} is not UTF-8 text"
        raise InvalidBank((Fault(name, "", problem, "Save the file as UTF-8"),)) from error
    if "\0" in text:
        raise InvalidBank((Fault(name, "", "it is no text", "Save the file as UTF-8 text"),))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _yaml(name: str, text: str) -> Any:
    try:
        return parsed(text, anchors=False)
    except yaml.YAMLError as error:
        raise InvalidBank((yaml_fault(name, error),)) from error


def _listed(name: str, found: Any) -> list[Entry]:
    if isinstance(found, dict):
        return [Entry(name, found)]
    if isinstance(found, list):
        return [Entry(f"{name}, question {row}", each) for row, each in enumerate(found, 1)]
    remedy = "Write the fields of one question, or a list with '- ' before each question"
    raise InvalidBank((Fault(name, "", "it holds no fields of a question", remedy),))


def _markdown(name: str, text: str) -> Entry:
    """Return the front matter with the body as the explanation, named as the file is."""
    try:
        front, body = frontmatter.parse(text.lstrip("\n"), handler=_PlainHandler())
    except yaml.YAMLError as error:
        raise InvalidBank((yaml_fault(name, error),)) from error
    if not front:
        remedy = "Begin the file with a line '---', the fields, and another '---'"
        raise InvalidBank((Fault(name, "", "it has no YAML front matter", remedy),))
    if "explanation" in front:
        remedy = "Remove it: the text below the fields explains"
        raise InvalidBank((Fault(name, "explanation", "not a field", remedy),))
    stem = slug_of(re.sub(r"[^A-Za-z0-9]+", " ", PurePath(name).stem))
    return Entry(name, {"id": stem, **front, "explanation": body})


def _draft(entry: Entry, topics: Sequence[Topic], faults: list[Fault]) -> QuestionDraft | None:
    """Return the validated draft, or None after adding its faults."""
    fields = entry.fields
    if not isinstance(fields, dict):
        remedy = "Write a block of fields: prompt, topic, key_points"
        faults.append(Fault(entry.place, "", "it is no block of fields", remedy))
        return None
    found = _with_topic(entry, topics)
    problems = [found] if isinstance(found, Fault) else []
    try:
        draft = QuestionDraft.model_validate(fields if isinstance(found, Fault) else found)
        draft.question(1)
    except ValidationError as error:
        if error.error_count() > MOST_FAULTS:
            problem = f"{error.error_count()} things are wrong with it"
            remedy = "Begin with the example of /questions template"
            faults.append(Fault(entry.place, "", problem, remedy))
            return None
        every = faults_of(error, entry.place, QuestionDraft)
        problems += [fault for fault in every if fault.field != "topic" or not problems]
    faults += [_in_columns(_for_uploads(fault), entry.columns) for fault in problems]
    return None if problems else draft


def _with_topic(entry: Entry, topics: Sequence[Topic]) -> dict[str, Any] | Fault:
    """Return the fields with the topic's id, or what is wrong with its name."""
    fields, given = entry.fields, entry.fields.get("topic")
    names = {fold(n): t.id for t in topics for n in (t.id, t.title, *t.aliases)}
    remedy = f"Choose one of: {', '.join(topic.id for topic in topics)}"
    if given is None or given == "":
        return Fault(entry.place, "topic", "it is missing", remedy)
    if not isinstance(given, str) or fold(given) not in names:
        return Fault(entry.place, "topic", f"{str(given)[:60]!r} is no topic", remedy)
    return {**fields, "topic": names[fold(given)]}


def _repeated(draft: QuestionDraft, earlier: Sequence[QuestionDraft], place: str) -> list[Fault]:
    """Tell names that an earlier question of the file has too."""
    faults = []
    if any(draft.slug == other.slug for other in earlier):
        remedy = "Give each question an id of its own"
        faults.append(Fault(place, "id", f"{draft.slug!r} stands twice in the file", remedy))
    if any(fold(draft.prompt) == fold(other.prompt) for other in earlier):
        faults.append(Fault(place, "prompt", "it stands twice in the file", "Remove one of them"))
    return faults


def _for_uploads(fault: Fault) -> Fault:
    """Return the fault with a remedy for somebody who has no checkout."""
    remedy = fault.remedy.replace("in docs/authoring.md", "by /questions template")
    return replace(
        fault, remedy=remedy.replace("docs/authoring.md shows", "/questions template shows")
    )


def _in_columns(fault: Fault, columns: dict[str, str]) -> Fault:
    """Return the fault with its column instead of a path of fields."""
    if not columns:
        return fault
    path = fault.field
    while path and path not in columns:
        path = path.rpartition("[" if path.endswith("]") else ".")[0]
    return Fault(fault.file, columns.get(path, fault.field), fault.problem, fault.remedy)


class _PlainHandler(YAMLHandler):
    """Front matter read by the loader for texts of strangers."""

    def load(self, fm: str, **_: object) -> Any:
        return parsed(fm, anchors=False)
