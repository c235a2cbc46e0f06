"""All that `coach bench` measures, and its figures as small tables."""

import resource
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NoReturn, TypeVar

import typer

from benchmarks.speed import indexes
from benchmarks.speed.answers import answer_of, material
from benchmarks.speed.banks import measure_banks
from benchmarks.speed.crowd import steps_to_fill
from benchmarks.speed.grading import WARM_UP, answers_per_second, time_grades
from benchmarks.speed.processes import Failed, run_timed
from benchmarks.speed.report import IndexFigures, Report
from benchmarks.speed.store import MEASURING_STEPS, StoreReport, measure_store
from bot.bootstrap.application import Application
from knowledge.graded import GradedQuestion

PREFERRED = "monitoring/concept-drift"
"""The question that is graded, where the bank in use has it."""

Result = TypeVar("Result")

COLD_WORDS = 60
"""Words of the first answer of a fresh process."""


@dataclass(frozen=True)
class Extent:
    """How much is measured."""

    rounds: int
    answers: int
    starts: int
    banks: tuple[int, ...]
    sizes: tuple[int, ...]
    attempts: int


FULL = Extent(
    rounds=200,
    answers=256,
    starts=3,
    banks=(33, 233, 2_000),
    sizes=(1_000, 10_000, 100_000, 1_000_000),
    attempts=1_000_000,
)
"""200 rounds: two of them lie beyond the 99th percentile."""

QUICK = Extent(rounds=2, answers=4, starts=1, banks=(33,), sizes=(1_000,), attempts=1_000)


def extent_of(*, quick: bool, attempts: int | None) -> Extent:
    """Return how much is measured: much or little, with so many answers in the database."""
    extent = QUICK if quick else FULL
    return replace(extent, attempts=attempts or extent.attempts)


def measure(application: Application, home: Path | None, extent: Extent) -> Report:
    """Run every part with a progress bar on stderr."""
    from benchmarks.speed.report import Report

    entry = _entry(application)
    question = application.grading.shipped.get(entry.question)
    grading = application.grading
    corpus, grader, encoder = grading.corpus, grading.grader, grading.encoder
    steps = extent.rounds + WARM_UP + extent.starts + len(extent.banks) + len(extent.sizes) + 2
    with _progress(steps) as at:
        tick = at("reading the questions")
        corpus.prepare()
        tick(1)
        tick = at("grading")
        times = time_grades(grader, encoder, question, entry, extent.rounds, tick)
        tick = at("grading many at once")
        rates = answers_per_second(grader, encoder, question, entry, extent.answers)
        tick(1)
        rss_mb = _resident_mb()
        tick = at("starting afresh")
        answer = answer_of(COLD_WORDS, material(entry))
        cold_start_s = _cold_start(home, entry.question, answer, extent.starts, tick)
        tick = at("starting with banks of several sizes")
        banks = _timed(
            lambda: measure_banks(extent.banks, entry.question, answer, extent.starts, tick)
        )
        index = []
        width = encoder.encode([question.prompt])[0].sentence.shape[0]
        for size in extent.sizes:
            tick = at(f"searching {size:,} passages")
            index.append(indexes.measure_index(size, width))
            tick(1)
    return Report(
        grade_ms=times.grade_ms,
        forward_ms_p50=times.forward_ms_p50,
        ratio_to_forward=times.ratio_to_forward,
        ratio_to_own_forward=times.ratio_to_own_forward,
        answers_per_second=rates,
        cold_start_s=cold_start_s,
        rss_mb=rss_mb,
        naive_ratio=times.naive_ratio,
        banks=banks,
        index=tuple(index),
    )


def measure_database(application: Application, extent: Extent) -> StoreReport:
    """Measure the database in a folder that goes afterwards."""
    steps = steps_to_fill(extent.attempts) + MEASURING_STEPS
    with tempfile.TemporaryDirectory() as folder, _progress(steps) as at:
        return measure_store(application, Path(folder), extent.attempts, extent.rounds, at)


def _entry(application: Application) -> GradedQuestion:
    """Return the shipped sample answers to a question of the bank in use."""
    from knowledge.graded import load_graded_answers
    from knowledge.loader import load_bank

    entries = [
        e for e in load_graded_answers(load_bank()) if e.question in application.grading.shipped
    ]
    if not entries:
        _stop("the benchmark needs one of the shipped questions: unset COACH_KNOWLEDGE.")
    return min(entries, key=lambda entry: entry.question != PREFERRED)


