"""`coach db`: look after the database."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.options import Home, Json, print_json, settings_for

app = typer.Typer(help="Look after the database.", no_args_is_help=True)


@app.command(epilog="Example:  coach db upgrade --home /srv/coach")
def upgrade(context: typer.Context, home: Home = None, json: Json = False) -> None:
    """Bring the database to the current schema; a copy is made first if it changes."""
    from bot.storage import migrate
    from bot.storage.engine import place_of, url_of

    settings = settings_for(context, home)
    done = migrate.upgrade(settings.database_url, settings.backups)
    place = place_of(url_of(settings.database_url))
    if json:
        print_json(
            {
                "database": place,
                "from": done.from_revision,
                "to": done.to_revision,
                "changed": done.changed,
                "backup": str(done.backup) if done.backup else None,
            }
        )
    elif not done.changed:
        typer.echo(f"{place} is up to date ({done.to_revision}).")
    else:
        saved = f" The former state is in {done.backup}." if done.backup else ""
        typer.echo(f"{place} is now at {done.to_revision}.{saved}")


@app.command(epilog="Example:  coach db check --json")
def check(context: typer.Context, home: Home = None, json: Json = False) -> None:
    """Check the schema and the integrity of the database; exit 1 when something is wrong."""
    from bot.storage import migrate
    from bot.storage.engine import place_of, url_of

    settings = settings_for(context, home)
    result = migrate.check(settings.database_url)
    place = place_of(url_of(settings.database_url))
    if json:
        print_json(
            {
                "database": place,
                "ok": result.ok,
                "revision": result.revision,
                "head": result.head,
                "problems": list(result.problems),
            }
        )
    elif result.ok:
        typer.echo(f"{place} is sound and up to date ({result.revision}).")
    for problem in result.problems:
        typer.echo(f"coach: {problem}", err=True)
    if not result.ok:
        raise typer.Exit(1)


@app.command(epilog="Example:  coach db backup ~/coach-copy.sqlite3")
def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The copy to write; must not exist.")],
    home: Home = None,
) -> None:
    """Write a consistent copy of the database, also while it is in use."""
    from bot.storage import migrate

    settings = settings_for(context, home)
    copy = migrate.backup(settings.database_url, file.expanduser(), settings.busy_seconds)
    typer.echo(f"The database was copied to {copy}.")
