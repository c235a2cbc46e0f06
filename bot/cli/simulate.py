"""`coach simulate`: play a day of many learners against so many programs, and print the waits."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.options import Json, benchmark, print_json, stop


def simulate(
    learners: Annotated[
        int, typer.Option("--learners", help="All that take part.", min=1, max=20_000_000)
    ] = 1_000,
    programs: Annotated[
        int, typer.Option("--programs", help="How many `coach run` serve.", min=1, max=10_000)
    ] = 1,
    graders: Annotated[
        int,
        typer.Option("--graders", help="Replicas that grade for all of them.", min=0, max=100_000),
    ] = 0,
    side_by_side: Annotated[
        int,
        typer.Option(
            "--side-by-side",
            help="Answers that the database stores at a time: 1 for an SQLite file.",
            min=1,
            max=1_000,
        ),
    ] = 1,
    answers: Annotated[
        float, typer.Option("--answers", help="A learner's answers a day.", min=0.01, max=100)
    ] = 1.0,
    delay: Annotated[
        float, typer.Option("--delay", help="Median minutes to an answer.", min=1, max=600)
    ] = 120.0,
    bench: Annotated[
        Path | None,
        typer.Option(
            "--bench",
            help="What `coach bench --json` wrote on your machine.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Play the answers of a day against programs, graders and a database, and print the waits.

    Nothing is served or stored. docs/scaling.md tells what the model leaves out.
    """
    model, arrivals = benchmark("capacity.model"), benchmark("capacity.arrivals")
    simulating = benchmark("capacity.simulating")
    try:
        constants = model.ASSUMED if bench is None else model.Constants.read(bench)
    except ValueError as problem:
        stop(str(problem))
    crowd = arrivals.Crowd(learners, answers=answers, delay=delay * 60)
    played = simulating.play(crowd, model.House(programs, graders, side_by_side), constants)
    figures = asdict(played)
    if json:
        print_json({"constants": asdict(constants), **figures})
        return
    for name, value in figures.items():
        told = _waits(value) if isinstance(value, dict) else f"{value:,}"
        typer.echo(f"{name.replace('_', ' '):20} {told}")


def _waits(found: dict[str, float]) -> str:
    return " · ".join(f"{name} {seconds:,.2f} s" for name, seconds in found.items())