def _cold_start(
    home: Path | None, question: str, answer: str, starts: int, tick: Callable[[int], None]
) -> float:
    """Return the median seconds from starting a new process to its first grade and its end."""
    command = [sys.executable, "-m", "bot"]
    command += ["--home", str(home)] if home else []
    command += ["grade", question, "--answer", answer, "--json"]
    taken = []
    for _ in range(starts):
        seconds, _ = _timed(lambda: run_timed(command))
        taken.append(seconds)
        tick(1)
    return sorted(taken)[len(taken) // 2]


def _timed(measure: Callable[[], Result]) -> Result:
    """Measure processes of our own; say which one failed, and end."""
    try:
        return measure()
    except Failed as problem:
        _stop(f"a fresh process could not grade: {problem}")


def _resident_mb() -> float:
    """Return the memory of this process in MB (10^6): now on Linux, else the most it ever had."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6, 1)
    return round(pages * resource.getpagesize() / 1e6, 1)


def _stop(reason: str) -> NoReturn:
    """End with a domain error."""
    typer.echo(f"coach: {reason}", err=True)
    raise typer.Exit(1)


@contextmanager
def _progress(steps: int) -> Iterator[Callable[[str], Callable[[int], None]]]:
    """Show a bar on stderr; yield what names the part that begins and returns its tick."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=steps)

        def at(part: str) -> Callable[[int], None]:
            bar.update(task, description=part)
            return lambda count: bar.advance(task, count)

        yield at


def show(report: Report) -> None:
    """Print the figures as small tables."""
    typer.echo("One grade, in ms, beside one forward pass of the bare model over the answer: in")
    typer.echo("32 bits, and (own) in the precision in which the grader runs it")
    typer.echo(f"{'words':>7}{'p50':>9}{'p95':>9}{'p99':>9}{'forward':>10}{'ratio':>8}{'own':>8}")
    for words, times in report.grade_ms.items():
        typer.echo(f"{words:>7}{times.p50:9.1f}{times.p95:9.1f}{times.p99:9.1f}", nl=False)
        typer.echo(
            f"{report.forward_ms_p50[words]:10.1f}{report.ratio_to_forward[words]:8.2f}", nl=False
        )
        typer.echo(f"{report.ratio_to_own_forward[words]:8.2f}")
    typer.echo(f"\nA grade of 120 words takes {report.naive_ratio:.2f} times a plain embedding")
    typer.echo("\nAnswers a second, by how many are under way at once")
    for at_once, rate in report.answers_per_second.items():
        typer.echo(f"{at_once:>7}{rate:9.1f}")
    typer.echo(f"\nA fresh process to its first grade: {report.cold_start_s:.1f} s")
    typer.echo(f"Memory after grading: {report.rss_mb:.0f} MB")
    typer.echo(
        "\nFresh processes by the questions of a bank: seconds (in an empty home), MB at most"
    )
    typer.echo(f"{'questions':>10}{'grade':>16}{'MB':>8}{'search':>16}{'MB':>8}")
    for bank in report.banks:
        grade = f"{bank.grade_s:.1f} ({bank.first_grade_s:.1f})"
        search = f"{bank.search_s:.1f} ({bank.first_search_s:.1f})"
        typer.echo(f"{bank.questions:>10,}{grade:>16}{bank.grade_mb:8.0f}", nl=False)
        typer.echo(f"{search:>16}{bank.search_mb:8.0f}")
    typer.echo("\nSearch among synthetic passages")
    typer.echo(f"{'passages':>10}  {'kind':<12}{'build s':>9}{'p50 ms':>9}{'recall':>8}{'MB':>9}")
    for one in report.index:
        if isinstance(one, IndexFigures):
            typer.echo(f"{one.passages:>10,}  {one.kind:<12}{one.build_s:9.2f}", nl=False)
            typer.echo(f"{one.search_ms_p50:9.3f}{one.recall_at_10:8.3f}{one.mb:9.1f}")
        else:
            typer.echo(f"{one.passages:>10,}  skipped: {one.skipped}")


def show_store(report: StoreReport) -> None:
    """Print the figures of the database."""
    board, progress = report.leaderboard, report.progress
    typer.echo(f"\nAmong {board.attempts:,} answers of {board.learners:,} learners, in ms")
    typer.echo(f"{'leaderboard':>12}{board.ms_p50:9.1f} p50{board.ms_p99:9.1f} p99")
    typer.echo(f"{'progress':>12}{progress.ms_p50:9.1f} p50")
