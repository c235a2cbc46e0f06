"""Files of the knowledge base → values: read whole, bounded in size, parsed strictly.

Every problem of a file is a Fault that names the place and the remedy; nothing else is raised.
"""

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError

from knowledge.errors import Fault, InvalidBank
from knowledge.remedies import faults_of

MAX_FILE_BYTES = 128 * 1024
"""The longest question has about 20 kB, the longest file of sample answers about 50 kB."""

Entry = TypeVar("Entry", bound=BaseModel)


class _UniqueKeys:
    """Refuses a key written twice, which would lose the first."""

    def construct_mapping(
        self,
        node: yaml.MappingNode,
        deep: bool = False,  # noqa: FBT001, FBT002 as in PyYAML
    ) -> dict[Any, Any]:
        mapping: dict[Any, Any] = super().construct_mapping(node, deep)  # type: ignore[misc]
        seen: set[str] = set()
        for key, _ in node.value:
            name = str(key.value)
            if name in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key.value!r} stands here twice", key.start_mark
                )
            seen.add(name)
        return mapping


class _StrictLoader(_UniqueKeys, getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML's safe loader, the one in C where it was built: ten times as fast on a large bank."""


class _PlainLoader(_UniqueKeys, yaml.SafeLoader):
    """A safe loader without anchors: a few lines of references can stand for gigabytes."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]  # PyYAML has no such types
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            raise yaml.composer.ComposerError(
                None, None, "anchors (&) and aliases (*) are not read here", event.start_mark
            )
        return super().compose_node(parent, index)


def parsed(text: str, *, anchors: bool = True) -> Any:
    """Parse YAML strictly; whatever is wrong with a value is a YAMLError.

    Texts of strangers are read without anchors.
    """
    loader = _StrictLoader if anchors else _PlainLoader
    try:
        return yaml.load(text, Loader=loader)  # noqa: S506 a SafeLoader
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        # PyYAML lets the errors of its own conversions through: `2024-99-99`, `!!int x`.
        raise yaml.YAMLError(f"a value cannot be read: {error}") from error


def composed(text: str) -> yaml.Node | None:
    """Parse YAML into nodes, which say where in the text they stand; None where there is nothing.

    Raises:
        YAMLError: it is not valid YAML.
    """
    return yaml.compose(text, Loader=_StrictLoader)


def yaml_fault(file: str, error: yaml.YAMLError) -> Fault:
    """Say where a file is no YAML, and what to do."""
    mark = getattr(error, "problem_mark", None)
    field = f"line {mark.line + 1}" if mark else ""
    problem = getattr(error, "problem", None) or str(error) or "it is not valid YAML"
    return Fault(file, field, problem, "Correct the YAML; quote a text that contains ': ' or '#'")


def read_text(path: Path, file: str) -> str:
    """Return a file's text.

    Raises:
        InvalidBank: it cannot be read, is too large or is not UTF-8.
    """
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            problem = f"it is larger than {MAX_FILE_BYTES // 1024} kB"
            raise InvalidBank((Fault(file, "", problem, "Split or shorten it"),))
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        remedy = "Save the file as UTF-8"
        raise InvalidBank((Fault(file, "", "it is not UTF-8 text", remedy),)) from error
    except OSError as error:
        remedy = "Check that the file is there and may be read"
        raise InvalidBank((Fault(file, "", error.strerror or "unreadable", remedy),)) from error


def read_entries(path: Path, file: str, model: type[Entry]) -> tuple[Entry, ...]:
    """Return a YAML file's list of entries, validated.

    Raises:
        InvalidBank: the file or an entry has faults; carries all of them.
    """
    try:
        entries = parsed(read_text(path, file))
        return TypeAdapter(tuple[model, ...]).validate_python(entries)  # type: ignore[valid-type]
    except yaml.YAMLError as error:
        raise InvalidBank((yaml_fault(file, error),)) from error
    except ValidationError as error:
        raise InvalidBank(tuple(faults_of(error, file, model))) from error


def read_folder(
    root: Path, folder: str, model: type[Entry]
) -> tuple[list[tuple[str, Entry]], list[Fault]]:
    """Read every `<folder>/*.yaml` below a knowledge folder, in the order of the names.

    Returns:
        Each entry with the name of its file, and the faults of the files that were left out. No
        folder means no entries.
    """
    entries: list[tuple[str, Entry]] = []
    faults: list[Fault] = []
    for path in sorted((root / folder).glob("*.yaml")):
        file = f"{folder}/{path.name}"
        try:
            entries += [(file, entry) for entry in read_entries(path, file, model)]
        except InvalidBank as error:
            faults += error.faults
    return entries, faults
