"""`coach evaluate FILE`: grade answers that people have graded, and tell how well they agree."""

import json as jsonlib
from pathlib import Path

import typer

from benchmarks.agreement import evaluation, marking
from benchmarks.agreement.evaluation import Prediction, Report
from benchmarks.agreement.rows import Row, read_rows
from bot.bootstrap.grading import Grading, grading_of
from bot.cli.options import print_json, progress_bar, stop
from bot.settings import Settings


def read(file: Path, split: str | None, limit: int | None) -> list[Row]:
    """Return the first rows of a file, all or those of a split; end where there are none."""
    rows = [row for row in read_rows(file) if split is None or row.split == split]
    if not rows:
        which = f"no row of the split {split!r}" if split else "no rows"
        stop(f"{file} has {which}: nothing to evaluate.")
    return rows[:limit]


def evaluate(
    settings: Settings,
    file: Path,
    rows: list[Row],
    *,
    rubric: str,
    predictions: Path | None,
    baseline: bool,
    json: bool,
) -> None:
    """Grade the rows of a file and print the figures, as JSON or as a table."""
    grading = grading_of(settings)
    graded, seconds, unmatched = _graded(grading, rows, rubric)
    if not graded:
        stop(f"none of the {unmatched} rows of {file} asks a question of the bank.")
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


def _graded(grading: Grading, rows: list[Row], rubric: str) -> tuple[list[Prediction], float, int]:
    """Grade the rows with a progress bar on stderr; count those without a question."""
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


def _write(path: Path, graded: list[Prediction]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for one in graded:
            line = {
                "question_id": one.row.question_id,
                "student_answer": one.row.student_answer,
                "score": one.row.score,
                "predicted": round(one.predicted, 4),
            }
            file.write(jsonlib.dumps(line, ensure_ascii=False) + "\n")


def _show(report: Report) -> None:
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
