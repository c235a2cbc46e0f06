"""`coach discord …`: what an operator does with Discord beside serving."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import Home, settings_for

if TYPE_CHECKING:
    from bot.platforms.discord.platform import DiscordPlatform

app = typer.Typer(help="Invite the coach to a server, tell Discord its commands, translate them.")


@app.command(epilog="Example:  coach discord invite")
def invite(context: typer.Context, home: Home = None) -> None:
    """Print the links that add the coach to a server or to your own account."""
    import asyncio

    links = asyncio.run(_discord(context, home).invite())
    sys.stdout.write(f"For a server:  {links.server}\nFor yourself:  {links.person}\n")


@app.command(epilog="Example:  coach discord sync")
def sync(context: typer.Context, home: Home = None) -> None:
    """Tell Discord the commands, even where it was told the same before."""
    import asyncio

    told = asyncio.run(_discord(context, home).sync())
    sys.stdout.write(f"Discord knows {len(told.ids)} commands.\n")


@app.command(epilog="Example:  coach discord translations it > it.yaml")
def translations(
    context: typer.Context,
    language: Annotated[
        str, typer.Argument(help="As Discord calls it, such as de or pt-BR.", show_default=False)
    ] = "",
    home: Home = None,
) -> None:
    """Print the file with a language's names of the commands, or how far each language is."""
    from bot.platforms.discord.translation_words import how_complete

    translating = _discord(context, home).translating()
    if language:
        sys.stdout.write(translating.file(language))
        return
    for each in translating.languages():
        sys.stdout.write(f"{how_complete(*each)}\n")


def _discord(context: typer.Context, home: Home) -> "DiscordPlatform":
    """Return Discord with all commands, of which none is run here: no database is opened."""
    from bot.bootstrap.application import application_of
    from bot.platforms.discord.registration import platform_of

    settings = settings_for(context, home)
    features = application_of(settings).features
    return platform_of(features, features.unit_of_work, features.clock, settings)
