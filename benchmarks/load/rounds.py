"""Many channels due in the same minute, in communities of which one is rate-limited."""

import asyncio
import time
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path

from benchmarks.load.database import Database, add_plans
from benchmarks.load.figures import RoundFigures, times_of
from benchmarks.load.serving import NotServed, started
from benchmarks.load.stages import Stage, until

LEAD = timedelta(seconds=30)
"""From when the channels are set up until they are due, and up to a minute more."""

RETRY_AFTER = 2.0
"""Seconds for which the limited community tells to wait, every time."""

ROUND_SECONDS = 300.0
LIMITED_SECONDS = 30.0
"""For so long after the minute the community is limited."""


async def measure_round(
    stage: Stage, database: Database, home: Path, channels: int, communities: int
) -> RoundFigures:
    """Have the program post to all channels; return how late each post was.

    Raises:
        Ended: it ended by itself.
        NotServed: it does not serve in time, or the channels were not set up before the minute.
    """
    async with AsyncExitStack() as ends:
        await stage.start()
        ends.push_async_callback(stage.stop)
        places = {stage.community(): list[str]() for _ in range(communities)}
        for community in islice(cycle(places), channels):
            places[community].append(stage.channel(community))
        program, *_ = await ends.enter_async_context(started(stage, database, home))
        await stage.join()
        due = _whole_minute(datetime.now(UTC) + LEAD)
        for community, rooms in places.items():
            with database.opened() as uow:
                add_plans(uow, stage.name, community, rooms, due)
        limited = next(iter(places))
        stage.limit(limited, places[limited], RETRY_AFTER)
        if datetime.now(UTC) > due:
            raise NotServed("the channels were due before all were set up; try again")
        await asyncio.sleep(due.timestamp() - time.time() - 1)
        computed = program.cpu_s
        others = [
            room for community, rooms in places.items() if community != limited for room in rooms
        ]
        every = [room for rooms in places.values() for room in rooms]
        await _posted(stage, others, due)
        spent = program.cpu_s - computed
        await asyncio.sleep(max(0.0, due.timestamp() + LIMITED_SECONDS - time.time()))
        stage.free()
        await _posted(stage, every, due)
    return RoundFigures(
        channels=channels,
        communities=communities,
        others=times_of(_late(stage, others, due)),
        limited=times_of(_late(stage, places[limited], due)),
        cpu_s=round(spent, 2),
    )


async def _posted(stage: Stage, channels: list[str], due: datetime) -> None:
    end = due.timestamp() + ROUND_SECONDS - time.time()
    await until(lambda: all(map(stage.is_posted, channels)), max(0.0, end), 0.1)


def _late(stage: Stage, channels: list[str], due: datetime) -> list[float | None]:
    moments = map(stage.posted_at, channels)
    return [None if each is None else each - due.timestamp() for each in moments]


def _whole_minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0) + timedelta(minutes=1)
