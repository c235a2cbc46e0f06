"""`coach grader`: what the grader does, and how well it agrees with people."""

import sys
from typing import Any

import typer

from bot.cli.options import Json, print_json

FIGURES = ("Agreement with people", "By kind of answer")
"""The card's sections whose tables hold measured figures."""


def grader(json: Json = False) -> None:
    """Show the grader card: method, data, agreement with people, weaknesses.

    Formatted on a terminal, Markdown through a pipe.
    """
    from grading.card import card

    if json:
        print_json(_facts())
    elif sys.stdout.isatty():
        from rich.console import Console
        from rich.markdown import Markdown

        Console().print(Markdown(card(), hyperlinks=False))
    else:
        typer.echo(card(), nl=False)


def _facts() -> dict[str, Any]:
    from grading.calibration import shipped_coefficients
    from grading.card import card, tables_of
    from grading.encoder import SentenceTransformerEncoder

    coefficients = shipped_coefficients()
    text = card()
    return {
        "version": coefficients.version,
        "model": SentenceTransformerEncoder().model_id,
        "provenance": coefficients.provenance,
        "figures": {
            name: tables_of(section)
            for section in text.split("\n## ")[1:]
            if (name := section.partition("\n")[0]) in FIGURES
        },
    }
