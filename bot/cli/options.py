"""What all commands share: the home option, JSON on stdout, errors as one line."""

import json
import logging
import re
import secrets
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

if TYPE_CHECKING:
    from bot.bootstrap.application import Application
    from bot.settings import Settings
    from knowledge.errors import InvalidBank

NO_BENCHMARKS = (
    "what this measures with is not part of an installation. Get the source of the coach, run "
    "`make install` in its folder, and start this there, with .venv/bin/coach."
)

log = logging.getLogger(__name__)

Home = Annotated[
    Path | None,
    typer.Option("--home", help="Folder for database, cache and backups.", show_default=False),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]


def settings_for(context: typer.Context, home: Path | None) -> "Settings":
    """Return the settings, with the home given before or after the command's name."""
    from bot.bootstrap.settings import load_settings

    _warn_of_unknown(context)
    return load_settings(home or context.obj)


def _warn_of_unknown(context: typer.Context) -> None:
    """Say once on stderr which variables look like settings and are none."""
    from bot.bootstrap.settings import settings_model
    from bot.setting_sources import unknown_variables

    if context.meta.setdefault("coach.unknown_told", False):
        return
    context.meta["coach.unknown_told"] = True
    for each in unknown_variables(settings_model()):
        hint = f"did you mean {each.meant}?" if each.meant else "coach config show lists them all."
        typer.echo(f"coach: {each.name} is not a setting; {hint}", err=True)


def started_with(context: typer.Context, home: Path | None, *, serving: bool = False) -> "Settings":
    """Return the settings for this call, its log started."""
    from bot.log import start_logging

    settings = settings_for(context, home)
    start_logging(settings, serving=serving)
    return settings


def application_for(
    context: typer.Context,
    home: Path | None,
    *,
    serving: bool = False,
    at: datetime | None = None,
) -> "Application":
    """Return the coach for this call, its log started; `at` stops its clock."""
    from bot.bootstrap.application import application_of
    from bot.clock import StoppedClock
    from bot.private_files import keep_private

    settings = settings_for(context, home)
    keep_private(settings.home, settings.backups, settings.files)
    settings = started_with(context, home, serving=serving)
    clock = StoppedClock(at) if at else None
    return application_of(settings, serving=serving, clock=clock)


def benchmark(name: str) -> Any:
    """Return a module of the benchmarks, which only a checkout of the source has; end without it.

    It is named in words: what is installed knows nothing of what only developers have.
    """
    try:
        return import_module(f"benchmarks.{name}")
    except ModuleNotFoundError as problem:
        if (problem.name or "").partition(".")[0] != "benchmarks":
            raise
        stop(NO_BENCHMARKS)


def stop(reason: str) -> NoReturn:
    """End with what a person can do something about."""
    typer.echo(f"coach: {reason}", err=True)
    raise typer.Exit(1)


@contextmanager
def somebodys_file() -> Iterator[None]:
    """End with what is wrong with a file that somebody brought, a line for each fault of it."""
    from knowledge.errors import InvalidBank

    try:
        yield
    except InvalidBank as error:
        for fault in error.faults:
            typer.echo(f"coach: {fault}", err=True)
        raise typer.Exit(1) from error


def print_json(document: Any) -> None:
    """Print one JSON document on stdout."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")


def tell_faults(error: "InvalidBank", *, json: bool) -> None:
    """Print every fault on stderr, a line each, and as one JSON document if it is asked for."""
    if json:
        print_json({"ok": False, "faults": [asdict(fault) for fault in error.faults]})
    for fault in error.faults:
        typer.echo(str(fault), err=True)
    typer.echo(f"coach: {error}", err=True)


@contextmanager
def progress_bar(total: int, doing: str = "grading") -> Iterator[Callable[[int], None]]:
    """Show a bar on a terminal while this is done; yield what tells it how much more is."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    columns = (doing, BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    quiet = not sys.stderr.isatty()
    with Progress(*columns, console=Console(stderr=True), disable=quiet) as bar:
        task = bar.add_task(doing, total=total)
        yield lambda count: bar.advance(task, count)


def progress_on_stderr() -> Callable[[int, int], None]:
    """Return a function that reports the preparation of the knowledge base, if it takes long.

    On a terminal it redraws one line; elsewhere it says so once.
    """
    stream = sys.stderr

    def report(done: int, total: int) -> None:
        if stream.isatty():
            end = "\n" if done == total else ""
            stream.write(f"\rPreparing the knowledge base: {done} of {total} questions{end}")
            stream.flush()

    return report


def explain(problem: Exception) -> str:
    """Return the line for a problem; the log has the rest of one that nobody foresaw."""
    from pydantic import ValidationError

    from bot.core.errors import CoachError
    from bot.core.words.errors import sentence_of
    from bot.settings import SettingsError
    from grading.errors import GradingError
    from knowledge.errors import KnowledgeError

    if isinstance(problem, ValidationError) and problem.title == "Settings":
        detail = problem.errors(include_url=False, include_input=False)[0]
        return _wrong_setting(detail["loc"], _in_words(detail["type"], detail))
    if isinstance(problem, SettingsError):
        section = next(iter(re.findall(r'field "(\w+)"', str(problem))), "…")
        return _wrong_setting((section,), f"write COACH_{section.upper()}__… for what is in it")
    if isinstance(problem, CoachError | GradingError | KnowledgeError | OSError):
        return sentence_of(problem)
    return _unforeseen(problem)


FITTING = {
    "bool_parsing": "write true or false",
    "float_parsing": "write a number",
    "greater_than": "write a number above {gt}",
    "greater_than_equal": "write {ge} or more",
    "int_from_float": "write a whole number",
    "int_parsing": "write a whole number",
    "less_than_equal": "write {le} or less",
    "literal_error": "write {expected}",
    "enum": "write {expected}",
    "path_not_directory": "there is no such folder",
    "string_too_short": "write something, or leave it out",
    "string_pattern_mismatch": "write a whole address, such as https://example.org",
}
"""What a value of a setting has to be, by the kind of its fault as pydantic names it."""


def _in_words(kind: str, detail: Any) -> str:
    told = FITTING.get(kind, detail["msg"].removeprefix("Value error, "))
    return str(told.format(**detail.get("ctx", {})))


def _wrong_setting(place: Sequence[object], told: str) -> str:
    """Name the setting that does not fit, and say what does; its value may be a password."""
    from bot.core.errors import SettingUnusable

    name = "COACH_" + "__".join(str(step) for step in place).upper()
    return SettingUnusable(name, told).sentence


def _unforeseen(problem: Exception) -> str:
    """Say what went wrong on our side, on one line, and where the rest of it stands."""
    from bot.bootstrap.settings import load_settings
    from bot.log import start_logging

    settings = load_settings()
    start_logging(settings)
    reference = secrets.token_hex(3)
    log.error("unexpected error %s", reference, exc_info=problem)
    said = " ".join(f"{type(problem).__name__}: {problem}".split())
    return (
        f"Something went wrong that is not your fault ({said}). Please report it with what "
        f"{settings.log_file} says of {reference}."
    )
