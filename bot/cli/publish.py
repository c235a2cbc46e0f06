"""`coach knowledge export` and `site`: the questions to learn from without the coach."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from bot.cli.options import Home, settings_for, somebodys_file, stop

if TYPE_CHECKING:
    from knowledge.bank import QuestionBank

LIBRARIES = "pip install 'interview-coach[publish]'"

Topics = Annotated[
    list[str] | None,
    typer.Option("--topic", help="A topic to take; may be repeated.", show_default=False),
]


def export(
    context: typer.Context,
    anki: Annotated[
        Path | None, typer.Option(help="A deck of cards for Anki, .apkg.", show_default=False)
    ] = None,
    html: Annotated[
        Path | None, typer.Option(help="A booklet as one HTML file.", show_default=False)
    ] = None,
    pdf: Annotated[
        Path | None, typer.Option(help="A booklet as a PDF.", show_default=False)
    ] = None,
    topic: Topics = None,
    home: Home = None,
) -> None:
    """Write the questions as a deck of cards or as a study booklet."""
    if anki is html is pdf is None:
        raise typer.BadParameter("say what to write: --anki FILE, --html FILE or --pdf FILE")
    bank = _bank(context, home, topic)
    try:
        if anki is not None:
            from knowledge.publishing.deck import write_deck

            write_deck(bank, anki)
            _wrote(anki, bank)
        if html is not None or pdf is not None:
            from knowledge.publishing import booklet

            if html is not None:
                html.write_text(booklet.html_booklet(bank), encoding="utf-8")
                _wrote(html, bank)
            if pdf is not None:
                pdf.write_bytes(booklet.pdf_booklet(bank))
                _wrote(pdf, bank)
    except ModuleNotFoundError as problem:
        _without(problem)


def site(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder, or an old site.")],
    topic: Topics = None,
    home: Home = None,
) -> None:
    """Write a site to browse and search: it needs no server and no network."""
    bank = _bank(context, home, topic)
    try:
        from knowledge.publishing.site import write_site
    except ModuleNotFoundError as problem:
        _without(problem)
    with somebodys_file():
        write_site(bank, folder)
    _wrote(folder / "index.html", bank)


def _bank(context: typer.Context, home: Path | None, topics: list[str] | None) -> "QuestionBank":
    """Return the questions, of these topics where any are named."""
    from knowledge.bank import QuestionBank
    from knowledge.loader import load_bank

    bank = load_bank(settings_for(context, home).knowledge)
    if not topics:
        return bank
    for name in topics:
        if bank.topic_named(name) is None:
            stop(f"{name!r} is no topic. Choose one of: {', '.join(t.id for t in bank.topics)}")
    chosen = {found.id for name in topics if (found := bank.topic_named(name))}
    kept = [each for each in bank.topics if each.id in chosen]
    return QuestionBank(kept, [each for each in bank if each.topic in chosen])


def _wrote(path: Path, bank: "QuestionBank") -> None:
    from bot.core.words.phrases import counted

    typer.echo(f"{path}: {counted(len(bank), 'question')}")


def _without(problem: ModuleNotFoundError) -> NoReturn:
    """End where a library that writes these is not installed; other faults are not hidden."""
    if (problem.name or "").partition(".")[0] not in {"fpdf", "genanki", "jinja2", "markdown_it"}:
        raise problem
    stop(f"what writes this is not installed ({problem.name}). Install it: {LIBRARIES}")
