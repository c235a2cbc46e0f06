"""A draft: a question file that may lack anything, with what is missing marked in it.

A draft lies where its question will lie, `<topic>/<slug>.md`, in the same format. What keeps it
from being a question stands in comments at the end of its fields, and is worked out anew each time
it is written, so that a mark goes when its gap is filled.
"""

import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler
from pydantic import ValidationError

from knowledge.authoring.gaps import gaps_in
from knowledge.authoring.guesses import slug_like
from knowledge.errors import Fault, InvalidBank
from knowledge.own import QuestionDraft
from knowledge.question import Question
from knowledge.reading import parsed, read_text, yaml_fault
from knowledge.remedies import faults_of

ORDER: Final = tuple(name for name in Question.model_fields if name not in {"id", "explanation"})
"""The fields of a file, as they follow each other."""

MARK: Final = "# to do: "
NOTE: Final = "# note: "

UNSORTED: Final = "unsorted"
"""The folder of a draft whose topic is not known yet."""


@dataclass(frozen=True)
class Draft:
    """A question on its way.

    `fields` are those of a question file, as far as they are written; `notes` are lines for whoever
    goes on with it, such as where it comes from.
    """

    topic: str
    slug: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    explanation: str = ""
    notes: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The id that the question will have."""
        return f"{self.topic}/{self.slug}"

    @property
    def prompt(self) -> str:
        """What is asked, empty until it is written."""
        return str(self.fields.get("prompt") or "")

    def having(self, **fields: Any) -> "Draft":
        """Return the draft with some of its fields written."""
        return replace(self, fields={**self.fields, **fields})


def gaps_of(draft: Draft) -> tuple[Fault, ...]:
    """Return everything between a draft and a good question."""
    return gaps_in(draft.fields, draft.id, draft.explanation)


def question_of(draft: Draft) -> Question:
    """Return the question that a draft is, or as much of one as can be graded.

    A prompt and three key points suffice, as for a community's own question; the folder of a file
    that is tried need not be a topic.

    Raises:
        InvalidBank: it is less; carries what is missing for that.
    """
    document = {**draft.fields, "id": draft.id, "explanation": draft.explanation}
    with suppress(ValidationError):
        return Question.model_validate(document)
    topic = draft.topic if slug_like(draft.topic) else UNSORTED
    try:
        fields = {**draft.fields, "explanation": draft.explanation, "topic": topic}
        return QuestionDraft.model_validate(fields).question(1)
    except ValidationError as error:
        raise InvalidBank(tuple(faults_of(error, f"{draft.id}.md", QuestionDraft))) from error


def written(draft: Draft) -> str:
    """Return the text of a draft's file, each gap marked."""
    known = [name for name in ORDER if name in draft.fields]
    known += [name for name in draft.fields if name not in ORDER]
    front = {name: draft.fields[name] for name in known}
    lines = [f"{NOTE}{' '.join(note.split())}" for note in draft.notes]
    text = _dumped(front) if front else ""
    marks = [f"{MARK}{_marked(gap)}" for gap in gaps_of(draft)]
    body = f"{draft.explanation}\n" if draft.explanation else ""
    return "\n".join(["---", *lines, *text.splitlines(), *marks, "---", ""]) + body


def read_draft(path: Path) -> Draft:
    """Return the draft, or the question, in a file named `<topic>/<slug>.md`.

    Raises:
        InvalidBank: it cannot be read, or is no YAML between two lines `---`.
    """
    name = f"{path.parent.name}/{path.name}".lstrip("/")
    text = read_text(path, name)
    try:
        front, body = frontmatter.parse(text, handler=_Fields())
    except yaml.YAMLError as error:
        raise InvalidBank((yaml_fault(name, error),)) from error
    if not text.startswith("---\n"):
        remedy = "Begin the file with a line '---', the fields, and another '---'"
        raise InvalidBank((Fault(name, "", "it has no YAML front matter", remedy),))
    notes = tuple(line.removeprefix(NOTE) for line in text.splitlines() if line.startswith(NOTE))
    return Draft(path.resolve().parent.name, path.stem, front, body.strip(), notes)


def save(draft: Draft, folder: Path) -> Path:
    """Write a draft into its place below a folder, whole or not at all, and return its path.

    Raises:
        OSError: it cannot be written.
    """
    path = folder / draft.topic / f"{draft.slug}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{draft.slug}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(written(draft))
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return path


def _marked(gap: Fault) -> str:
    told = f"{gap.field}: {gap.remedy}" if gap.field else gap.problem
    return " ".join(told.split())


class _Fields(YAMLHandler):
    """Front matter read by the strict loader; comments alone are no fields."""

    def load(self, fm: str, **_: object) -> Any:
        found = parsed(fm)
        return found if isinstance(found, dict) else {}


class _Indented(yaml.SafeDumper):
    """YAML as the question files have it: lists stand two spaces in."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 as in PyYAML
        super().increase_indent(flow, False)  # noqa: FBT003


def _dumped(front: Mapping[str, Any]) -> str:
    text: str = yaml.dump(
        dict(front), Dumper=_Indented, sort_keys=False, allow_unicode=True, width=96
    )
    return text
