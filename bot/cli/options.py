"""What all commands share: the home option, JSON on stdout, errors as one line."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

if TYPE_CHECKING:
    from bot.bootstrap.application import Application
    from bot.settings import Settings

NO_BENCHMARKS = (
    "what this measures with is not part of an installation. Get the source of the coach, run "
    "`make install` in its folder, and start this there, with .venv/bin/coach."
)

Home = Annotated[
    Path | None,
    typer.Option("--home", help="Folder for database, cache and backups.", show_default=False),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]


def settings_for(context: typer.Context, home: Path | None) -> "Settings":
    """Return the settings, with the home given before or after the command's name."""
    from bot.bootstrap.settings import load_settings

    return load_settings(home or context.obj)


def started_with(context: typer.Context, home: Path | None) -> "Settings":
    """Return the settings for this call, its log started."""
    from bot.log import start_logging

    settings = settings_for(context, home)
    start_logging(settings)
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

    settings = started_with(context, home)
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


def print_json(document: Any) -> None:
    """Print one JSON document on stdout."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")


@contextmanager
def progress_bar(total: int) -> Iterator[Callable[[int], None]]:
    """Show a bar on stderr while answers are graded; yield what tells it how many more are."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    columns = ("grading", BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("grading", total=total)
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


def explain(problem: Exception) -> str | None:
    """Return the line for a problem that a person can do something about, else None."""
    from pydantic import ValidationError

    from bot.core.errors import CoachError
    from bot.core.words.errors import sentence_of
    from grading.errors import GradingError
    from knowledge.errors import KnowledgeError

    if isinstance(problem, ValidationError):
        return _wrong_setting(problem)
    if isinstance(problem, CoachError | GradingError | KnowledgeError | OSError):
        return sentence_of(problem)
    return None


def _wrong_setting(problem: Any) -> str | None:
    """Name the setting that does not fit; None when something else failed to validate."""
    if problem.title != "Settings":
        return None
    detail = problem.errors(include_url=False, include_input=False)[0]
    name = "COACH_" + "__".join(str(step) for step in detail["loc"]).upper()
    return f"the setting {name} does not fit: {detail['msg']}"
