"""What is measured under load: figures that are right, arguments that are, and one small rush."""

import asyncio
import json
import math
import os
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from benchmarks.load.__main__ import command
from benchmarks.load.figures import (
    RateFigures,
    Report,
    RoundFigures,
    RushFigures,
    SoakFigures,
    Times,
    Trial,
    percentile,
    times_of,
)
from benchmarks.load.program import Ended, Program, busy_core
from benchmarks.load.rates import search
from benchmarks.load.soak import memory_of
from benchmarks.load.tables import tables

TIMES = Times(count=4, p50=0.1, p99=0.4, most=0.4, late=0.25, missing=1)


@pytest.mark.parametrize(
    ("share", "value"), [(1, 1), (50, 50), (99, 99), (99.5, 100), (100, 100), (0, 1)]
)
def test_a_percentile_is_one_of_the_values(share, value):
    assert percentile(range(1, 101), share) == value


def test_there_is_no_percentile_of_nothing():
    with pytest.raises(ValueError, match="nothing"):
        percentile([], 50)


def test_what_never_came_is_late_and_among_the_longest():
    found = times_of([0.2, None, 4.0, 0.1])

    assert found == Times(count=4, p50=0.2, p99=4.0, most=4.0, late=0.5, missing=1)


def test_times_of_nothing_are_none_and_of_nothing_that_came_without_end():
    assert times_of([]) is None
    found = times_of([None])
    assert found is not None
    assert (found.most, found.late, found.missing) == (math.inf, 1.0, 1)


@pytest.mark.parametrize(
    ("limit", "held"),
    [(1, 0.0), (5, 5.0), (20, 20.0), (75, 75.0), (79, 75.0), (1_000, 160.0)],
)
def test_the_highest_rate_that_is_held_is_found(limit, held):
    async def trial(rate):
        return times_of([0.1 if rate <= limit else 2.0])

    found = asyncio.run(search(trial, first=20.0, most=160.0, halvings=3))

    assert found.held_per_second == held
    assert len(found.trials) <= 7


def test_a_rate_at_which_one_is_not_acknowledged_is_not_held():
    async def trial(_rate):
        return times_of([0.1] * 1_000 + [None])

    assert asyncio.run(search(trial)).held_per_second == 0


def test_memory_is_compared_once_warm():
    climbing = [100.0] * 10 + [300.0] * 80 + [310.0] * 10

    assert memory_of(climbing) == (300.0, 310.0)
    assert memory_of([5.0]) == (5.0, 5.0)


def test_the_tables_name_every_figure():
    rush = RushFigures(
        answers=4,
        seconds=1,
        acknowledged=TIMES,
        graded=TIMES,
        stored=TIMES,
        help=None,
        completed=TIMES,
        windows=TIMES,
        graded_per_second=10,
        in_process_per_second=25,
        ratio=2.5,
        cpu_ms_each=120,
        in_process_cpu_ms_each=60,
        program_cores=1.5,
        emulator_cores=0.1,
    )
    trial = Trial(per_second=20, acknowledged=TIMES, held=False)
    soak = SoakFigures(
        minutes=30,
        learners=40,
        answers=900,
        acknowledged=TIMES,
        start_mb=500,
        end_mb=540,
        most_mb=541,
        growth=0.08,
        flat=False,
    )
    report = Report(
        platform="slack",
        database="sqlite",
        busy=True,
        cores=2,
        load_before=0.1,
        load_after=2,
        rush=rush,
        rate=RateFigures(held_per_second=0, at_most=320, trials=(trial,)),
        rates={"two programs": RateFigures(held_per_second=35, at_most=320, trials=(trial,))},
        round=RoundFigures(channels=2_000, communities=20, others=TIMES, limited=TIMES, cpu_s=12.5),
        soak=soak,
    )

    said = "\n".join(tables(report))

    assert "slack, sqlite, 2 cores, one of them kept busy" in said
    assert "2.50 times" in said
    assert "120 ms, its grade in this process 60 ms" in said
    assert "20 (not held)" in said
    assert re.search(r"^two programs +35$", said, re.MULTILINE)
    assert "2,000 channels of 20 communities" in said
    assert "+8.0%" in said
    assert "it grows" in said
    assert "25.0%" in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nothing"], "nothing"),
        (["--platform", "terminal"], "terminal"),
        (["--database", "mysql"], "mysql"),
        (["--answers", "1"], "--answers"),
        (["rush", "--platform", "both"], "both platforms at once are for a soak"),
        (["rates"], "--platform slack"),
    ],
)
def test_arguments_that_do_not_fit_are_refused(arguments, said):
    outcome = CliRunner().invoke(command(), arguments)

    assert outcome.exit_code != 0
    assert said in outcome.output


def test_help_gives_examples():
    said = CliRunner().invoke(command(), ["--help"]).output

    assert "\n      python -m benchmarks.load rate --database postgresql\n" in said


def test_a_program_that_ends_says_why(tmp_path):
    program = Program(tmp_path, {"COACH_BUSY_SECONDS": "never"})
    program._process.wait()

    with pytest.raises(Ended, match=r"(?i)busy_seconds"):
        program.check()


def children() -> set[str]:
    me = os.getpid()
    return set(Path(f"/proc/{me}/task/{me}/children").read_text().split())


def test_a_core_is_kept_busy_only_where_that_is_wanted():
    before = children()
    with busy_core(busy=False):
        assert children() == before
    with busy_core(busy=True):
        assert len(children() - before) == 1
    assert children() == before


@pytest.mark.slow
def test_a_small_rush_is_acknowledged_and_graded():
    """On Slack; `coach bench` is tested with one on Discord."""
    arguments = ["rush", "--platform", "slack", "--answers", "4", "--seconds", "1", "--json"]

    outcome = CliRunner().invoke(command(), arguments)

    assert outcome.exit_code == 0, outcome.output
    rush = json.loads(outcome.stdout)["rush"]
    for what in ("acknowledged", "graded", "stored"):
        assert (rush[what]["count"], rush[what]["missing"]) == (4, 0)
    assert rush["graded_per_second"] > 0
    assert rush["program_cores"] > 0
    assert rush["windows"]["missing"] == rush["help"]["missing"] == 0
