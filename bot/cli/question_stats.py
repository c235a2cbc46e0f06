"""`coach questions`: how the questions of this database do."""

from typing import TYPE_CHECKING, Any

import typer

from bot.cli.options import Home, Json, application_for, print_json

if TYPE_CHECKING:
    from bot.core.insights.health import Health

app = typer.Typer(help="How the questions do, by everybody's answers.", no_args_is_help=True)


@app.callback()
def root() -> None:
    """How the questions do, by everybody's answers."""


@app.command(epilog="Examples:  coach questions stats  ·  coach questions stats --json")
def stats(context: typer.Context, home: Home = None, json: Json = False) -> None:
    """List every answered question, the most doubtful first, over all communities."""
    from bot.core.insights.words import health_line

    features = application_for(context, home).features
    found = features.insights.everywhere()
    if json:
        print_json([_document(health) for health in found])
        return
    if not found:
        typer.echo("No question has a graded answer yet.")
    for health in found:
        typer.echo(health_line(health, features.bank))


def _document(health: "Health") -> dict[str, Any]:
    one, elo = health.statistics, health.elo
    return {
        "question_id": one.question_id,
        "answers": one.answers,
        "mean": round(one.mean, 4),
        "difficulty": round(one.difficulty, 4),
        "discrimination": None if one.discrimination is None else round(one.discrimination, 4),
        "elo": None if elo is None else {"value": elo.value, "deviation": elo.deviation},
        "bands": {band.value: count for band, count in one.bands},
        "most_missed": None
        if one.most_missed is None
        else {"point": one.most_missed.point_id, "share": round(one.most_missed.share, 4)},
        "flags": health.flags,
        "concerns": [concern.value for concern in health.concerns],
    }
