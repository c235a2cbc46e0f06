"""/grader: how the grader works, how well, and where it fails."""

import re
from collections.abc import Iterator

from bot.core.commands import Command, Group, Request
from bot.core.reply import Bar, Bars, Heading, Markdown, Paragraph, Reply
from grading.card import Table, card, tables_of

_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)\s*")
_BROKEN_LINE = re.compile(r"\n(?!\n|\s*([-*]|\d+\.)\s)\s*")


def grader_card(method: str, kinds: Table, weaknesses: str) -> Reply:
    """Tell the method, what answers of each kind get beside what is fair, and the weaknesses."""
    return Reply(
        (
            Heading("How I grade"),
            Markdown(_plain(method)),
            Heading("What answers get, beside what is fair"),
            Bars(tuple(_bars(kinds))),
            Paragraph(
                "Measured on sample answers that the grader was not fitted on. "
                "coach grader prints the whole card, with the figures on public data.",
                quiet=True,
            ),
            Heading("Where I fail"),
            Markdown(_plain(weaknesses)),
        )
    )


def _plain(text: str) -> str:
    """Return Markdown with whole paragraphs, and without the pictures and tables of the card."""
    kept = "\n".join(line for line in text.split("\n") if not line.startswith("|"))
    return _BROKEN_LINE.sub(" ", _PICTURE.sub("", kept)).strip()


def _bars(kinds: Table) -> Iterator[Bar]:
    for row in kinds:
        given, fair = row.get("given"), row.get("fair")
        if isinstance(given, float) and isinstance(fair, float):
            label = str(row["kind"]).replace("_", " ")
            yield Bar(label, min(1.0, max(0.0, given)), f"{given:.2f}, fair {fair:.2f}")


def grader_commands() -> tuple[Command, ...]:
    """Return the entry for the command table: the card that ships with the grader."""
    summary = "how I grade, how well I agree with people, where I fail"
    return (Command("grader", summary, _tell, group=Group.ACCOUNT),)


def _tell(_request: Request) -> Reply:
    text = card()
    sections = {
        head: body for head, _, body in (part.partition("\n") for part in text.split("\n## ")[1:])
    }
    kinds = tables_of(text)["Sample answers, held-out half"]
    return grader_card(sections["What it does"], kinds, sections["Known weaknesses"])
