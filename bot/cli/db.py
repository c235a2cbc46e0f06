"""`coach db`: look after the database."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.options import (
    Home,
    Json,
    print_json,
    progress_bar,
    settings_for,
    started_with,
)

app = typer.Typer(help="Look after the database.", no_args_is_help=True)


@app.command(epilog="Example:  coach db upgrade --home /srv/coach")
def upgrade(context: typer.Context, home: Home = None, json: Json = False) -> None:
    """Bring the database to the current schema; a file is copied first if it changes."""
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
    """Check the schema and the integrity of the database; exit 1 when something is wrong.

    Those who are served meanwhile do not wait for it.
    """
    from functools import partial

    from bot.storage import migrate
    from bot.storage.engine import place_of, url_of

    settings = settings_for(context, home)
    result = migrate.check(settings.database_url, bar=partial(progress_bar, doing="checking"))
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
    """Write a consistent copy of the database to one file, also while it is in use.

    It is an SQLite file, whichever database serves: coach db restore puts it back into either.
    """
    from functools import partial

    from bot.storage.scheduled import copy_out

    settings = settings_for(context, home)
    bar = partial(progress_bar, doing="copying")
    copied = copy_out(settings.database_url, file.expanduser(), bar)
    typer.echo(f"The database was copied to {copied}.")


@app.command(
    epilog="Examples:  coach db restore ~/coach-copy.sqlite3  ·  "
    "coach db restore --force ~/coach-copy.sqlite3"
)
def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The copy; it is only read.")],
    home: Home = None,
    force: Annotated[
        bool,
        typer.Option("--force", help="Replace a database that is not empty.", show_default=False),
    ] = False,
) -> None:
    """Put a copy of the database in place, verified first; stop the coach before.

    What it replaces is kept in the folder backups. Whoever was deleted since stays deleted.
    """
    from bot.storage import restore as restoring
    from bot.storage.engine import place_of, url_of

    settings = settings_for(context, home)
    places = settings.database_url, settings.ledger, settings.backups
    done = restoring.restore(file.expanduser(), *places, force=force)
    settings.last_seen.unlink(missing_ok=True)  # that the database is older now is known
    typer.echo(f"{place_of(url_of(settings.database_url))} is again as it was in {file}.")
    if done.deleted_again:
        again = "Deleted again, for they had asked for it since"
        typer.echo(f"{again}: {done.deleted_again} of the people in it.")
    if done.kept:
        typer.echo(f"What was there before is in {done.kept}.")


@app.command(
    epilog="Examples:  coach db copy ~/coach.sqlite3 postgresql://coach@db/coach  ·  "
    "coach db copy postgresql://coach@db/coach ~/coach.sqlite3"
)
def copy(
    source: Annotated[str, typer.Argument(help="The file or the URL to copy from.")],
    target: Annotated[str, typer.Argument(help="A new file, or the URL of an empty database.")],
    json: Json = False,
) -> None:
    """Copy a whole database, SQLite or PostgreSQL, and verify the copy before it counts.

    The source may be in use: what is copied is its state at the start of the copy.
    """
    from functools import partial

    from bot.storage import copying
    from bot.storage.engine import place_of, url_of

    done = copying.copy(source, target, partial(progress_bar, doing="copying"))
    place = place_of(url_of(target))
    if json:
        print_json({"database": place, "rows": dict(done.rows), "serving": done.serving})
        return
    typer.echo(f"{done.total:,} rows of {len(done.rows)} tables are in {place}, and verified.")
    if done.serving:
        typer.echo(
            "The coach served meanwhile: what was stored since the copy began is not in it. To "
            "move for good, stop the coach first, then copy into another empty database.",
            err=True,
        )


@app.command(epilog="Example:  coach db tidy --dry-run")
def tidy(
    context: typer.Context,
    home: Home = None,
    json: Json = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say how much would go.", show_default=False)
    ] = False,
) -> None:
    """Let go of what was kept for long enough: old answers, communities that left, old copies.

    The coach does this by itself at every start.
    """
    from dataclasses import asdict

    from bot.bootstrap.storage import housekeeping_of, storage_of
    from bot.clock import SystemClock

    settings = started_with(context, home)
    housekeeping = housekeeping_of(settings, storage_of(settings))
    tidied = housekeeping.run(SystemClock().now(), dry_run=dry_run)
    if json:
        print_json({"dry_run": dry_run, **asdict(tidied)})
        return
    counts = (
        f"{tidied.answers} answers lose their text",
        f"{tidied.communities} communities and {tidied.memberships} memberships are deleted",
        f"{tidied.notices} old notices are deleted",
        f"{tidied.copies} copies of the database are removed",
    )
    typer.echo(f"{'Would be done' if dry_run else 'Done'}: {'; '.join(counts)}.")
