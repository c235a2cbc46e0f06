"""`coach run`: serve the configured platforms until stopped."""

import logging
import math
import os
import sys
from contextlib import suppress

import typer

from bot.cli.options import Home, application_for

SWITCH_SECONDS = 0.001
"""How long a thread may keep the interpreter from others that are ready: a fifth of the default.
While answers are graded, a request otherwise waits for this time at each step of the database."""


FEW_FILES = 256
"""Where a program may have no more open, connections take them all: the model is loaded before
anybody is served. An import of PyTorch that finds no file left cannot be made good by another."""

log = logging.getLogger(__name__)


def run(context: typer.Context, home: Home = None) -> None:
    """Serve everybody on the configured platforms until SIGTERM or Ctrl-C.

    A platform is configured by its token, for Discord COACH_DISCORD__TOKEN, for
    Slack COACH_SLACK__BOT_TOKEN with COACH_SLACK__APP_TOKEN (docs/discord.md, docs/slack.md).
    """
    import asyncio

    from bot.bootstrap.jobs import jobs_of
    from bot.bootstrap.platforms import registered
    from bot.bootstrap.storage import Upkeep
    from bot.bootstrap.watch import beating, figures_of, readiness_of, watched
    from bot.core.errors import NothingToRun
    from bot.platforms.runner import serve
    from grading.errors import GradingError

    sys.setswitchinterval(SWITCH_SECONDS)
    application = application_for(context, home, serving=True)
    platforms = [each.platform for each in application.served()]
    if not platforms:
        raise NothingToRun(tuple(each.configured_by for each in registered() if each.configured_by))
    upkeep = Upkeep(application.settings, application.storage)
    upkeep.begin()  # a database that cannot be used is told before anybody is served
    if files_allowed() <= FEW_FILES:
        with suppress(GradingError):  # it is tried again while people are served
            application.grading.warm_up()
    names = ", ".join(platform.name for platform in platforms)
    log.info("starting to serve %s; Ctrl-C stops", names)
    readiness = readiness_of(application)

    async def serving() -> tuple[str, ...]:
        stop = asyncio.Event()
        pulse = asyncio.create_task(beating(readiness, stop))
        try:
            jobs = (*jobs_of(application, upkeep), *figures_of(application))
            return await serve(platforms, jobs, stop)
        finally:
            pulse.cancel()

    with watched(application, readiness), asyncio.Runner() as runner:
        left = runner.run(serving())
        sound = upkeep.end()
        if left or not sound:
            # What is left, such as the preparation of the knowledge base, can be cut at any time,
            # and the interpreter cannot shut down cleanly while a thread is importing torch.
            logging.shutdown()
            os._exit(0 if sound else 1)


def files_allowed() -> float:
    """Return how many files and connections this program may have open."""
    try:
        import resource
    except ImportError:  # Windows counts otherwise
        return math.inf
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return math.inf if soft == resource.RLIM_INFINITY else soft
