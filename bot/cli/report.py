"""`coach report`: what the coach finds out about itself."""

import re
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.options import Home, Json, application_for, print_json

if TYPE_CHECKING:
    from bot.core.drift.model import DriftReport, Month, Side

app = typer.Typer(help="What the coach finds out about itself.", no_args_is_help=True)

A_MONTH = "Such as 2026-11."


@app.callback()
def root() -> None:
    """What the coach finds out about itself."""


@app.command(
    epilog="Examples:  coach report drift  ·  coach report drift --month 2026-11 --json  ·  "
    "coach report drift --baseline 2026-03"
)
def drift(
    context: typer.Context,
    month: Annotated[
        str, typer.Option(help=f"The month to look at; the last one. {A_MONTH}", show_default=False)
    ] = "",
    baseline: Annotated[
        str,
        typer.Option(
            help=f"The first of three months to compare it with; the first ones. {A_MONTH}",
            show_default=False,
        ),
    ] = "",
    home: Home = None,
    json: Json = False,
) -> None:
    """Say whether scores and answers have changed, over all communities; exit 0 either way."""
    from bot.core.drift.words import aside, lines

    features = application_for(context, home).features
    report = features.drift.report(_month(month), _month(baseline))
    if json:
        print_json(_document(report))
        return
    for line in lines(report):
        typer.echo(line)
    typer.echo(aside(report))


def _month(text: str) -> "Month | None":
    from bot.core.drift.errors import NotAMonth
    from bot.core.drift.model import Month

    if not text:
        return None
    found = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", text, re.ASCII)
    if found is None or not int(found[1]):
        raise NotAMonth(text)
    return Month(int(found[1]), int(found[2]))


def _document(report: "DriftReport") -> dict[str, Any]:
    return {
        "baseline": _side(report.before),
        "month": _side(report.now),
        "enough": report.enough,
        "same_grader": report.same_grader,
        "tests": len(report.shifts),
        "adjusted_by": "holm",
        "shifts": [asdict(each) | {"verdict": each.verdict.value} for each in report.shifts],
    }


def _side(side: "Side") -> dict[str, Any]:
    return side._asdict() | {"first": str(side.first), "last": str(side.last)}
