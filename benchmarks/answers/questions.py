"""Print how right and wrong answers fare by question: `python -m benchmarks.answers.questions`.

Their authors saw only the prompts. Where right answers score no better than wrong ones, or poorly,
or are taken to contradict a point, the rubric may ask for what the prompt does not. Some four
minutes of one core for the 200 later questions, so no part of `coach knowledge lint`.
"""

import argparse
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.answers.__main__ import ROOT, graded
from benchmarks.answers.loading import Answer, load_answers
from benchmarks.answers.measuring import Scored

AUTHORS: Final = ("mentor", "colleague")
"""Who answered the later questions and may be learnt from."""

STRONG: Final = ("strong_concise", "plain_words")
WRONG: Final = ("confidently_wrong",)

RIGHT_FROM: Final = 0.8
"""Readers' score from which an answer is right: an author may have missed what was asked."""

LEAST: Final = 0.6
"""Score of the band 'good', which a right answer reaches."""


@dataclass(frozen=True)
class Row:
    """A question, the scores of its right and its wrong answers, and what is odd about them."""

    question: str
    right: tuple[float, ...]
    wrong: tuple[float, ...]
    odd: tuple[str, ...]


def by_question(answers: Iterable[Answer], scored: Iterable[Scored]) -> list[Row]:
    """Return a row for each question, in the order of their ids."""
    found: dict[str, list[tuple[Answer, Scored]]] = defaultdict(list)
    for answer, one in zip(answers, scored, strict=True):
        found[answer.question].append((answer, one))
    return [_row(question, given) for question, given in sorted(found.items())]


def _row(question: str, given: Sequence[tuple[Answer, Scored]]) -> Row:
    right = [(a, s) for a, s in given if a.kind in STRONG and a.score >= RIGHT_FROM]
    scores = tuple(one.score for _, one in right)
    wrong = tuple(one.score for answer, one in given if answer.kind in WRONG)
    return Row(question, scores, wrong, tuple(_oddities(right, wrong)))


def _oddities(right: Sequence[tuple[Answer, Scored]], wrong: Sequence[float]) -> Iterator[str]:
    if right and wrong and min(one.score for _, one in right) <= max(wrong):
        yield "a wrong answer scores as much as a right one"
    for answer, one in right:
        told = f"{answer.kind} by the {answer.author}"
        if one.score < LEAST:
            lacking = ", ".join(p for p, s in one.points.items() if s != "covered")
            yield f"{told} scores {one.score:.2f}; lacking: {lacking}"
        against = ", ".join(p for p, s in one.points.items() if s == "contradicted")
        if against:
            yield f"{told} is taken to contradict {against}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Grade the answers, and print a line for each question that is odd, or for all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true", help="print every question")
    parser.add_argument("--checkout", type=Path, default=ROOT, help="whose grader and questions")
    options = parser.parse_args(arguments)
    answers = [each for each in load_answers(AUTHORS) if each.kind in (*STRONG, *WRONG)]
    asked = [(each.question, each.answer) for each in answers]
    rows = by_question(answers, graded(asked, options.checkout))
    for row in rows:
        if row.odd or options.all:
            scores = " ".join(f"{score:.2f}" for score in (*row.right, *row.wrong))
            print(row.question, scores, *row.odd, sep="\n    ")  # noqa: T201 a command
    right = [score for row in rows for score in row.right]
    wrong = [score for row in rows for score in row.wrong]
    print(  # noqa: T201 a command
        f"{len(rows)} questions, {sum(bool(row.odd) for row in rows)} of them odd; mean score of "
        f"{len(right)} right answers {sum(right) / len(right):.3f}, "
        f"of {len(wrong)} wrong ones {sum(wrong) / len(wrong):.3f}"
    )


if __name__ == "__main__":
    main()
