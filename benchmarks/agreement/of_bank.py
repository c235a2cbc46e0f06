"""`coach evaluate --bank`: measure the grader on the bank's own graded answers and pairs."""

from pathlib import Path

import typer

from benchmarks.agreement import bank as benchmark
from benchmarks.agreement.bank import TIE, BankReport, Detection, Section
from bot.bootstrap.grading import Grading, grading_of
from bot.cli.options import print_json, progress_bar, progress_on_stderr, stop
from bot.settings import Settings
from knowledge.graded import Half, load_graded_answers
from knowledge.pairs import load_minimal_pairs


def evaluate(settings: Settings, half: str | None, *, json: bool) -> None:
    """Grade the benchmark of the bank in use and print the figures, as JSON or as tables."""
    grading = grading_of(settings)
    report = _measured(grading, settings.knowledge, half)
    if report is None:
        stop("the bank has no graded answers and no minimal pairs: nothing to evaluate.")
    identity = grading.grader.identity
    if json:
        print_json({"grader": identity.model_dump(), **report.model_dump(mode="json")})
        return
    named = identity.model_dump(exclude_none=True).items()
    typer.echo(f"Grader {', '.join(f'{name} {value}' for name, value in named)}")
    _show(report)


def _measured(grading: Grading, folder: Path | None, half: str | None) -> BankReport | None:
    """Grade the benchmark or one half of it, with a progress bar; None where it is empty."""
    bank = grading.shipped
    graded, pairs = [*load_graded_answers(bank, folder)], [*load_minimal_pairs(bank, folder)]
    if half is not None:
        graded, pairs = benchmark.of_half(graded, pairs, Half(half))
    total = sum(len(entry.answers) for entry in graded) + 2 * len(pairs)
    if not total:
        return None
    grading.corpus.prepare(progress_on_stderr())
    with progress_bar(total) as advance:
        return benchmark.measure(bank, graded, pairs, grading.grader.grade, advance)


def _show(report: BankReport) -> None:
    _show_section(report)
    for name, half in report.by_half.items():
        typer.echo(f"\nHalf {name}:")
        _show_overall(half)
    typer.echo(
        f"\nA tie counts {TIE}. A point labelled partly made counts neither for nor against "
        "'covered'."
    )


def _show_section(section: Section) -> None:
    _show_overall(section)
    if section.by_kind:
        typer.echo(f"\n  {'kind of answer':24}{'n':>5}{'fair':>8}{'given':>8}{'in band':>9}")
    for kind, means in section.by_kind.items():
        typer.echo(f"  {kind:24}{means.n:5}{means.score:8.2f}{means.predicted:8.2f}", nl=False)
        typer.echo(f"{means.in_band:9.2f}")
    if section.pairs_by_kind:
        typer.echo(f"\n  {'kind of pair':24}{'n':>5}{'right':>8}{'ties':>8}")
    for kind, ordering in section.pairs_by_kind.items():
        typer.echo(f"  {kind:24}{ordering.n:5}{ordering.right:8.2f}{ordering.ties:8}")


def _show_overall(section: Section) -> None:
    scores, pairs = section.scores, section.pairs
    if scores is not None:
        typer.echo(f"{scores.n} answers to {section.questions} questions")
        for name in ("pearson", "spearman", "rmse", "qwk"):
            typer.echo(f"  {name:24}{_number(getattr(scores, name))}")
        _show_detection("points covered", section.covered)
        _show_detection("points contradicted", section.contradicted)
    if pairs is not None:
        typer.echo(f"  {'pairs ordered right':24}{pairs.right:.3f}", nl=False)
        typer.echo(f"   of {pairs.n}, {pairs.ties} ties")


def _show_detection(title: str, found: Detection) -> None:
    typer.echo(
        f"  {title:24}F1 {_number(found.f1)}, precision {_number(found.precision)}", nl=False
    )
    typer.echo(f", recall {_number(found.recall)}")


def _number(value: float | None) -> str:
    return "undefined" if value is None else f"{value:.3f}"
