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
from pydantic import ValidationError

from knowledge.bank import QuestionBank, names_of
from knowledge.errors import Fault, InvalidBank
from knowledge.question import Question, Topic, fold
from knowledge.reading import parsed, read_entries, read_text, yaml_fault
from knowledge.remedies import faults_of
from knowledge.tracks import Track, load_tracks


def load_bank(directory: Path | None = None) -> QuestionBank:
    """Load the knowledge base: topics, tracks and every `questions/<topic>/<slug>.md`.

    Args:
        directory: a folder with that layout; the one shipped with the package by default.

    Raises:
        InvalidBank: at least one fault, in any file; carries all of them.
    """
    root = directory or Path(str(files("knowledge")))
    faults: list[Fault] = []
    topics = _load_topics(root / "topics.yaml", faults)
    tracks = _load_tracks(root, topics, faults)
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
    return QuestionBank(topics, questions.values(), tracks)


def parse_question(text: str, question_id: str, file: str = "") -> Question:
    """Validate one question file's text.

    Raises:
        InvalidBank: the text has faults; carries all of them.
    """
    file = file or f"{question_id}.md"
    try:
        front, body = frontmatter.parse(text, handler=_StrictHandler())
    except yaml.YAMLError as error:
        raise InvalidBank((yaml_fault(file, error),)) from error
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
        return parse_question(read_text(path, file), question_id, file)
    except InvalidBank as error:
        faults.extend(error.faults)
        return None


def _load_topics(path: Path, faults: list[Fault]) -> tuple[Topic, ...]:
    try:
        return read_entries(path, path.name, Topic)
    except InvalidBank as error:
        faults.extend(error.faults)
        return ()


def _load_tracks(root: Path, topics: tuple[Topic, ...], faults: list[Fault]) -> tuple[Track, ...]:
    try:
        return load_tracks(root, topics)
    except InvalidBank as error:
        faults.extend(error.faults)
        return ()


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


class _StrictHandler(YAMLHandler):
    """Front matter read by the strict loader."""

    def load(self, fm: str, **_: object) -> Any:
        return parsed(fm)
