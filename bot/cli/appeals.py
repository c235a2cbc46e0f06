"""`coach appeals`: what the decisions of hosts can teach the grader."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import Home, started_with, stop

if TYPE_CHECKING:
    from bot.core.appeals.marking import MarkedAnswer

app = typer.Typer(help="What hosts decided about answers.", no_args_is_help=True)


@app.callback()
def root() -> None:
    """What hosts decided about answers."""


@app.command(
    epilog="Examples:  coach appeals export appeals.jsonl --since 2026-11-01  ·  "
    "coach appeals export | wc -l"
)
def export(
    context: typer.Context,
    file: Annotated[
        Path | None,
        typer.Argument(help="The file to write; must not exist.", show_default="stdout"),
    ] = None,
    since: Annotated[
        datetime | None,
        typer.Option(
            metavar="DATE",
            formats=["%Y-%m-%d"],
            help="Only what was decided on this day (UTC) or later.",
            show_default=False,
        ),
    ] = None,
    home: Home = None,
) -> None:
    """Write the answers of decided appeals, marked, for training; one JSON object a line.

    Nothing says whose they are or from when. Whoever deleted their data, left, or chose to be
    hidden is not among them. Look for names in plain words before you hand it on.
    """
    from bot.bootstrap.storage import storage_of
    from bot.core.appeals.marking import marked_answers
    from bot.core.words.phrases import counted
    from knowledge.loader import load_bank

    settings = started_with(context, home)
    decided = storage_of(settings).decided_appeals().since(since and since.replace(tzinfo=UTC))
    found = marked_answers(decided, load_bank(settings.knowledge))
    lines = "".join(f"{json.dumps(_document(one), ensure_ascii=False)}\n" for one in found)
    if file is None:
        typer.echo(lines, nl=False)
        return
    _write(file.expanduser(), lines)
    typer.echo(f"{counted(len(found), 'marked answer')} written to {file}.")


def _document(one: "MarkedAnswer") -> dict[str, object]:
    return {
        "question": one.question,
        "kind": "appeal",
        "answer": one.answer,
        "marks": dict(one.marks),
        "complete": False,
    }


def _write(file: Path, lines: str) -> None:
    """Write a new file that only this account can read."""
    try:
        file.touch(mode=0o600, exist_ok=False)
    except FileExistsError:
        stop(f"{file} exists already and is not overwritten")
    file.write_text(lines, encoding="utf-8", newline="\n")
