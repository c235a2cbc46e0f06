"""Measure what is wanted, each part with a program, a platform and a database of its own."""

import asyncio
import os
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

import typer

from benchmarks.load.database import Database, database
from benchmarks.load.discord_stage import DiscordStage
from benchmarks.load.figures import Report, RushFigures
from benchmarks.load.program import Ended, busy_core
from benchmarks.load.rates import measure_rate
from benchmarks.load.rounds import measure_round
from benchmarks.load.rush import measure_rush, rate_in_process
from benchmarks.load.serving import NotServed, Serving, Texts, serving
from benchmarks.load.slack_stage import SlackStage
from benchmarks.load.soak import measure_soak
from benchmarks.load.stages import Stage
from bot.bootstrap.grading import grading_of
from bot.settings import Settings

T = TypeVar("T")
WARM_UP = 4
"""Answers that are not counted: the model's first passes are slower."""


class Part(StrEnum):
    """What can be measured."""

    RUSH = "rush"
    RATE = "rate"
    ROUND = "round"
    SOAK = "soak"


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
    before = os.getloadavg()[0]
    found: dict[str, Any] = {}
    for part in dict.fromkeys(wanted.parts):
        with (
            tempfile.TemporaryDirectory() as folder,
            database(wanted.database, Path(folder)) as filled,
            busy_core(busy=wanted.busy),
        ):
            try:
                found[part.value] = asyncio.run(_part(part, wanted, filled, Path(folder)))
            except (Ended, NotServed) as problem:
                raise NotMeasured(str(problem)) from problem
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


async def _part(part: Part, wanted: Wanted, filled: Database, home: Path) -> Any:
    extent = wanted.extent
    if part is Part.ROUND:
        stage = _stage(wanted.platform, many=True)
        return await measure_round(stage, filled, home, extent.channels, extent.communities)
    if part is Part.SOAK:
        names = ("discord", "slack") if wanted.platform == "both" else (wanted.platform,)
        stages = [_stage(name) for name in names]
        return await measure_soak(stages, filled, home, extent.minutes, extent.learners)
    if part is Part.RATE:
        return await _served(wanted, filled, home, lambda it: measure_rate(it, extent.seconds))
    # As the program's, whose home is empty: with the shipped questions.
    grader = grading_of(Settings(home=home, knowledge=None), serving=True).grader
    rate_in_process(grader, Texts().several(WARM_UP))
    return await _served(
        wanted, filled, home, lambda it: measure_rush(it, grader, extent.answers, extent.seconds)
    )


async def _served(
    wanted: Wanted, filled: Database, home: Path, work: Callable[[Serving], Awaitable[T]]
) -> T:
    async with serving(_stage(wanted.platform), filled, home) as served:
        return await work(served)


def _stage(platform: str, *, many: bool = False) -> Stage:
    return DiscordStage() if platform == "discord" else SlackStage(many=many)
