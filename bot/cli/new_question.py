"""`coach knowledge new`: write a question, or go on with a draft, one field after the other."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import Home, settings_for, somebodys_file, stop

if TYPE_CHECKING:
    from bot.platforms.terminal.fields import Ask, Check
    from knowledge.authoring.draft import Draft
    from knowledge.authoring.guide import Guide
    from knowledge.bank import QuestionBank

DRAFTS = Path("drafts")
"""Where drafts are written unless somebody says otherwise, below the folder they are in."""

To = Annotated[Path, typer.Option("--to", help="The folder of the drafts.")]

HOW = (
    "Enter leaves something for later, ? shows how another question has it, < goes one step back, "
    "and Ctrl-D stops. All you write is kept at once."
)


def new(
    context: typer.Context,
    draft: Annotated[
        Path | None, typer.Argument(help="A draft to go on with.", show_default=False)
    ] = None,
    to: To = DRAFTS,
    home: Home = None,
) -> None:
    """Write a question step by step, each field checked as you type it.

    Stop whenever you like: with the file of the draft, it goes on where you were.
    """
    from bot.platforms.terminal.fields import asking
    from knowledge.authoring.draft import gaps_of, read_draft, save
    from knowledge.authoring.guide import Guide
    from knowledge.loader import load_bank

    bank = load_bank(settings_for(context, home).knowledge)
    if draft is not None:
        with somebodys_file():
            begun = read_draft(draft)
    ask = asking()
    typer.echo(HOW)
    try:
        if draft is None:
            begun = _begun(ask, bank, to)
    except EOFError:
        stop("nothing was begun")
    folder = to if draft is None else draft.resolve().parent.parent
    path = save(begun, folder)
    guide = Guide(begun, bank, lambda changed: save(changed, folder))
    _lead(guide, ask)
    gaps = gaps_of(guide.draft)
    typer.echo(f"\n{path}")
    if not gaps:
        typer.echo("It is complete. Try answers on it, then move it to its topic among questions/:")
        typer.echo(f"    coach knowledge test {path}")
        return
    typer.echo(f"{len(gaps)} to do:")
    for gap in gaps:
        typer.echo(f"    {gap.field or gap.problem}: {gap.remedy}")
    typer.echo(f"Go on:  coach knowledge new {path}")


def _begun(ask: "Ask", bank: "QuestionBank", to: Path) -> "Draft":
    """Return a draft of which the topic, the prompt and the name are there.

    A file that is there already is gone on with.
    """
    from knowledge.authoring import checks
    from knowledge.authoring.draft import Draft, read_draft
    from knowledge.authoring.guesses import kind_of, slug_for

    titles = ", ".join(topic.id for topic in bank.topics)
    name = _until_good(ask, "Topic", f"one of {titles}", lambda t: _topic(t, bank))
    topic = bank.topic_named(name)
    assert topic is not None  # noqa: S101 it was checked
    prompt = _until_good(
        ask, "Question", "as an interviewer asks it", lambda t: checks.prompt(t, bank)
    )
    guessed = slug_for(prompt)
    slug = _until_good(
        ask,
        "Short name",
        f"for its file; Enter takes {guessed}",
        lambda t: checks.length_of("slug", t) if t else "",
    )
    path = to / topic.id / f"{slug or guessed}.md"
    if path.exists():
        typer.echo(f"{path} is there, so we go on with it.")
        return read_draft(path)
    fields = {"prompt": prompt.strip(), "kind": kind_of(prompt).value}
    return Draft(topic.id, slug or guessed, fields)


def _topic(text: str, bank: "QuestionBank") -> str:
    return "" if bank.topic_named(text) else "no topic has this name"


def _until_good(ask: "Ask", label: str, help_: str, check: "Check") -> str:
    while True:
        text = ask(label, help_, check).strip()
        wrong = check(text)
        if not wrong:
            return text
        typer.echo(f"  {wrong}")


def _lead(guide: "Guide", ask: "Ask") -> None:
    """Ask until nothing is left or the person has enough."""
    from knowledge.authoring.guide import BACK, EXAMPLE

    while (step := guide.step()) is not None:
        try:
            text = ask(step.label, step.help, _lenient(step.check)).strip()
        except EOFError:
            return
        if text == EXAMPLE:
            typer.echo(f"  for example: {guide.example(step)}")
        elif text == BACK:
            typer.echo("  one step back" if guide.back() else "  this is the first step")
        elif wrong := guide.write(step, text):
            typer.echo(f"  {wrong}")


def _lenient(check: "Check") -> "Check":
    """Return the check, which lets pass what is no value: a wish for an example or to go back."""
    from knowledge.authoring.guide import BACK, EXAMPLE

    return lambda text: "" if text.strip() in {BACK, EXAMPLE} else check(text)
