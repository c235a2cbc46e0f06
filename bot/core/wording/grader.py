"""What is said about the grader: its card in short."""

import re
from collections.abc import Iterator

from bot.core.reply import Bar, Bars, Heading, Markdown, Paragraph, Reply
from grading.card import Table

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
