"""`coach evaluate`: measure the grader against people."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from bot.cli.options import Home, Json, benchmark, started_with


def evaluate(
    context: typer.Context,
    file: Annotated[
        Path | None,
        typer.Argument(help="Human-graded rows: JSON lines, .gz or not.", show_default=False),
    ] = None,
    bank: Annotated[
        bool, typer.Option("--bank", help="Use the bank's own graded answers and minimal pairs.")
    ] = False,
    half: Annotated[
        Literal["fit", "held-out"] | None,
        typer.Option(help="With --bank: only one half of the questions."),
    ] = None,
    split: Annotated[str | None, typer.Option(help="Only rows of this split.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Only the first so many rows.")] = None,
    rubric: Annotated[
        Literal["row", "bank"] | None,
        typer.Option(
            help="Grade by the row's own references (the default), or by the bank's question.",
        ),
    ] = None,
    predictions: Annotated[
        Path | None, typer.Option(help="Write each row's prediction here, as JSON lines.")
    ] = None,
    baseline: Annotated[
        bool, typer.Option("--baseline", help="Add the cosine of whole texts for comparison.")
    ] = False,
    home: Home = None,
    json: Json = False,
) -> None:
    """Grade answers that people have graded, and report how well the grader agrees with them.

    Give either FILE or --bank.
    """
    for_rows = {
        "--split": split,
        "--limit": limit,
        "--rubric": rubric,
        "--predictions": predictions,
        "--baseline": baseline or None,
    }
    if bank:
        _refuse({"FILE": file, **for_rows}, "goes with FILE, not with --bank")
        of_bank = benchmark("agreement.of_bank")
        of_bank.evaluate(started_with(context, home), half, json=json)
        return
    if file is None:
        raise typer.BadParameter("name a FILE of graded rows, or use --bank", param_hint="FILE")
    _refuse({"--half": half}, "goes with --bank, not with FILE")
    of_rows = benchmark("agreement.of_rows")
    rows = of_rows.read(file, split, limit)
    how = {"rubric": rubric or "row", "predictions": predictions, "baseline": baseline}
    of_rows.evaluate(started_with(context, home), file, rows, **how, json=json)


def _refuse(given: dict[str, object], reason: str) -> None:
    """End with wrong usage if one of these was given."""
    for name, value in given.items():
        if value is not None:
            message = "give either FILE or --bank, not both" if name == "FILE" else reason
            raise typer.BadParameter(message, param_hint=name)
