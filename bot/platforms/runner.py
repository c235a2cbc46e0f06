"""Serve the configured platforms and do what has to be done again and again, until told to stop."""

import asyncio
import logging
import signal
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from bot.core.errors import NothingToRun
from bot.core.faults import Faults

log = logging.getLogger(__name__)


class Platform(Protocol):
    """Something that people reach the coach by."""

    @property
    def name(self) -> str:
        """Its name, as in `PlatformUser.platform`."""
        ...

    async def start(self) -> None:
        """Begin to serve, and return when people can be served.

        Raises:
            PlatformRefused: it does not let the coach in.
        """
        ...

    async def ended(self) -> None:
        """Return, or raise, when serving has ended without anybody stopping it."""
        ...

    def trouble(self) -> str | None:
        """Return why people cannot be served now, None where they can; from any thread."""
        ...

    async def stop(self) -> None:
        """Take nothing more, finish what was taken, and leave; also where start has failed."""
        ...


@dataclass(frozen=True)
class Job:
    """Something to do at the start and then every so many seconds, in a thread.

    What it raises is logged when it begins to, and it is done again at the next time.
    """

    name: str
    seconds: float
    run: Callable[[], object]


JOB_SECONDS = 10.0
"""So long a job may take to be finished at the end; nothing is lost when it is cut."""


async def serve(
    platforms: Sequence[Platform], jobs: Sequence[Job], stop: asyncio.Event | None = None
) -> tuple[str, ...]:
    """Serve until `stop` is set, SIGTERM or SIGINT comes, or a platform ends by itself.

    Return the names of jobs that are still at it: whoever waits for their threads waits for them.

    Raises:
        NothingToRun: there is no platform.
        PlatformRefused: a platform does not let the coach in; the others are stopped.
    """
    if not platforms:
        raise NothingToRun
    stop = stop or asyncio.Event()
    _on_signals(stop)
    try:
        for platform in platforms:
            if not await _started(platform, stop):
                return ()
            log.info("serving %s", platform.name)
        return await _until(stop, platforms, jobs)
    finally:
        stop.set()
        await asyncio.gather(*(_stopped(platform) for platform in platforms))


async def _started(platform: Platform, stop: asyncio.Event) -> bool:
    """Start a platform; return False where it is time to stop before people can be served."""
    starting, told = asyncio.create_task(platform.start()), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({starting, told}, return_when=asyncio.FIRST_COMPLETED)
        if starting.done():
            starting.result()
            return True
        return False
    finally:
        for task in (starting, told):
            task.cancel()
        await asyncio.gather(starting, told, return_exceptions=True)


async def _until(
    stop: asyncio.Event, platforms: Sequence[Platform], jobs: Sequence[Job]
) -> tuple[str, ...]:
    """Do the jobs until it is time to stop; return those that are still at it.

    Raises:
        PlatformRefused: what ended a platform.
    """
    faults = Faults()
    working = [
        asyncio.create_task(_again_and_again(job, stop, faults), name=job.name) for job in jobs
    ]
    ends = [asyncio.create_task(platform.ended(), name=platform.name) for platform in platforms]
    told = asyncio.create_task(stop.wait(), name="stop")
    try:
        done, _ = await asyncio.wait({told, *ends}, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        stop.set()
        for task in (told, *ends):
            task.cancel()
        await asyncio.gather(told, *ends, return_exceptions=True)
    if not working:
        return ()
    _, left = await asyncio.wait(working, timeout=JOB_SECONDS)
    return tuple(task.get_name() for task in left)


async def _again_and_again(job: Job, stop: asyncio.Event, faults: Faults) -> None:
    name = f"the job {job.name}"
    while not stop.is_set():
        try:
            await asyncio.to_thread(job.run)
        except Exception as problem:  # noqa: BLE001 told, and done again
            faults.met(name, f"failed ({type(problem).__name__})", problem)
        else:
            faults.over(name)
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), job.seconds)


async def _stopped(platform: Platform) -> None:
    try:
        await platform.stop()
    except Exception:
        log.exception("%s could not be stopped cleanly", platform.name)


def _on_signals(stop: asyncio.Event) -> None:
    """Stop at the usual signals, where the system and the thread have them."""
    loop = asyncio.get_running_loop()
    for each in (signal.SIGTERM, signal.SIGINT):
        with suppress(NotImplementedError, RuntimeError, ValueError):
            loop.add_signal_handler(each, stop.set)
