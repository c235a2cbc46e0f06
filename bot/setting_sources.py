"""Where settings come from: the environment, a .env file and files of secrets; and what is none.

Every secret `COACH_X` may lie in a file that `COACH_X_FILE` names, such as a container's secret.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
)

from bot.core.errors import SettingUnusable

PREFIX = "COACH_"
FILE = "_FILE"

MOST_BYTES = 10_000
"""Of a file with a secret: a hundred times the longest token."""

LIKENESS = 0.6
"""From 0 to 1, how like a setting a name has to be to be taken for a slip of the pen."""


class Origin(StrEnum):
    """Where the value of a setting comes from."""

    DEFAULT = "default"
    OPTION = "--home"
    ENVIRONMENT = "environment"
    DOTENV = ".env"
    FILE = "file"


@dataclass(frozen=True)
class Variable:
    """A setting by its place among the sections."""

    path: tuple[str, ...]
    secret: bool

    @property
    def name(self) -> str:
        """What it is called in the environment."""
        return PREFIX + "__".join(self.path).upper()

    @property
    def file(self) -> str:
        """The variable that names a file with the secret."""
        return self.name + FILE


def variables_of(model: type[BaseModel], path: tuple[str, ...] = ()) -> Iterator[Variable]:
    """Give every setting of a model, in its order."""
    for name, field in model.model_fields.items():
        kinds = get_args(field.annotation) or (field.annotation,)
        sections = [
            kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)
        ]
        if sections:
            yield from variables_of(sections[0], (*path, name))
        else:
            yield Variable((*path, name), SecretStr in kinds)


def value_at(values: Any, path: tuple[str, ...]) -> Any:
    """Return what stands at a place in nested values; None where nothing does."""
    for step in path:
        values = values.get(step) if isinstance(values, Mapping) else getattr(values, step, None)
    return values


class SecretFiles(PydanticBaseSettingsSource):
    """Secrets out of the files that the environment, or the .env file, names."""

    def __init__(
        self, model: type[BaseSettings], environment: EnvSettingsSource, dotenv: EnvSettingsSource
    ) -> None:
        super().__init__(model)
        self._environment = environment
        self._dotenv = dotenv

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """Return nothing: all fields are read at once."""
        del field
        return None, field_name, False

    def __call__(self) -> dict[str, Any]:
        """Return the secrets that lie in files, nested as the settings are.

        Raises:
            SettingUnusable: a file cannot be used, or the secret is given beside it.
        """
        found: dict[str, Any] = {}
        for variable in variables_of(self.settings_cls):
            file = self.file_of(variable) if variable.secret else None
            if file is None:
                continue
            if self._is_given(variable):
                told = f"{variable.name} is set too. Set one of the two"
                raise SettingUnusable(variable.file, told)
            *sections, last = variable.path
            among = found
            for section in sections:
                among = among.setdefault(section, {})
            among[last] = secret_in(file, variable.file)
        return found

    def file_of(self, variable: Variable) -> Path | None:
        """Return the file that is named for a secret."""
        name = variable.file.casefold()
        named = self._environment.env_vars.get(name) or self._dotenv.env_vars.get(name)
        return Path(named).expanduser() if named else None

    def _is_given(self, variable: Variable) -> bool:
        sources = (self._environment, self._dotenv)
        return any(value_at(source(), variable.path) for source in sources)


def secret_in(file: Path, setting: str) -> str:
    """Return the secret that a file holds, without the blanks and the line's end around it.

    Raises:
        SettingUnusable: the file is missing, unreadable, empty, too large, or no line of text.
    """
    try:
        with file.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise SettingUnusable(setting, f"there is no file {file}") from None
    except OSError as error:
        raise SettingUnusable(setting, f"{file} cannot be read ({error.strerror})") from None
    if len(content) > MOST_BYTES:
        raise SettingUnusable(setting, f"{file} is too large to be a secret")
    try:
        secret = content.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        raise SettingUnusable(setting, f"{file} is no text") from None
    if not secret:
        raise SettingUnusable(setting, f"{file} is empty")
    if len(secret.splitlines()) > 1:
        raise SettingUnusable(setting, f"{file} holds more than one line")
    return secret


def origins_of(model: type[BaseSettings]) -> dict[str, tuple[Origin, Path | None]]:
    """Return where each setting that is not left at its default comes from, and from which file."""
    environment, dotenv = EnvSettingsSource(model), DotEnvSettingsSource(model)
    files = SecretFiles(model, environment, dotenv)
    by_origin = {Origin.ENVIRONMENT: environment(), Origin.DOTENV: dotenv()}
    found: dict[str, tuple[Origin, Path | None]] = {}
    for variable in variables_of(model):
        file = files.file_of(variable) if variable.secret else None
        if file is not None:
            found[variable.name] = (Origin.FILE, file)
            continue
        for origin, values in by_origin.items():
            if value_at(values, variable.path) is not None:
                found[variable.name] = (origin, None)
                break
    return found


@dataclass(frozen=True)
class Unknown:
    """A variable that looks like a setting and is none; `meant` is the setting it is most like."""

    name: str
    meant: str | None


def unknown_variables(model: type[BaseSettings]) -> tuple[Unknown, ...]:
    """Return what begins like a setting, in the environment or the .env file, and is none."""
    settings = list(variables_of(model))
    known = [name for each in settings for name in _names(each)]
    sections = {PREFIX + each.path[0].upper() for each in settings}
    given = {*EnvSettingsSource(model).env_vars, *DotEnvSettingsSource(model).env_vars}
    named = sorted(name.upper() for name in given if name.upper().startswith(PREFIX))
    return tuple(
        Unknown(name, _nearest(name, known))
        for name in named
        if name not in known and name not in sections
    )


def _names(variable: Variable) -> tuple[str, ...]:
    return (variable.name, variable.file) if variable.secret else (variable.name,)


def _nearest(name: str, known: list[str]) -> str | None:
    """Return the setting that was meant; what all begin with makes none more likely."""
    likeness = SequenceMatcher(b=name.removeprefix(PREFIX))

    def ratio(setting: str) -> float:
        likeness.set_seq1(setting.removeprefix(PREFIX))
        return likeness.ratio()

    meant = max(known, key=ratio)
    return meant if ratio(meant) >= LIKENESS else None
