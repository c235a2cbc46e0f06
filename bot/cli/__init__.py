"""The command line: `coach …`. One module for each group of commands; heavy imports inside.

Modules here may import typer, rich and the standard library at the top, nothing heavier, so that
`coach --help` answers at once.
"""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli import (
    accepted,
    appeals,
    bench,
    chat,
    config,
    daily,
    db,
    discord,
    doctor,
    evaluate,
    grader_card,
    import_questions,
    knowledge,
    lint,
    new_question,
    progress,
    publish,
    question_stats,
    questions,
    report,
    run,
    simulate,
    slack,
    try_answers,
)
from bot.cli.options import explain
from bot.platforms import is_there

__all__ = ["app", "explain"]

AT_TERMINAL = is_there("terminal")
"""Whether anything can be shown to a person at this terminal."""

app = typer.Typer(
    name="coach",
    help="Practise machine-learning interviews: answer in your own words, be graded by meaning.",
    epilog="Examples:  coach chat  ·  coach ask drift  ·  coach grade 'concept drift' --answer '…'",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def root(
    context: typer.Context,
    home: Annotated[
        Path | None,
        typer.Option(
            help="Folder for database, cache and backups (or COACH_HOME).", show_default=False
        ),
    ] = None,
) -> None:
    """Practise machine-learning interviews: answer in your own words, be graded by meaning."""
    context.obj = home


if AT_TERMINAL:
    app.command("chat", epilog="Example:  coach chat --home ~/practice")(chat.chat)
app.command("run", epilog="Example:  COACH_DISCORD__TOKEN=… coach run")(run.run)
app.command("doctor", epilog="Examples:  coach doctor  ·  coach doctor --json")(doctor.doctor)
if AT_TERMINAL:
    app.command("daily", epilog="Example:  coach daily --once --at 2026-12-01T09:00")(daily.daily)
    app.command(
        "progress", epilog="Example:  coach progress monitoring --picture me.png --theme light"
    )(progress.progress)
app.command("topics", epilog="Example:  coach topics --json")(questions.topics)
if AT_TERMINAL:
    app.command("ask", epilog="Examples:  coach ask  ·  coach ask drift --json")(questions.ask)
    app.command(
        "grade",
        epilog="Examples:  coach grade monitoring/concept-drift --answer-file answer.txt --json  ·"
        "  echo 'It means …' | coach grade 'concept drift'",
    )(questions.grade)
app.command(
    "evaluate",
    epilog="Examples:  coach evaluate answers.jsonl.gz --split test-uq --json  ·  "
    "coach evaluate --bank --half held-out",
)(evaluate.evaluate)
app.command("grader", epilog="Examples:  coach grader  ·  coach grader --json")(grader_card.grader)
app.command("bench", epilog="Examples:  coach bench  ·  coach bench --quick --json")(bench.bench)
app.command("simulate", epilog="Example:  coach simulate --learners 100000 --programs 4")(
    simulate.simulate
)
knowledge.app.command(
    "accepted", epilog="Example:  coach knowledge accepted --patch > accepted.patch"
)(accepted.accepted)
knowledge.app.command("flags", epilog="Example:  coach knowledge flags --done 7")(accepted.flags)
if AT_TERMINAL:
    knowledge.app.command(
        "new",
        epilog="Examples:  coach knowledge new  ·  coach knowledge new drafts/monitoring/lag.md",
    )(new_question.new)
    knowledge.app.command(
        "test",
        epilog="Examples:  coach knowledge test concept-drift  ·  "
        "coach knowledge test drafts/monitoring/lag.md",
    )(try_answers.try_answers)
knowledge.app.command("import", epilog="Example:  coach knowledge import notes.md --to drafts")(
    import_questions.import_
)
knowledge.app.command("export", epilog="Example:  coach knowledge export --pdf booklet.pdf")(
    publish.export
)
knowledge.app.command("site", epilog="Example:  coach knowledge site public")(publish.site)
knowledge.app.command(
    "lint", epilog="Examples:  coach knowledge lint --fast; coach knowledge lint --topic monitoring"
)(lint.lint)
app.add_typer(knowledge.app, name="knowledge")
app.add_typer(question_stats.app, name="questions")
app.add_typer(report.app, name="report")
app.add_typer(appeals.app, name="appeals")
app.add_typer(db.app, name="db")
app.add_typer(config.app, name="config")
for platform, group in (("discord", discord.app), ("slack", slack.app)):
    if is_there(platform):
        app.add_typer(group, name=platform)
