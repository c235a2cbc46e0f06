"""`coach chat`: the terminal conversation."""

import typer

from bot.cli.options import Home, application_for


def chat(context: typer.Context, home: Home = None) -> None:
    """Practise in the terminal: /ask, answer in your own words, /hint, /reveal, /progress, /quit.

    Reads lines and prints plain text when stdin is not a terminal, so it can be scripted.
    """
    from bot.platforms.terminal.repl import converse

    application = application_for(context, home)
    application.housekeeping.run(application.clock.now())
    converse(
        application.coach,
        application.bank,
        application.corpus.prepare,
        application.settings.history,
        application.commands,
    )
