"""`coach evaluate`: measure the grader against people."""

import json as jsonlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NoReturn

import typer

from bot.cli.options import Home, Json, print_json, started_with

if TYPE_CHECKING:
    from bot.bootstrap.grading import Grading
    from bot.settings import Settings
    from grading.evaluation import Prediction, Report
    from grading.rows import Row


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
        _evaluate_bank(started_with(context, home), half, json=json)
        return
    if file is None:
        raise typer.BadParameter("name a FILE of graded rows, or use --bank", param_hint="FILE")
    from bot.bootstrap.grading import grading_of

    _refuse({"--half": half}, "goes with --bank, not with FILE")
    rows = _rows(file, split, limit)
    _evaluate_rows(
        grading_of(started_with(context, home)),
        file,
        rows,
        rubric or "row",
        predictions,
        baseline=baseline,
        json=json,
    )


def _refuse(given: dict[str, object], reason: str) -> None:
    """End with wrong usage if one of these was given."""
    for name, value in given.items():
        if value is not None:
            message = "give either FILE or --bank, not both" if name == "FILE" else reason
            raise typer.BadParameter(message, param_hint=name)


def _evaluate_bank(settings: "Settings", half: str | None, *, json: bool) -> None:
    from bot.bootstrap.grading import grading_of
    from bot.cli import evaluate_bank

    grading = grading_of(settings)
    report = evaluate_bank.measured(grading, settings.knowledge, half)
    if report is None:
        _stop("the bank has no graded answers and no minimal pairs: nothing to evaluate.")
    identity = grading.grader.identity
    if json:
        print_json({"grader": identity.model_dump(), **report.model_dump(mode="json")})
    else:
        named = identity.model_dump(exclude_none=True).items()
        typer.echo(f"Grader {', '.join(f'{name} {value}' for name, value in named)}")
        evaluate_bank.show(report)


def _rows(file: Path, split: str | None, limit: int | None) -> "list[Row]":
    from grading.rows import read_rows

    rows = [row for row in read_rows(file) if split is None or row.split == split]
    if not rows:
        which = f"no row of the split {split!r}" if split else "no rows"
        _stop(f"{file} has {which}: nothing to evaluate.")
    return rows[:limit]


def _evaluate_rows(
    grading: "Grading",
    file: Path,
    rows: "list[Row]",
    rubric: str,
    predictions: Path | None,
    *,
    baseline: bool,
    json: bool,
) -> None:
    from grading import evaluation, marking

    graded, seconds, unmatched = _graded(grading, rows, rubric)
    if not graded:
        _stop(f"none of the {unmatched} rows of {file} asks a question of the bank.")
    report = evaluation.report(graded, seconds, unmatched)
    if baseline:
        encoder = grading.corpus.encoder
        cosine = marking.cosine_baseline([one.row for one in graded], encoder)
        report = report.model_copy(update={"baseline": cosine})
    if predictions is not None:
        _write(predictions, graded)
    if json:
        print_json(report.model_dump(mode="json"))
    else:
        _show(report)


def _graded(
    grading: "Grading", rows: "list[Row]", rubric: str
) -> "tuple[list[Prediction], float, int]":
    """Grade the rows with a progress bar on stderr; count those without a question."""
    from bot.cli.options import progress_bar
    from grading import marking

    if rubric == "bank":
        grading.corpus.prepare()
    marker = marking.Marker(grading.grader, grading.corpus, grading.search)
    matched = [row for row in rows if rubric == "row" or marker.question_of(row) is not None]
    score = marker.by_row if rubric == "row" else marker.by_bank
    if not matched:
        return [], 0.0, len(rows)
    with progress_bar(len(matched)) as advance:
        graded, seconds = marking.evaluate(matched, score, marker.prefetching, advance)
    return graded, seconds, len(rows) - len(matched)


def _stop(reason: str) -> NoReturn:
    """End with a domain error."""
    typer.echo(f"coach: {reason}", err=True)
    raise typer.Exit(1)


def _write(path: Path, graded: "list[Prediction]") -> None:
    with path.open("w", encoding="utf-8") as file:
        for one in graded:
            line = {
                "question_id": one.row.question_id,
                "student_answer": one.row.student_answer,
                "score": one.row.score,
                "predicted": round(one.predicted, 4),
            }
            file.write(jsonlib.dumps(line, ensure_ascii=False) + "\n")


def _show(report: "Report") -> None:
    """Print the figures as a small table."""
    typer.echo(f"{report.n} answers to {report.questions} questions", nl=False)
    typer.echo(f", {report.unmatched} without a question" if report.unmatched else "")
    for name in ("pearson", "spearman", "rmse", "qwk", "within_question_r"):
        value = getattr(report, name)
        typer.echo(f"  {name:18}{'undefined' if value is None else f'{value:.3f}'}")
    if report.baseline is not None:
        typer.echo(f"  cosine baseline   pearson {report.baseline.pearson}")
    for title, groups in (("label", report.by_label), ("kind", report.by_kind)):
        for name, means in groups.items():
            typer.echo(f"  {title} {name:22}{means.n:6}  people {means.score:.2f}", nl=False)
            typer.echo(f"  grader {means.predicted:.2f}")
    typer.echo(f"  {report.seconds:.1f} s, {report.answers_per_second:.0f} answers a second")
