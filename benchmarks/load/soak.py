"""Minutes of practice by a few people on each platform: whether the program's memory grows."""

import asyncio
import random
import statistics
import time
from contextlib import AsyncExitStack
from pathlib import Path

from benchmarks.load.database import Database
from benchmarks.load.figures import SoakFigures, times_of
from benchmarks.load.program import Program
from benchmarks.load.serving import Texts, started
from benchmarks.load.stages import Stage, until

PAUSE = 20.0
"""Seconds in the mean between what somebody does and what they do next."""

SAMPLE_EVERY = 2.0
FLAT = 0.05
WARM_SHARE = 0.2
"""Of the time, until caches are warm; memory at the start is that of the tenth thereafter."""

WINDOW_SHARE = 0.1
LUCK = random.Random(7)  # noqa: S311 pauses, not secrets


async def measure_soak(
    stages: list[Stage], database: Database, home: Path, minutes: float, learners: int
) -> SoakFigures:
    """Let so many learners practise on each platform; all are served by one program.

    Raises:
        Ended: it ended by itself.
        NotServed: it does not serve in time.
    """
    async with AsyncExitStack() as ends:
        for stage in stages:
            await stage.start()
            ends.push_async_callback(stage.stop)
        everybody = [_people(stage, learners) for stage in stages]
        settings = {name: value for stage in stages for name, value in stage.settings[0].items()}
        program, *_ = await ends.enter_async_context(started(stages[0], database, home, settings))
        for stage in stages[1:]:
            await until(stage.is_served, check=program.check)
        return await _practised(program, everybody, minutes)


Group = tuple[Stage, str, list[str]]


def _people(stage: Stage, learners: int) -> Group:
    community = stage.community()
    channel = stage.channel(community)
    return stage, channel, [stage.person(community) for _ in range(learners)]


async def _practised(program: Program, groups: list[Group], minutes: float) -> SoakFigures:
    texts, end = Texts(), time.monotonic() + 60 * minutes
    acknowledged: list[float | None] = []

    async def practise(stage: Stage, channel: str, person: str) -> None:
        while time.monotonic() < end:
            await asyncio.sleep(LUCK.expovariate(1 / PAUSE))
            try:
                acknowledged.append(await stage.practise(person, channel, texts.next()))
            except AssertionError:
                acknowledged.append(None)

    practising = [
        asyncio.create_task(practise(stage, channel, person))
        for stage, channel, people in groups
        for person in people
    ]
    samples = []
    while time.monotonic() < end:
        program.check()
        samples.append(program.rss_mb)
        await asyncio.sleep(SAMPLE_EVERY)
    await asyncio.gather(*practising)
    start, last = memory_of(samples)
    return SoakFigures(
        minutes=minutes,
        learners=sum(len(people) for _, _, people in groups),
        answers=len(acknowledged),
        acknowledged=times_of(acknowledged),
        start_mb=round(start, 1),
        end_mb=round(last, 1),
        most_mb=round(max(samples), 1),
        growth=round(last / start - 1, 4),
        flat=last / start - 1 <= FLAT,
    )


def memory_of(samples: list[float]) -> tuple[float, float]:
    """Return the median of the samples once warm and that of the last ones.

    Raises:
        StatisticsError: there are none.
    """
    size = max(1, round(WINDOW_SHARE * len(samples)))
    warm = min(round(WARM_SHARE * len(samples)), len(samples) - size)
    return statistics.median(samples[warm : warm + size]), statistics.median(samples[-size:])
