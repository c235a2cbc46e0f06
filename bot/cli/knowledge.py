"""`coach knowledge`: check, list, show and search the questions."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import (
    Home,
    Json,
    print_json,
    progress_on_stderr,
    started_with,
    tell_faults,
)
from bot.cli.table import print_table
from bot.platforms import is_there

if TYPE_CHECKING:
    from knowledge.bank import QuestionBank

app = typer.Typer(help="Check, find, write and hand out the questions.", no_args_is_help=True)


@app.command(epilog="Example:  coach knowledge check --folder my-questions")
def check(
    context: typer.Context,
    folder: Annotated[
        Path | None, typer.Option(help="A folder with topics.yaml and questions/.")
    ] = None,
    home: Home = None,
    json: Json = False,
) -> None:
    """Check the questions, graded answers and minimal pairs.

    Lists every fault with file, field and remedy, and exits 1 if there is any.
    """
    from bot.cli.options import settings_for
    from knowledge.errors import InvalidBank
    from knowledge.loader import load_bank

    place = folder or settings_for(context, home).knowledge
    try:
        bank = load_bank(place)
        answers, pairs = _benchmark(bank, place)
    except InvalidBank as error:
        tell_faults(error, json=json)
        raise typer.Exit(1) from None
    points = sum(len(question.key_points) for question in bank)
    if json:
        print_json(
            {
                "ok": True,
                "questions": len(bank),
                "key_points": points,
                "graded_answers": answers,
                "minimal_pairs": pairs,
                "faults": [],
            }
        )
    else:
        typer.echo(f"{len(bank)} questions with {points} key points in {len(bank.topics)} topics.")
        typer.echo(f"{answers} graded answers, {pairs} minimal pairs.")


def _benchmark(bank: "QuestionBank", place: Path | None) -> tuple[int, int]:
    """Count graded answers and minimal pairs; raise InvalidBank with the faults of both."""
    from knowledge.errors import Fault, InvalidBank
    from knowledge.graded import load_graded_answers
    from knowledge.pairs import load_minimal_pairs

    faults: list[Fault] = []
    answers, pairs = 0, 0
    try:
        answers = sum(len(entry.answers) for entry in load_graded_answers(bank, place))
    except InvalidBank as error:
        faults += error.faults
    try:
        pairs = len(load_minimal_pairs(bank, place))
    except InvalidBank as error:
        faults += error.faults
    if faults:
        raise InvalidBank(tuple(faults))
    return answers, pairs


@app.command("list", epilog="Example:  coach knowledge list --topic monitoring")
def list_(
    context: typer.Context,
    topic: Annotated[str, typer.Option(help="Only the questions of this topic.")] = "",
    home: Home = None,
    json: Json = False,
) -> None:
    """List every question, or those of a topic."""
    from bot.core.progress.parsing import topic_of
    from knowledge.loader import load_bank

    bank = load_bank(started_with(context, home).knowledge)
    about = topic_of(topic, bank)
    questions = bank.by_topic(about.id) if about else tuple(bank)
    if json:
        print_json(
            [
                {
                    "id": question.id,
                    "topic": question.topic,
                    "kind": question.kind.value,
                    "difficulty": question.difficulty,
                    "prompt": question.prompt,
                    "tags": list(question.tags),
                    "aliases": list(question.aliases),
                    "key_points": len(question.key_points),
                }
                for question in questions
            ]
        )
        return
    print_table([(each.id, str(each.difficulty), each.prompt) for each in questions])


def show(
    context: typer.Context,
    question: Annotated[str, typer.Argument(metavar="ID", help="A question's id or name.")],
    home: Home = None,
    json: Json = False,
) -> None:
    """Show a question whole: rubric, references, explanation and sources."""
    from bot.bootstrap.grading import bank_of
    from bot.bootstrap.storage import storage_of
    from bot.core.practice import question_words
    from bot.platforms.terminal.output import show_on
    from knowledge.loader import load_bank

    settings = started_with(context, home)
    bank = bank_of(load_bank(settings.knowledge), storage_of(settings))
    item = bank.named(question) or bank.get(question)
    if json:
        print_json(item.model_dump(mode="json"))
        return
    show = show_on(sys.stdout)
    show(question_words.question(item, bank, None))
    show(question_words.reveal(item))


if is_there("terminal"):
    app.command(epilog="Example:  coach knowledge show monitoring/concept-drift")(show)


@app.command(epilog="Example:  coach knowledge search 'model got worse' --json")
def search(
    context: typer.Context,
    text: Annotated[list[str], typer.Argument(help="Words to search for.")],
    top: Annotated[int, typer.Option(min=1, max=50, help="How many questions.")] = 5,
    home: Home = None,
    json: Json = False,
) -> None:
    """Find questions by name and by meaning, the best first."""
    from bot.bootstrap.grading import grading_of

    grading = grading_of(started_with(context, home))
    grading.corpus.prepare(progress_on_stderr())
    found = grading.search.find(" ".join(text), top)
    if json:
        print_json(
            [
                {
                    "id": hit.question_id,
                    "score": round(hit.score, 4),
                    "matched": hit.matched,
                    "prompt": grading.shipped.get(hit.question_id).prompt,
                }
                for hit in found
            ]
        )
        return
    print_table([(f"{hit.score:.2f}", hit.question_id, hit.matched) for hit in found])
