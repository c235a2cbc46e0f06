"""Serve the configured platforms and do what has to be done again and again, until told to stop."""

import asyncio
import logging
import signal
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from bot.core.errors import NothingToRun, PlatformAway, PlatformRefused
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
            PlatformAway: it cannot be reached; it may be started again.
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


AWAY_SECONDS, LONGEST_AWAY_SECONDS = 5.0, 60.0
"""Between two tries to reach a platform: at first, and at most, each twice the one before."""

FIRST_SECONDS = 60.0
"""So long the jobs wait until every platform is served or known to be away."""


async def serve(
    platforms: Sequence[Platform], jobs: Sequence[Job], stop: asyncio.Event | None = None
) -> tuple[str, ...]:
    """Serve until `stop` is set, SIGTERM or SIGINT comes, or a platform ends by itself.

    One that cannot be reached is tried again and again, and one that refuses is left, while the
    others are served. Return the names of jobs that are still at it: whoever waits for their
    threads waits for them.

    Raises:
        NothingToRun: there is no platform.
        PlatformRefused: no platform lets the coach in; this is what the last one said.
    """
    if not platforms:
        raise NothingToRun
    stop = stop or asyncio.Event()
    _on_signals(stop)
    try:
        return await _until(stop, platforms, jobs)
    finally:
        stop.set()
        await asyncio.gather(*(_stopped(platform) for platform in platforms))


async def _until(
    stop: asyncio.Event, platforms: Sequence[Platform], jobs: Sequence[Job]
) -> tuple[str, ...]:
    """Serve, and do the jobs, until it is time to stop; return those that are still at it.

    Raises:
        PlatformRefused: what ended the last platform.
    """
    faults, tried = Faults(), [asyncio.Event() for _ in platforms]
    served = {platform.name for platform in platforms}
    serving = [
        asyncio.create_task(_served_unless_refused(*each, stop, faults, served))
        for each in zip(platforms, tried, strict=True)
    ]
    first = asyncio.create_task(_all_set(tried))
    told = asyncio.create_task(stop.wait())
    working: list[asyncio.Task[None]] = []
    try:
        over = {told, *serving}
        await asyncio.wait(
            {first, *over}, timeout=FIRST_SECONDS, return_when=asyncio.FIRST_COMPLETED
        )
        if not any(task.done() for task in over):
            working = [
                asyncio.create_task(_again_and_again(job, stop, faults), name=job.name)
                for job in jobs
            ]
        done, _ = await asyncio.wait(over, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        stop.set()
        for each in (first, told, *serving):
            each.cancel()
        await asyncio.gather(first, told, *serving, return_exceptions=True)
    if not working:
        return ()
    _, left = await asyncio.wait(working, timeout=JOB_SECONDS)
    return tuple(task.get_name() for task in left)


async def _all_set(events: Sequence[asyncio.Event]) -> None:
    for event in events:
        await event.wait()


async def _served_unless_refused(
    platform: Platform, tried: asyncio.Event, stop: asyncio.Event, faults: Faults, served: set[str]
) -> None:
    """Serve people on a platform; one that refuses goes from those `served`, and the others stay.

    Raises:
        PlatformRefused: what ended it, where none is left.
    """
    try:
        await _served(platform, tried, stop, faults)
    except PlatformAway:  # it was lost, and whoever starts the program again may reach it again
        raise
    except PlatformRefused as problem:
        served.remove(platform.name)
        if not served:
            raise
        log.error(  # noqa: TRY400 the sentence says all there is to know
            "%s Then restart the coach; until then only others are served: %s.",
            problem.sentence,
            ", ".join(sorted(served)),
        )
        tried.set()
        await stop.wait()


async def _served(
    platform: Platform, tried: asyncio.Event, stop: asyncio.Event, faults: Faults
) -> None:
    """Serve people on a platform as soon as it can be reached; set `tried` when that is known.

    Raises:
        PlatformRefused: what ended it.
    """
    pause, subject = AWAY_SECONDS, f"reaching {platform.name}"
    while True:
        try:
            await platform.start()
        except PlatformAway as problem:
            faults.met(subject, f"{problem.reason}. {problem.remedy}")
            tried.set()
        else:
            break
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), pause)
        if stop.is_set():
            return
        pause = min(2 * pause, LONGEST_AWAY_SECONDS)
    tried.set()
    faults.over(subject)
    log.info("serving %s", platform.name)
    await platform.ended()


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
