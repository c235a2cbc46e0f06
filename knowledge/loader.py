"""Question files → a validated bank, with every fault of every file reported at once.

A file is read whole, bounded in size, parsed as YAML front matter plus a Markdown body, and
validated by pydantic. A bank with a fault is never returned: half a bank would silently ask
fewer questions.
"""

from collections import defaultdict
from importlib.resources import files
from pathlib import Path
from typing import Any

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler
from pydantic import TypeAdapter, ValidationError

from knowledge.bank import QuestionBank, names_of
from knowledge.errors import Fault, InvalidBank
from knowledge.question import Question, Topic, fold
from knowledge.remedies import faults_of

MAX_FILE_BYTES = 128 * 1024
"""The longest shipped file has about 20 kB; far above that it is not a question."""


class _StrictLoader(yaml.SafeLoader):
    """YAML's safe loader that also refuses a key written twice, which would lose the first."""

    def construct_mapping(
        self,
        node: yaml.MappingNode,
        deep: bool = False,  # noqa: FBT001, FBT002 as in PyYAML
    ) -> dict[Any, Any]:
        mapping = super().construct_mapping(node, deep)
        keys = [key.value for key, _ in node.value]
        for key, _ in node.value:
            if keys.count(key.value) > 1:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key.value!r} stands here twice", key.start_mark
                )
        return mapping


def _parsed(text: str) -> Any:
    """Parse YAML strictly; whatever is wrong with a value is a YAMLError."""
    try:
        return yaml.load(text, Loader=_StrictLoader)  # noqa: S506 a SafeLoader
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        # PyYAML lets the errors of its own conversions through: `2024-99-99`, `!!int x`.
        raise yaml.YAMLError(f"a value cannot be read: {error}") from error


def load_bank(directory: Path | None = None) -> QuestionBank:
    """Load the knowledge base: `topics.yaml` and every `questions/<topic>/<slug>.md`.

    Args:
        directory: a folder with that layout; the one shipped with the package by default.

    Raises:
        InvalidBank: at least one fault, in any file; carries all of them.
    """
    root = directory or Path(str(files("knowledge")))
    faults: list[Fault] = []
    topics = _load_topics(root / "topics.yaml", faults)
    questions: dict[str, Question] = {}
    paths = sorted((root / "questions").glob("**/*.md"))
    if not paths:
        faults.append(Fault("questions", "", "no question file is there", "Add one at least"))
    for path in paths:
        name = path.relative_to(root / "questions").with_suffix("").as_posix()
        question = _load_question(path, name, faults)
        if question is not None:
            questions[name] = question
            if topics and question.topic not in {topic.id for topic in topics}:
                faults.append(
                    Fault(
                        f"questions/{name}.md",
                        "",
                        f"the folder {question.topic!r} is no topic",
                        "Move the file into a topic's folder or add the topic to topics.yaml",
                    )
                )
    faults += _shared_names(questions)
    if faults:
        raise InvalidBank(tuple(sorted(faults)))
    return QuestionBank(topics, questions.values())


def parse_question(text: str, question_id: str, file: str = "") -> Question:
    """Validate one question file's text.

    Raises:
        InvalidBank: the text has faults; carries all of them.
    """
    file = file or f"{question_id}.md"
    try:
        front, body = frontmatter.parse(text, handler=_StrictHandler())
    except yaml.YAMLError as error:
        raise InvalidBank((_yaml_fault(file, error),)) from error
    if not front:
        remedy = "Begin the file with a line '---', the fields, and another '---'"
        raise InvalidBank((Fault(file, "", "it has no YAML front matter", remedy),))
    reserved = [name for name in ("id", "topic", "explanation") if name in front]
    if reserved:
        remedy = "Remove it: the path gives id and topic, the text below the fields explains"
        raise InvalidBank(tuple(Fault(file, name, "not a field", remedy) for name in reserved))
    try:
        return Question.model_validate({**front, "id": question_id, "explanation": body})
    except ValidationError as error:
        raise InvalidBank(tuple(faults_of(error, file, Question))) from error


def _load_question(path: Path, question_id: str, faults: list[Fault]) -> Question | None:
    file = f"questions/{question_id}.md"
    try:
        return parse_question(_read(path, file), question_id, file)
    except InvalidBank as error:
        faults.extend(error.faults)
        return None


def _load_topics(path: Path, faults: list[Fault]) -> tuple[Topic, ...]:
    try:
        entries = _parsed(_read(path, path.name))
        return TypeAdapter(tuple[Topic, ...]).validate_python(entries)
    except InvalidBank as error:
        faults.extend(error.faults)
    except yaml.YAMLError as error:
        faults.append(_yaml_fault(path.name, error))
    except ValidationError as error:
        faults.extend(faults_of(error, path.name, Topic))
    return ()


def _read(path: Path, file: str) -> str:
    """Return the file's text, or raise InvalidBank saying why it cannot be read."""
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            problem = f"it is larger than {MAX_FILE_BYTES // 1024} kB"
            raise InvalidBank((Fault(file, "", problem, "Split or shorten the question"),))
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        remedy = "Save the file as UTF-8"
        raise InvalidBank((Fault(file, "", "it is not UTF-8 text", remedy),)) from error
    except OSError as error:
        remedy = "Check that the file is there and may be read"
        raise InvalidBank((Fault(file, "", error.strerror or "unreadable", remedy),)) from error


def _shared_names(questions: dict[str, Question]) -> list[Fault]:
    """Report names that would lead to two questions."""
    owners: dict[str, list[str]] = defaultdict(list)
    for question in questions.values():
        for name in {fold(name) for name in names_of(question)}:
            owners[name].append(question.id)
    return [
        Fault(
            f"questions/{later}.md",
            "aliases",
            f"{name!r} already names {first}",
            "Give each question names of its own",
        )
        for name, (first, *others) in owners.items()
        for later in others
    ]


def _yaml_fault(file: str, error: yaml.YAMLError) -> Fault:
    mark = getattr(error, "problem_mark", None)
    field = f"line {mark.line + 1}" if mark else ""
    problem = getattr(error, "problem", None) or str(error) or "it is not valid YAML"
    return Fault(file, field, problem, "Correct the YAML; quote a text that contains ': ' or '#'")


class _StrictHandler(YAMLHandler):
    """Front matter read by the strict loader."""

    def load(self, fm: str, **_: object) -> Any:
        return _parsed(fm)
