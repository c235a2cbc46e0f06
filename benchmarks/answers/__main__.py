"""Print the table: `python -m benchmarks.answers end --release ../last-release`.

The grader beside the cosine of whole texts, token recall (both against the short and the full
reference answer) and another checkout of the project.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from benchmarks.answers import scores
from benchmarks.answers.loading import END, LATER, LEARN, NEW, Answer, load_answers, load_pairs
from benchmarks.answers.measuring import (
    Figures,
    Scored,
    of_answers,
    of_pairs,
    of_points,
    of_readers,
)

ROOT = Path(__file__).parents[2]
AUTHORS = {"learn": LEARN, "end": END, "new": NEW, "later": LATER}
Asked = tuple[str, str]
System = Callable[[Sequence[Asked]], list[Scored]]


def main(arguments: Sequence[str] | None = None) -> None:
    """Score every answer and pair with every system, and print the figures side by side."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.answers", description=__doc__)
    parser.add_argument("authors", choices=tuple(AUTHORS), help="whose answers to measure on")
    parser.add_argument("--release", type=Path, help="a checkout to compare with")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args(arguments)
    systems: dict[str, System] = {"grader": lambda asked: graded(asked, ROOT), **similarities()}
    if options.release:
        systems["last release"] = lambda asked: graded(asked, options.release)
    authors = AUTHORS[options.authors]
    answers, pairs = load_answers(authors), load_pairs(authors)
    asked = [(one.question, one.answer) for one in answers]
    asked += [(one.question, text) for one in pairs for text in (one.better, one.worse)]
    table = {name: _figures(answers, pairs, system(asked)) for name, system in systems.items()} | {
        "readers": of_readers(answers)
    }
    print(json.dumps(table) if options.json else _written(table))  # noqa: T201 a command


def graded(asked: Sequence[Asked], checkout: Path) -> list[Scored]:
    """Grade with the code of a checkout, in a process of its own."""
    lines = "".join(json.dumps({"question": q, "answer": a}) + "\n" for q, a in asked)
    done = subprocess.run(  # noqa: S603 our own program
        [sys.executable, scores.__file__],
        input=lines,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        cwd=checkout,
        env={**os.environ, "PYTHONPATH": str(checkout)},
    )
    found = map(json.loads, done.stdout.splitlines())
    return [Scored(one["score"], {p: s for p, (s, _) in one["points"].items()}) for one in found]


def similarities() -> dict[str, System]:
    """Return the two baselines: the best reference counts, nothing is trained."""
    from grading.answer import read_body
    from grading.encoder import SentenceTransformerEncoder
    from grading.rubric import lay_out
    from grading.signals import token_recall
    from grading.text import clean, content_stems, words
    from knowledge.loader import load_bank

    bank, encoder = load_bank(), SentenceTransformerEncoder()

    def cosine(asked: Sequence[Asked]) -> list[Scored]:
        return [_scored(max(_cosines(question, answer))) for question, answer in asked]

    def _cosines(question: str, answer: str) -> list[float]:
        texts = bank.get(question).reference_answers.texts
        said, *references = encoder.encode([clean(answer), *map(clean, texts)])
        return [float(said.sentence @ one.sentence) for one in references]

    def recall(asked: Sequence[Asked]) -> list[Scored]:
        found = []
        for name, answer in asked:
            question = bank.get(name)
            stems = frozenset(content_stems(question.prompt))
            texts = list(map(clean, question.reference_answers.texts))
            models = lay_out(texts, encoder.encode(texts), stems)
            said = bool(words(answer))
            body = read_body(answer, encoder.encode, stems) if said else None
            found.append(_scored(float(token_recall(models, body).max()) if body else 0.0))
        return found

    return {"cosine": cosine, "token recall": recall}


def _scored(similarity: float) -> Scored:
    return Scored(float(np.clip(similarity, 0, 1)), {})


def _figures(answers: Sequence[Answer], pairs: Sequence, scored: Sequence[Scored]) -> Figures:  # type: ignore[type-arg]
    own, compared = scored[: len(answers)], [one.score for one in scored[len(answers) :]]
    sides = list(zip(compared[::2], compared[1::2], strict=True))
    figures = of_answers(answers, own) | of_points(answers, own)
    return figures | of_pairs(pairs, sides) if pairs else figures


def _written(table: dict[str, Figures]) -> str:
    rows = list(dict.fromkeys(name for figures in table.values() for name in figures))
    lines = [f"{'':46}" + "".join(f"{name:>14}" for name in table)]
    for row in rows:
        cells = (figures.get(row) for figures in table.values())
        shown = (" " * 14 if cell is None else f"{cell:14.3f}" for cell in cells)
        lines.append(f"{row:46}" + "".join(shown))
    return "\n".join(lines)


if __name__ == "__main__":
    main()
