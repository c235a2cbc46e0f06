"""`coach discord …`: what an operator does with Discord beside serving."""

import sys

import typer

from bot.cli.options import Home, application_for

app = typer.Typer(help="Invite the coach to a server, and tell Discord its commands.")


@app.command(epilog="Example:  coach discord invite")
def invite(context: typer.Context, home: Home = None) -> None:
    """Print the links that add the coach to a server or to your own account."""
    import asyncio

    links = asyncio.run(application_for(context, home).discord.invite())
    sys.stdout.write(f"For a server:  {links.server}\nFor yourself:  {links.person}\n")


@app.command(epilog="Example:  coach discord sync")
def sync(context: typer.Context, home: Home = None) -> None:
    """Tell Discord the commands, even where it was told the same before."""
    import asyncio

    told = asyncio.run(application_for(context, home).discord.sync())
    sys.stdout.write(f"Discord knows {len(told.ids)} commands.\n")
