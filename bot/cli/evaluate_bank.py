"""`coach evaluate --bank`: measure the grader on the bank's own graded answers and pairs."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from bot.bootstrap.grading import Grading
    from grading.benchmark import BankReport, Detection, Section


def measured(grading: "Grading", folder: Path | None, half: str | None) -> "BankReport | None":
    """Grade the benchmark of the bank in use, or one half of it, with a progress bar on stderr.

    Returns None when the bank has no graded answers and no pairs.
    """
    from bot.cli.options import progress_bar, progress_on_stderr
    from grading import benchmark
    from knowledge.graded import Half, load_graded_answers
    from knowledge.pairs import load_minimal_pairs

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


def show(report: "BankReport") -> None:
    """Print the figures as tables."""
    from grading.benchmark import TIE

    _show_section(report)
    for name, half in report.by_half.items():
        typer.echo(f"\nHalf {name}:")
        _show_overall(half)
    typer.echo(
        f"\nA tie counts {TIE}. A point labelled partly made counts neither for nor against "
        "'covered'."
    )


def _show_section(section: "Section") -> None:
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


def _show_overall(section: "Section") -> None:
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


def _show_detection(title: str, found: "Detection") -> None:
    typer.echo(
        f"  {title:24}F1 {_number(found.f1)}, precision {_number(found.precision)}", nl=False
    )
    typer.echo(f", recall {_number(found.recall)}")


def _number(value: float | None) -> str:
    return "undefined" if value is None else f"{value:.3f}"
