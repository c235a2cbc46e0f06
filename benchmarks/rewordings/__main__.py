"""Print how the entailment network reads reworded key points: `python -m benchmarks.rewordings`."""

import json
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from benchmarks.rewordings.loading import BESIDE, RIGHT, WRONG, Rewording, load_rewordings
from grading.entailment import shipped_entailment
from grading.text import clean
from knowledge.bank import QuestionBank
from knowledge.loader import load_bank


class Said(NamedTuple):
    """A sentence of a kind, and the statement that it is held against."""

    kind: str
    text: str
    statement: str


def sentences_of(one: Rewording, bank: QuestionBank) -> Iterator[Said]:
    """Yield the sentences of a rewording beside its statement; none where the point has gone."""
    points = bank.get(one.question).key_points if one.question in bank else ()
    for statement in (clean(point.statement) for point in points if point.id == one.point):
        kinds = (*RIGHT, *WRONG, BESIDE)
        for kind, text in zip(kinds, (*one.right, *one.wrong, one.beside), strict=True):
            yield Said(kind, clean(text), statement)


def figures() -> dict[str, tuple[float, float, float]]:
    """Return for each kind how often the network takes it for the same, the opposite, neither."""
    bank = load_bank()
    said = [each for one in load_rewordings() for each in sentences_of(one, bank)]
    judged = shipped_entailment().judge([(each.text, each.statement) for each in said])
    verdicts = np.stack(judged).argmax(axis=0)
    kinds = np.array([each.kind for each in said])
    return {
        kind: (
            float(np.mean(verdicts[kinds == kind] == 0)),
            float(np.mean(verdicts[kinds == kind] == 1)),
            float(np.mean(verdicts[kinds == kind] == 2)),  # noqa: PLR2004 the third class
        )
        for kind in (*RIGHT, *WRONG, BESIDE)
    }


def main() -> None:
    """Print the table; some minutes on one core."""
    found = figures()
    print(json.dumps(found, indent=2))  # noqa: T201 a command


if __name__ == "__main__":
    main()
