"""`coach bench`: measure how fast grading, search, database and program are on this machine."""

from enum import StrEnum
from typing import Annotated

import typer

from bot.cli.options import Home, Json, application_for, benchmark, print_json


class Part(StrEnum):
    """What can be measured alone."""

    GRADING = "grading"
    STORE = "store"
    PROGRAM = "program"


def bench(
    context: typer.Context,
    quick: Annotated[
        bool, typer.Option("--quick", help="Few repetitions and a small index: for a first look.")
    ] = False,
    only: Annotated[
        Part | None,
        typer.Option("--only", help="One part: grading and search, the database, or the program."),
    ] = None,
    attempts: Annotated[
        int | None,
        typer.Option("--attempts", help="Answers in the database.", min=20, max=10_000_000),
    ] = None,
    home: Home = None,
    json: Json = False,
) -> None:
    """Measure the speed of grading, search, database and program; takes some minutes."""
    measuring = benchmark("speed.measuring")
    application = application_for(context, home)
    extent = measuring.extent_of(quick=quick, attempts=attempts)
    report = store = program = None
    if only in {None, Part.GRADING}:
        report = measuring.measure(application, home or context.obj, extent)
    if only in {None, Part.STORE}:
        store = measuring.measure_database(application, extent)
    if only in {None, Part.PROGRAM}:
        program = benchmark("load.measuring").measure_program(quick=quick)
    if json:
        parts = [part.model_dump(mode="json") for part in (report, store) if part is not None]
        if program is not None:
            parts.append({"program": program.model_dump(mode="json")})
        print_json({name: value for part in parts for name, value in part.items()})
        return
    if report is not None:
        measuring.show(report)
    if store is not None:
        measuring.show_store(store)
    if program is not None:
        for line in ("", "The whole program:", *benchmark("load.tables").rush_lines(program)):
            typer.echo(line)
