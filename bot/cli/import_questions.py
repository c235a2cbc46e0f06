"""`coach knowledge import`: make drafts of the questions in a file."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.new_question import DRAFTS, To
from bot.cli.options import Home, Json, print_json, settings_for, somebodys_file, stop


def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Markdown, CSV, YAML or an Anki package.")],
    to: To = DRAFTS,
    topic: Annotated[str, typer.Option(help="The topic of all of them.", show_default=False)] = "",
    home: Home = None,
    json: Json = False,
) -> None:
    """Make a draft of each question in a file, with what is missing marked in it.

    A draft that is there already stays as it is.
    """
    from bot.core.words.phrases import counted
    from knowledge.authoring.draft import gaps_of, save
    from knowledge.authoring.guesses import TopicGuess
    from knowledge.authoring.importing import PROBLEM, read_questions
    from knowledge.loader import load_bank

    bank = load_bank(settings_for(context, home).knowledge)
    chosen = bank.topic_named(topic) if topic else None
    if topic and chosen is None:
        stop(f"{topic!r} is no topic. Choose one of: {', '.join(t.id for t in bank.topics)}")
    with somebodys_file():
        read = read_questions(file, bank.topics, TopicGuess(bank), chosen.id if chosen else "")
    told = []
    for draft in read.drafts:
        path = to / draft.topic / f"{draft.slug}.md"
        kept = path.exists()
        if not kept:
            save(draft, to)
        asked = bank.named(draft.prompt.removeprefix(PROBLEM))
        told.append((draft, path, kept, len(gaps_of(draft)), asked.id if asked else None))
    if json:
        print_json(
            {
                "drafts": [
                    {
                        "file": str(path),
                        "prompt": draft.prompt,
                        "kept": kept,
                        "missing": missing,
                        "asked_already": known,
                    }
                    for draft, path, kept, missing, known in told
                ],
                "remarks": list(read.remarks),
            }
        )
        return
    for draft, path, kept, missing, known in told:
        state = "was there, and stays as it is" if kept else f"{missing} to do"
        same = f"; the bank asks it as {known}" if known else ""
        typer.echo(f"{path}  {draft.prompt}\n    {state}{same}")
    for remark in read.remarks:
        typer.echo(remark, err=True)
    made = sum(not kept for _, _, kept, _, _ in told)
    typer.echo(f"{counted(made, 'new draft')} of {counted(len(told), 'question')}.")
    if told:
        typer.echo(f"Go on with one:  coach knowledge new {told[0][1]}")
