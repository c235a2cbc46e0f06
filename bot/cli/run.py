"""`coach run`: serve the configured platforms until stopped."""

import sys

import typer

from bot.cli.options import Home, application_for


def run(context: typer.Context, home: Home = None) -> None:
    """Serve everybody on the configured platforms until SIGTERM or Ctrl-C.

    A platform is configured by its token, for Discord COACH_DISCORD__TOKEN.
    """
    import asyncio

    from bot.platforms.runner import serve

    application = application_for(context, home, serving=True)
    platforms = application.platforms
    names = ", ".join(platform.name for platform in platforms)
    if names:
        sys.stderr.write(f"Serving {names}; Ctrl-C stops.\n")
    asyncio.run(serve(platforms, application.jobs))
