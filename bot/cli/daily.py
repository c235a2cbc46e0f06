"""`coach daily`: keep the daily question of the terminal's room going."""

import sys
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import Home, application_for

if TYPE_CHECKING:
    from bot.core.daily.engine import DailyEngine


def _poll(engine: "DailyEngine", *, once: bool) -> None:
    """Look what is due; a database that is busy is no reason to end, but for a single look."""
    from bot.core.errors import StorageError

    try:
        engine.poll()
    except StorageError as problem:
        if once:
            raise
        sys.stderr.write(f"Waiting for the database: {problem}\n")


def daily(
    context: typer.Context,
    once: Annotated[bool, typer.Option("--once", help="Look once and leave.")] = False,
    at: Annotated[
        datetime | None,
        typer.Option(help="With --once, look as if it were this time here.", show_default=False),
    ] = None,
    home: Home = None,
) -> None:
    """Post the daily question of this computer, and its results, when their time comes.

    Set it up with /daily setup in coach chat, which looks too whenever somebody practises. Without
    --once it goes on until Ctrl-C.
    """
    from threading import Event

    from bot.bootstrap.jobs import daily_engine_of
    from bot.platforms.terminal.output import show_on
    from bot.platforms.terminal.person import PLATFORM
    from bot.platforms.terminal.room import TerminalRoom

    if at is not None and not once:
        raise typer.BadParameter("--at needs --once: time passes by itself otherwise")
    application = application_for(context, home, at=at.astimezone() if at else None)
    room = TerminalRoom(application.settings.room, application.features.clock.now)
    engine = daily_engine_of(application.features, {PLATFORM: room})
    show, stop = show_on(sys.stdout), Event()
    while True:
        _poll(engine, once=once)
        for message in room.news():
            show(message)
        trouble = room.trouble()
        if once and trouble is not None:
            raise trouble
        if once:
            return
        if trouble is not None:
            sys.stderr.write(f"Trying again in a while: {trouble.reason}\n")
        stop.wait(application.settings.poll_seconds)
