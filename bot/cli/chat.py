"""`coach chat`: the terminal conversation."""

from typing import Annotated

import typer

from bot.cli.options import Home, application_for

Learner = Annotated[
    str, typer.Option("--as", metavar="NAME", help="Who practises; by default the system's user.")
]


def chat(context: typer.Context, learner: Learner = "", home: Home = None) -> None:
    """Practise in the terminal: /ask, answer in your own words, /hint, /reveal, /progress, /quit.

    Several people can practise together on one computer, each with coach chat --as NAME. Reads
    lines and prints plain text when stdin is not a terminal, so it can be scripted.
    """
    from bot.bootstrap.jobs import daily_engine_of
    from bot.platforms.front_desk import FrontDesk
    from bot.platforms.terminal.person import PLATFORM
    from bot.platforms.terminal.repl import converse
    from bot.platforms.terminal.room import TerminalRoom

    application = application_for(context, home)
    features, settings = application.features, application.settings
    features.housekeeping.run(features.clock.now())
    features.regrading.run_pending()
    room = TerminalRoom(settings.room, features.clock.now)
    engine = daily_engine_of(features, {PLATFORM: room})
    converse(
        FrontDesk(features),
        application.grading.corpus.prepare,
        settings.history,
        learner,
        room.news_with(engine.poll, features.notices.waiting),
        settings.files,
        features.own_views,
    )
