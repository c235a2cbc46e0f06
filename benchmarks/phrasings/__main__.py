"""Print how often a phrasing finds its question: `python -m benchmarks.phrasings`.

`chosen.yaml` holds hard phrasings that searches were chosen on; `blind.yaml` and `fresh.yaml` some
that had no part in anything, written with only the prompts in view.
"""

from pathlib import Path
from typing import NamedTuple

import yaml

from grading.corpus import Corpus
from grading.encoder import SentenceTransformerEncoder
from grading.search import QuestionSearch
from knowledge.loader import load_bank

FOLDER = Path(__file__).parent
FEW = 3


class Figures(NamedTuple):
    """Of how many phrasings what share finds its question first, and among the first three."""

    phrasings: int
    first: float
    among_three: float


def measure(search: QuestionSearch, file: Path) -> Figures:
    """Look for every phrasing of a file of questions' phrasings."""
    phrasings = yaml.safe_load(file.read_text(encoding="utf-8"))
    places = [
        _place(search, text, question) for question, texts in phrasings.items() for text in texts
    ]
    return Figures(
        len(places),
        sum(place == 0 for place in places) / len(places),
        sum(place < FEW for place in places) / len(places),
    )


def _place(search: QuestionSearch, text: str, question: str) -> int:
    """Return the place of a question among the first few that are found, from 0; else FEW."""
    found = [each.question_id for each in search.find(text, FEW)]
    return found.index(question) if question in found else FEW


def main() -> None:
    """Measure every file."""
    search = QuestionSearch(Corpus(load_bank(), SentenceTransformerEncoder()))
    for name in ("chosen", "blind", "fresh"):
        found = measure(search, FOLDER / f"{name}.yaml")
        print(  # noqa: T201 a command's output
            f"{name}: {found.phrasings} phrasings, first {found.first:.1%}, "
            f"among the first three {found.among_three:.1%}"
        )


if __name__ == "__main__":
    main()
