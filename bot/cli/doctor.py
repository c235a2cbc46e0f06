"""`coach doctor`: look at an installation from end to end, and say what to do about it."""

import logging
import os
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import typer

from bot.cli.options import Home, Json, print_json, settings_for

if TYPE_CHECKING:
    from bot.core.checkup import Finding

SIGNS = {"ok": "✓", "warning": "!", "problem": "✗"}
WIDTH = 20


def doctor(context: typer.Context, home: Home = None, json: Json = False) -> None:
    """Check machine, database, questions, model, tokens and channels; exit 1 with a problem.

    Nothing is changed or posted, and a look that takes too long is ended. Warnings do not count as
    problems.
    """
    from bot.bootstrap.checkup.looks import examination_of
    from bot.core.checkup import Mark
    from bot.core.words.phrases import counted

    logging.getLogger().addHandler(logging.NullHandler())  # what is wrong is told below, once
    examination = examination_of(settings_for(context, home))
    found: list[Finding] = []
    for each in examination.findings():
        found.append(each)
        if not json:
            _show(each)
    problems = sum(each.mark is Mark.PROBLEM for each in found)
    if json:
        print_json({"ok": not problems, "findings": [asdict(each) for each in found]})
    if problems:
        typer.echo(f"coach: {counted(problems, 'problem')} to be solved", err=True)
    if examination.left:
        # The interpreter cannot shut down cleanly while a look that was given up is still at it.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(1)
    if problems:
        raise typer.Exit(1)


def _show(each: "Finding") -> None:
    typer.echo(f"{SIGNS[each.mark]} {each.subject:{WIDTH}} {each.found}")
    if each.remedy:
        typer.echo(f"  {'':{WIDTH}} {each.remedy}")
