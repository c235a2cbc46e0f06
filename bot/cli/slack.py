"""`coach slack`: what an operator needs before Slack can be served."""

from typing import Annotated

import typer

from bot.cli.options import Home, print_json, settings_for

app = typer.Typer(help="Set up the app on Slack.", no_args_is_help=True)

Socket = Annotated[
    bool | None,
    typer.Option(
        "--socket/--http",
        help="For Socket Mode, or for HTTP at a public address; by default as configured.",
        show_default=False,
    ),
]
Url = Annotated[
    str,
    typer.Option(
        metavar="URL", help="Where Slack reaches the coach over HTTP.", show_default=False
    ),
]


@app.command(epilog="Examples:  coach slack manifest  ·  coach slack manifest --http --url URL")
def manifest(
    context: typer.Context, socket: Socket = None, url: Url = "", home: Home = None
) -> None:
    """Print the manifest from which Slack makes the app, as JSON.

    Paste it at https://api.slack.com/apps, Create New App, From a manifest.
    """
    from bot.bootstrap.application import application_of
    from bot.platforms.slack.manifest import manifest as made
    from bot.platforms.slack.settings import SlackSettings

    application = application_of(settings_for(context, home))
    settings = application.settings.of(SlackSettings)
    print_json(
        made(
            application.features.commands,
            settings.command,
            settings.ask_command,
            socket=settings.mode == "socket" if socket is None else socket,
            public_url=url or settings.public_url or "https://coach.example.org",
            oauth=settings.client_id is not None,
        )
    )
