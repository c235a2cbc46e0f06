"""`coach knowledge lint`: how well the questions are written, by their words and to the grader."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import (
    Home,
    Json,
    print_json,
    progress_bar,
    progress_on_stderr,
    started_with,
    stop,
    tell_faults,
)

if TYPE_CHECKING:
    from bot.settings import Settings
    from knowledge.errors import Fault
    from knowledge.question import Question


def lint(
    context: typer.Context,
    topic: Annotated[
        str | None, typer.Option(metavar="TOPIC", help="Only the questions of this topic.")
    ] = None,
    fast: Annotated[
        bool, typer.Option("--fast", help="Only what words tell: seconds, without a model.")
    ] = False,
    home: Home = None,
    json: Json = False,
) -> None:
    """Find what is poorly written: repeated, cut off, two claims at once, or unclear to the grader.

    Lists every fault with file, field and remedy, and exits 1 if there is any. Where a heuristic is
    wrong about a sentence, accepted_faults.yaml in the folder of the questions says so.
    """
    from knowledge.errors import InvalidBank
    from knowledge.lint.accepted import load_accepted
    from knowledge.lint.finding import file_of
    from knowledge.lint.words import lint_words
    from knowledge.loader import load_bank

    settings = started_with(context, home)
    bank = load_bank(settings.knowledge)
    questions = tuple(bank)
    if topic is not None:
        named = bank.topic_named(topic)
        if named is None:
            stop(f"no topic is called {topic!r}: coach topics lists them.")
        questions = bank.by_topic(named.id)
    faults = list(lint_words(bank, load_accepted(settings.knowledge)))
    if not fast:
        faults += _unclear(settings, questions)
    if topic is not None:
        files = {file_of(question) for question in questions}
        faults = [fault for fault in faults if fault.file in files]
    if faults:
        tell_faults(InvalidBank(tuple(sorted(faults))), json=json)
        raise typer.Exit(1)
    if json:
        print_json({"ok": True, "questions": len(questions), "graded": not fast, "faults": []})
    else:
        looked = "by their words" if fast else "by their words and to the grader"
        typer.echo(f"{len(questions)} questions have no fault {looked}.")


def _unclear(settings: "Settings", questions: Sequence["Question"]) -> Iterator["Fault"]:
    """Yield what the grader makes of some questions, with a bar of how many are done."""
    from bot.bootstrap.grading import grading_of
    from grading.lint import embedding_with, lint_meaning, twins_by_meaning

    grading = grading_of(settings)
    grading.corpus.prepare(progress_on_stderr())
    bank, embed = tuple(grading.shipped), embedding_with(grading.encoder)
    yield from twins_by_meaning(bank, embed)
    with progress_bar(len(questions)) as advance:
        for question in questions:
            yield from lint_meaning(bank, question, grading.grader, embed)
            advance(1)
