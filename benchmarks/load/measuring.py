"""Measure what is wanted, each part with a program, a platform and a database of its own."""

import asyncio
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

import typer

from benchmarks.load.database import Database, database
from benchmarks.load.discord_stage import DiscordStage
from benchmarks.load.figures import Report, RushFigures
from benchmarks.load.program import Ended, busy_core
from benchmarks.load.rates import measure_rate
from benchmarks.load.rounds import measure_round
from benchmarks.load.rush import measure_rush, rate_in_process
from benchmarks.load.serving import NotServed, Texts, serving
from benchmarks.load.slack_stage import SlackStage
from benchmarks.load.soak import measure_soak
from benchmarks.load.stages import Stage
from bot.bootstrap.grading import grading_of
from bot.settings import Settings

WARM_UP = 4
"""Answers that are not counted: the model's first passes are slower."""


class Part(StrEnum):
    """What can be measured."""

    RUSH = "rush"
    RATE = "rate"
    RATES = "rates"
    ROUND = "round"
    SOAK = "soak"


@dataclass(frozen=True)
class Setup:
    """What the program runs with: its database, how many share it, and settings."""

    database: str = "sqlite"
    programs: int = 1
    settings: Mapping[str, str] = field(default_factory=dict)


RAY = {"COACH_GRADING__BACKEND": "ray", "COACH_GRADING__SECONDS": "120"}
SETUPS = {
    "SQLite": Setup(),
    "PostgreSQL": Setup("postgresql"),
    "PostgreSQL, two programs": Setup("postgresql", programs=2),
    "SQLite, grading on Ray Serve": Setup(settings=RAY),
}
"""Those whose rates are compared."""


class NotMeasured(Exception):
    """What was wanted could not be measured, and why."""


@dataclass(frozen=True)
class Extent:
    """How much is measured."""

    answers: int = 300
    seconds: float = 10.0
    channels: int = 2_000
    communities: int = 20
    minutes: float = 30.0
    learners: int = 20


SMALL, QUICK = Extent(answers=60, seconds=3.0), Extent(answers=6, seconds=1.0)
"""A rush that is over in half a minute, and one for a first look."""


@dataclass(frozen=True)
class Wanted:
    """What is measured, on which platform with which database, beside a busy core or not."""

    parts: tuple[Part, ...]
    platform: str
    database: str
    busy: bool
    extent: Extent


def measure(wanted: Wanted) -> Report:
    """Measure all parts that are wanted, one after the other.

    Raises:
        NotMeasured: the parts and the platform do not go together, or the program ended.
    """
    if wanted.platform == "both" and set(wanted.parts) != {Part.SOAK}:
        raise NotMeasured("both platforms at once are for a soak; choose discord or slack")
    if wanted.platform == "discord" and Part.RATES in wanted.parts:
        raise NotMeasured("only Slack delivers to several programs by turns; add --platform slack")
    before = os.getloadavg()[0]
    found: dict[str, Any] = {}
    for part in dict.fromkeys(wanted.parts):
        if part is Part.RATES:
            rates = {name: _alone(Part.RATE, wanted, setup) for name, setup in SETUPS.items()}
            found[part.value] = rates
        else:
            found[part.value] = _alone(part, wanted, Setup(wanted.database))
    return Report(
        platform=wanted.platform,
        database=wanted.database,
        busy=wanted.busy,
        cores=len(os.sched_getaffinity(0)),
        load_before=round(before, 2),
        load_after=round(os.getloadavg()[0], 2),
        **found,
    )


def measure_program(*, quick: bool) -> RushFigures:
    """Measure a small rush on Discord with SQLite, for `coach bench`; end where that fails."""
    wanted = Wanted((Part.RUSH,), "discord", "sqlite", busy=False, extent=QUICK if quick else SMALL)
    try:
        rush = measure(wanted).rush
    except NotMeasured as problem:
        typer.echo(f"coach: the whole program could not be measured: {problem}", err=True)
        raise typer.Exit(1) from problem
    assert rush is not None  # noqa: S101 it was wanted
    return rush


def _alone(part: Part, wanted: Wanted, setup: Setup) -> Any:
    """Measure a part with a home and a database of its own."""
    with (
        tempfile.TemporaryDirectory() as folder,
        database(setup.database, Path(folder)) as filled,
        busy_core(busy=wanted.busy),
    ):
        try:
            return asyncio.run(_part(part, wanted, setup, filled, Path(folder)))
        except (Ended, NotServed) as problem:
            raise NotMeasured(str(problem)) from problem


async def _part(part: Part, wanted: Wanted, setup: Setup, filled: Database, home: Path) -> Any:
    extent = wanted.extent
    if part is Part.ROUND:
        stage = _stage(wanted.platform, many=True)
        return await measure_round(stage, filled, home, extent.channels, extent.communities)
    if part is Part.SOAK:
        names = ("discord", "slack") if wanted.platform == "both" else (wanted.platform,)
        stages = [_stage(name) for name in names]
        return await measure_soak(stages, filled, home, extent.minutes, extent.learners)
    stage = _stage(wanted.platform, programs=setup.programs)
    if part is Part.RATE:
        async with serving(stage, filled, home, setup.settings) as served:
            return await measure_rate(served, extent.seconds)
    # As the program's, whose home is empty: with the shipped questions.
    grader = grading_of(Settings(home=home, knowledge=None), serving=True).grader
    rate_in_process(grader, Texts().several(WARM_UP))
    async with serving(stage, filled, home) as served:
        return await measure_rush(served, grader, extent.answers, extent.seconds)


def _stage(platform: str, *, many: bool = False, programs: int = 1) -> Stage:
    if platform == "discord":
        return DiscordStage()
    return SlackStage(many=many, programs=programs)
