r"""Put the whole program under load, and print what it holds: `python -m benchmarks.load`.

\b
    python -m benchmarks.load                        a rush of answers on Discord, with SQLite
    python -m benchmarks.load rush --busy --platform slack
    python -m benchmarks.load rate --database postgresql
    python -m benchmarks.load rates --platform slack  on each database, by two programs, with Ray
    python -m benchmarks.load round --channels 2000 --communities 20
    python -m benchmarks.load soak --platform both --minutes 30
    python -m benchmarks.load rush rate --json
    COACH_GRADING__BACKEND=ray COACH_GRADING__SECONDS=120 python -m benchmarks.load rate

It needs Linux, and the packages for development.
"""

import signal
import sys
from enum import StrEnum
from typing import Annotated

import typer

from benchmarks.load.measuring import Extent, NotMeasured, Part, Wanted, measure
from benchmarks.load.tables import tables


class PlatformName(StrEnum):
    """What is emulated; both are for a soak."""

    DISCORD = "discord"
    SLACK = "slack"
    BOTH = "both"


class DatabaseName(StrEnum):
    """What the program stores in."""

    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"


def main(  # noqa: PLR0913, PLR0917 typer reads options from signatures
    parts: Annotated[
        list[Part] | None, typer.Argument(help="What to measure.", show_default="rush")
    ] = None,
    platform: Annotated[
        PlatformName, typer.Option(help="The platform; both only for a soak.")
    ] = PlatformName.DISCORD,
    database: Annotated[
        DatabaseName, typer.Option(help="The database, made for this.")
    ] = DatabaseName.SQLITE,
    busy: Annotated[  # noqa: FBT002
        bool, typer.Option("--busy", help="Keep one core busy by another process.")
    ] = False,
    answers: Annotated[int, typer.Option(help="rush: how many answers.", min=2)] = 300,
    seconds: Annotated[
        float, typer.Option(help="rush and rate: within how many seconds they come.", min=0.1)
    ] = 10.0,
    channels: Annotated[int, typer.Option(help="round: how many channels.", min=2)] = 2_000,
    communities: Annotated[
        int, typer.Option(help="round: in how many communities; one is limited.", min=2)
    ] = 20,
    minutes: Annotated[float, typer.Option(help="soak: how long.", min=0.2)] = 30.0,
    learners: Annotated[int, typer.Option(help="soak: how many on each platform.", min=1)] = 20,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,  # noqa: FBT002
) -> None:
    """Start the real program before an emulated platform, and print what it holds under load."""
    extent = Extent(answers, seconds, channels, communities, minutes, learners)
    wanted = Wanted(tuple(parts or (Part.RUSH,)), platform.value, database.value, busy, extent)
    try:
        report = measure(wanted)
    except NotMeasured as problem:
        typer.echo(f"benchmarks.load: {problem}", err=True)
        raise typer.Exit(1) from problem
    if json:
        typer.echo(report.model_dump_json(indent=2))
    else:
        for line in tables(report):
            typer.echo(line)


def command() -> typer.Typer:
    """Return the command, with the examples above in its help."""
    application = typer.Typer(add_completion=False, rich_markup_mode=None)
    application.command(help=(__doc__ or "").replace(r"\b", "\b"))(main)
    return application


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # or programs stay
    command()(prog_name="python -m benchmarks.load")
