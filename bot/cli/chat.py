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
    from bot.platforms.terminal.repl import converse

    application = application_for(context, home)
    application.housekeeping.run(application.clock.now())
    application.regrading.run_pending()
    converse(
        application.desk,
        application.corpus.prepare,
        application.settings.history,
        learner,
        application.news,
    )
