"""`coach config`: what an operator chose, and what was chosen by nobody."""

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from bot.cli.options import Home, Json, print_json, settings_for

if TYPE_CHECKING:
    from bot.settings import Settings

app = typer.Typer(help="Look at the settings.", no_args_is_help=True)

MASKED = "••••••"
PASSWORD = re.compile(r"(?<=://)([^/\s@]*:)[^/\s@]*(?=@)")
"""The password in an address, with the name before it."""


@app.callback()
def root() -> None:
    """Look at the settings."""


@dataclass(frozen=True)
class Shown:
    """A setting as it may be seen: secrets are masked, and None is what has no value."""

    setting: str
    value: str | None
    source: str
    file: str | None = None


@app.command(epilog="Examples:  coach config show  ·  coach config show --json")
def show(context: typer.Context, home: Home = None, json: Json = False) -> None:
    """Show every setting, its value, and where that comes from; secrets are masked."""
    shown = list(_shown(settings_for(context, home), home or context.obj))
    if json:
        print_json([asdict(each) for each in shown])
        return
    width = max(len(each.setting) for each in shown)
    for each in shown:
        source = f"{each.source} {each.file}" if each.file else each.source
        typer.echo(f"{each.setting:{width}}  {each.value or '':32}  {source}".rstrip())


def _shown(settings: "Settings", home: Path | None) -> Iterator[Shown]:
    from bot.setting_sources import Origin, origins_of, value_at, variables_of

    model = type(settings)
    origins = origins_of(model)
    for variable in variables_of(model):
        origin, file = origins.get(variable.name, (Origin.DEFAULT, None))
        if variable.path == ("home",) and home is not None:
            origin = Origin.OPTION
        value = value_at(settings, variable.path)
        told = _told(value, variable.path, secret=variable.secret)
        yield Shown(variable.name, told, origin.value, str(file) if file else None)


def _told(value: Any, path: tuple[str, ...], *, secret: bool) -> str | None:
    """Return a value as it may be seen."""
    if value is None or value == "":
        return None
    if path == ("database",):
        from bot.storage.engine import place_of, url_of

        return place_of(url_of(value.get_secret_value()))
    if secret:
        return MASKED
    if isinstance(value, float):
        return f"{value:g}"
    return PASSWORD.sub(rf"\1{MASKED}", str(value.value if isinstance(value, Enum) else value))
