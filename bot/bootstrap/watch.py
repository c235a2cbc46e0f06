"""What those who watch a coach that serves are shown."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from bot.bootstrap.application import Application
from bot.core.drift.errors import TooEarly
from bot.core.measuring import PRIVATE
from bot.platforms.runner import Job
from bot.watch.readiness import Look, Readiness
from bot.watch.server import WatchServer
from grading.errors import GraderUnreachable
from grading.remote import STARTING

BEAT_SECONDS = 1.0

FIGURES_SECONDS = 30.0
"""How old what the database says of the backlog may be; Prometheus asks about as often."""

DRIFT_SECONDS = 21_600.0
"""How often to look whether another month is over, which has one report."""

CHANGED = "another version of the coach has changed its schema: stop this one and start that"

RECENT = timedelta(days=1)
"""Days of channels that began no longer ago are counted by their state."""


def figures_of(application: Application) -> tuple[Job, ...]:
    """Return the jobs that count what is open and compare months, where anybody asks."""
    meter = application.meter
    if meter is None:
        return ()

    def count() -> None:
        from bot.storage.repositories.backlog import SqlBacklog

        now = application.features.clock.now()
        backlog = SqlBacklog(application.storage.engine())
        meter.backlog(backlog.since((now - RECENT).date()), now)

    def compare() -> None:
        try:
            report = application.features.drift.report()
        except TooEarly:
            return
        for what, shift in (("scores", report.scores), ("answers", report.answers)):
            if shift is not None:
                meter.drifted(what, shift.psi, shift.adjusted)

    return (Job("figures", FIGURES_SECONDS, count), Job("drift", DRIFT_SECONDS, compare))


def readiness_of(application: Application) -> Readiness:
    """Return what looks whether people can be served."""
    from bot.storage.engine import revision_now
    from bot.storage.schema import read_history

    ours = read_history().head  # now: an upgrade replaces the files below a program that runs

    def database() -> str | None:
        found = revision_now(application.storage.engine())
        return None if found == ours else CHANGED

    def model() -> str | None:
        return None if application.grading.encoder.is_loaded else "it is not loaded yet"

    def cluster() -> str | None:
        assert remote is not None  # noqa: S101 nobody looks otherwise
        trouble = remote.trouble()
        if trouble in {None, STARTING}:
            return trouble
        raise GraderUnreachable(str(trouble))  # a fault, also where it never answered

    remote = application.grading.remote
    grading: dict[str, Look] = {} if remote is None else {"grading": cluster}
    platforms = [each.platform for each in application.served()]
    reached: dict[str, Look] = {each.name: each.trouble for each in platforms}
    return Readiness({"database": database, "model": model, **grading, **reached})


@contextmanager
def watched(application: Application, readiness: Readiness) -> Iterator[None]:
    """Look at each part, and serve what was seen where the settings say so.

    Raises:
        AddressTaken: nothing can listen at the address.
    """
    chosen, server = application.settings.watch, None
    if chosen.port is not None:
        pages = {"/healthz": readiness.alive, "/readyz": readiness.ready}
        meter = application.meter
        if meter is not None:
            for each in application.served():
                meter.knows(each.platform.name)
            meter.knows(PRIVATE)
            pages["/metrics"] = lambda: meter.page(readiness.troubles)
        server = WatchServer(pages, chosen.host, chosen.port)
        server.start()
    readiness.start()
    try:
        yield
    finally:
        readiness.stop()
        if server is not None:
            server.stop()


async def beating(readiness: Readiness, stop: asyncio.Event) -> None:
    """Show for ever that the event loop has its turns, and from the stop on be ready for nobody."""
    while True:
        readiness.beat()
        if stop.is_set():
            readiness.stop()
        await asyncio.sleep(BEAT_SECONDS)
